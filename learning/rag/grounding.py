"""A model's sentences held against the passages that they cite, one by one as they come."""

import re
from collections.abc import Sequence

from learning.rag import prompts
from learning.rag.analysers import LANGUAGES
from learning.rag.citations import MAX_CITATIONS, Answer, Citation, Sentence
from learning.rag.extract import cite
from learning.rag.index import LexicalIndex
from learning.rag.languages import detect
from learning.rag.markup import plain
from learning.rag.retrieve import Hit
from learning.rag.verify import best_window, is_foreign, is_supported

MAX_SENTENCES = 12
MAX_REPEATS = 3  # a model that says the same again and again has nothing more to say
MARKER = re.compile(r"\s*\[((?:\d{1,4})(?:\s*[,;]\s*\d{1,4})*)\]")


class Grounding:
    """Maps marks to passages, checks each sentence, and renumbers what is left in order of appearance.

    A reply of which no sentence is borne out is not to be believed, unless it is in the reader's language and
    the passages are in another: there words cannot decide. What is in neither language is never believed:
    whoever planted an instruction in a document may have got that far. A reply that refuses before it said
    anything believable is a refusal; afterwards, only that sentence of it is left out. What was said before is
    left out too.
    """

    def __init__(self, index: LexicalIndex, hits: Sequence[Hit], language: str) -> None:
        self.index, self.language = index, language
        self.passages = {n: hit.passage for n, hit in enumerate(hits, start=1)}
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.numbers: dict[int, int] = {}
        self.said: set[str] = set()
        self.repeats = 0
        self.dropped = 0
        self.is_believable = False
        self.is_refused = False

    @property
    def is_over(self) -> bool:
        return self.is_refused or len(self.sentences) >= MAX_SENTENCES or self.repeats >= MAX_REPEATS

    def add(self, piece: str) -> None:
        if self.is_over:
            return
        piece = piece if refuses(piece) else plain(piece)
        marked = [int(n) for group in MARKER.findall(piece) for n in re.findall(r"\d+", group)]
        text = " ".join(MARKER.sub("", piece).split())
        if not any(character.isalnum() for character in text):
            return
        words = text.casefold().strip(" .:!?…")
        if words in self.said:
            self.repeats += 1
            return
        self.said.add(words)
        if refuses(text):
            self.is_refused = not self.is_believable
            return
        known = list(dict.fromkeys(n for n in marked if n in self.passages))
        self.dropped += len([n for n in marked if n not in self.passages])
        cited = [self.passages[n] for n in known]
        is_across = bool(cited) and is_foreign(self.index, text, cited)
        is_readers = detect(text) == self.language
        supported = (is_readers or not is_across) and is_supported(self.index, text, cited)
        self.is_believable |= supported or (is_across and is_readers)
        shown = [number for n in known if (number := self._number(n, text))]
        self.sentences.append(Sentence(text, tuple(shown), supported and bool(shown)))

    def _number(self, n: int, text: str) -> int:
        """The shown number of a passage, cited where it says most of the sentence; 0 if there is no room."""
        if n not in self.numbers and len(self.citations) < MAX_CITATIONS:
            window = best_window(self.index, text, self.passages[n])
            if window is not None:
                self.numbers[n] = len(self.citations) + 1
                self.citations.append(cite(window, self.numbers[n]))
        return self.numbers.get(n, 0)

    def answer(self, model: str) -> Answer:
        if self.is_refused:
            return Answer("", (), (), "generated", model, refused=True)
        return Answer(
            answer=" ".join(
                " ".join([held.text, *(f"[{n}]" for n in held.citations)]) for held in self.sentences
            ),
            sentences=tuple(self.sentences),
            citations=tuple(self.citations) if self.is_believable else (),
            mode="generated",
            model=model,
            refused=False,
            dropped_markers=self.dropped,
        )


def refuses(text: str) -> bool:
    lowered = " ".join(text.lower().split())
    if lowered.strip(".*\"'#_` ").startswith(prompts.NO_ANSWER.lower()):
        return True
    return any(phrase in lowered for language in LANGUAGES.values() for phrase in language.refusals)
