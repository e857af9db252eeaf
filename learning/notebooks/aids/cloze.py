"""Sentences with one gap: which word is worth remembering, and what else may be typed into its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from learning.notebooks.aids.drafts import BLANK
from learning.notebooks.aids.statements import Statement
from learning.notebooks.aids.survey import Survey
from learning.rag.analysers.grammars import GRAMMARS
from learning.rag.analysers.terms import stems, words
from learning.rag.answer_kinds import DURATION, NUMBER, Phrase
from learning.rag.nouns import Occurrence, occurrences

STEM = 5  # letters in common from which on a word gives another one away
LONG = 9  # letters; a longer German noun mostly names one thing, an English one does not
LEAST_KEYNESS, TELLING = 0.9, 1.3


@dataclass(frozen=True)
class Gap:
    """A statement with `text[start:end]` left out; exactly one of `noun` and `phrase` is set.

    `keyness` says how much its source is about a noun."""

    statement: Statement
    start: int
    end: int
    noun: Occurrence | None = None
    phrase: Phrase | None = None
    keyness: float = 0.0

    @property
    def is_telling(self) -> bool:
        """Whether the answer can be known and not only guessed: a figure, or a noun the source keeps coming to."""
        return self.phrase is not None or self.keyness >= TELLING

    @property
    def answer(self) -> str:
        return self.statement.text[self.start : self.end]

    @property
    def sentence(self) -> str:
        text = self.statement.text
        return f"{text[: self.start]}{BLANK}{text[self.end :]}"


def noun_gaps(survey: Survey, held: Statement) -> list[Gap]:
    """The gaps for nouns that the text is about, the best first.

    Position counts a little: what a sentence has to say mostly stands at its end.
    """
    source = held.passage.source_id
    found: list[Gap] = []
    for noun in occurrences(held.text, held.language):
        gap = Gap(held, noun.start, noun.end, noun=noun)
        if not survey.nouns.is_sure(noun.word, held.language):
            continue
        if stands_elsewhere(noun.word, gap.sentence, held.language) or _is_cut(held.text, noun):
            continue
        keyness = survey.salience.weight(source, stems(words(noun.word), held.language)[0])
        keyness += 0.6 * noun.start / len(held.text) + (
            0.9 if held.language == "de" and len(noun.word) >= LONG else 0
        )
        if keyness >= LEAST_KEYNESS:
            found.append(replace(gap, keyness=keyness))
    return sorted(found, key=lambda gap: (-gap.keyness, gap.start))


def phrase_gaps(survey: Survey, held: Statement) -> Iterator[Gap]:
    """The gaps for dates, amounts and numbers; a sentence with several of a kind has none of that kind."""
    found = survey.phrases.get(held.place, ())
    for phrase in found:
        if phrase.start == 0 or sum(other.kind == phrase.kind for other in found) > 1:
            continue
        gap = Gap(held, phrase.start, phrase.end, phrase=phrase)
        if not stands_elsewhere(phrase.figure or phrase.text, gap.sentence, held.language):
            yield gap


def accepted(gap: Gap) -> list[str]:
    """What is taken for right besides small differences of case: the answer, and the number in other writing."""
    phrase = gap.phrase
    if phrase is None:
        return [gap.answer]
    found = [gap.answer]
    numbers = GRAMMARS[gap.statement.language].numbers
    written = {str(number): word for word, number in numbers.items()}
    other = str(numbers.get(phrase.figure.lower(), "")) or written.get(phrase.figure, "")
    if phrase.kind == DURATION:
        found += [phrase.figure, *([f"{other} {phrase.noun}", other] if other else [])]
    elif phrase.kind == NUMBER and other:
        found.append(other)
    elif phrase.figure and len(phrase.text.split()) <= 2:
        found.append(phrase.figure)
    return list(dict.fromkeys(found))


def stands_elsewhere(answer: str, text: str, language: str) -> bool:
    """Whether the answer, its stem or a compound of it stands in the text."""
    held = words(text.replace(BLANK, " "))
    for word in words(answer):
        if word.isdigit() or len(word) < STEM - 1:
            if word in held:
                return True
            continue
        stem = stems([word], language)[0]
        for other, other_stem in zip(held, stems(held, language), strict=True):
            if other_stem == stem or (
                len(other) >= STEM - 1 and (stem in other or (other_stem in word and len(other_stem) >= STEM))
            ):
                return True
            if len(stem) > STEM and other.startswith(stem[: max(STEM, len(stem) - 2)]):
                return True
    return False


def _is_cut(text: str, noun: Occurrence) -> bool:
    """Whether the noun shares a part with a word that was shortened ("Arbeits- und Pausenzeiten") or is hyphenated."""
    around = text[max(noun.start - 8, 0) : noun.start], text[noun.end : noun.end + 1]
    return (
        "- " in around[0]
        or around[0].endswith(("-", "„", '"', "“", "(", "/"))
        or (around[1] in ("-", "/", "(") and bool(around[1]))
    )
