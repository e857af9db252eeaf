"""Question files in SQuAD's shape: documents of paragraphs, each with questions and their answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from learning.rag.reading import clean


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `document` is its document's place in the file."""

    document: int
    text: str
    questions: tuple["Question", ...]


@dataclass(frozen=True)
class Question:
    """A question and its distinct gold answers; without any it cannot be answered from its paragraph."""

    text: str
    answers: tuple[str, ...]


def paragraphs(data: object) -> list[Paragraph]:
    """All paragraphs of a loaded file; raises ValueError with the place that is not in SQuAD's shape."""
    found = [
        Paragraph(place, clean(field(paragraph, "context", str, where)), tuple(questions(paragraph, where)))
        for place, document in enumerate(field(data, "data", list, "the file"))
        for number, paragraph in enumerate(field(document, "paragraphs", list, f"data[{place}]"))
        for where in [f"data[{place}].paragraphs[{number}]"]
    ]
    if not any(paragraph.questions for paragraph in found):
        raise ValueError("Not a SQuAD file: it holds no question.")
    return found


def questions(paragraph: object, where: str) -> Iterator[Question]:
    for number, entry in enumerate(field(paragraph, "qas", list, where)):
        place = f"{where}.qas[{number}]"
        text = field(entry, "question", str, place).strip()
        if not text:
            raise ValueError(f"Not a SQuAD file: {place} has an empty question.")
        answers = field(entry, "answers", list, place) if "answers" in entry else []
        golds = (clean(field(answer, "text", str, f"{place}.answers")).strip() for answer in answers)
        yield Question(
            text, () if entry.get("is_impossible") else tuple(dict.fromkeys(gold for gold in golds if gold))
        )


def field(holder: object, key: str, kind: type, where: str) -> Any:
    """holder[key] if it is of that kind; the error names the place."""
    if not isinstance(holder, dict) or not isinstance(holder.get(key), kind):
        noun = {str: "text", list: "list"}[kind]
        raise ValueError(f'Not a SQuAD file: {where} has no {noun} "{key}".')
    return holder[key]
