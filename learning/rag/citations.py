"""What an answer is made of: sentences, and citations that point at exact ranges of a source's text."""

from dataclasses import dataclass

MAX_CITATIONS = 3
MAX_QUOTE = 400  # characters


@dataclass(frozen=True)
class Citation:
    """Quote number `n`: `quote` is exactly `source_text[start:end]`, at most MAX_QUOTE characters."""

    n: int
    source: int
    passage: int
    title: str
    quote: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True)
class Sentence:
    """A sentence of the answer with the numbers of its citations; `supported` if they bear it out."""

    text: str
    citations: tuple[int, ...]
    supported: bool


@dataclass(frozen=True)
class Answer:
    """The whole answer; `mode` is extractive or generated, `model` is "" without a model.

    `dropped_markers` counts citation marks of a model that pointed nowhere; `notice` tells the reader why
    the answer is not what it could be, or is ""; `follows` is the earlier question without which this one
    could not be understood, or "".
    """

    answer: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    mode: str
    model: str
    refused: bool
    dropped_markers: int = 0
    notice: str = ""
    follows: str = ""
