"""Words of a question, so that forms of one word in German and English meet."""

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

WORD = re.compile(r"\w+(?:-\w+)*")
SPELLED = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue"})
LANGUAGES = ("german", "english")
WHOLE, BEGUN, WEAK = 1.0, 0.6, 0.5
COMPOUND = 5  # letters from which on a word may begin a longer one: “Nutzung” in “Nutzungsrate”
Keys = frozenset[str]

_stemmers = threading.local()


def words(text: str) -> list[str]:
    """In lower case, umlauts written out, so that “fuehrungskraefte” is found too."""
    return [word.translate(SPELLED) for word in WORD.findall(unicodedata.normalize("NFC", text).lower())]


@lru_cache(maxsize=20_000)
def keys(word: str) -> Keys:
    """The word and its stem in either language."""
    found = {word}
    for language in LANGUAGES:
        stemmer = getattr(_stemmers, language, None)
        if stemmer is None:
            stemmer = Stemmer.Stemmer(language)
            setattr(_stemmers, language, stemmer)
        found.add(stemmer.stemWord(word))
    return frozenset(found)


@dataclass(frozen=True)
class Phrase:
    """One or several words in a row."""

    words: tuple[str, ...]
    is_weak: bool = False

    @classmethod
    def of(cls, text: str) -> "Phrase":
        return cls(tuple(words(text)), is_weak=text.strip().startswith("?"))

    def stands_in(self, asked: list[str]) -> list[int]:
        """Where it begins, letter by letter: “wer” is not “werden”, “last week” not “last weeks”."""
        size = len(self.words)
        return [
            start
            for start in range(len(asked) - size + 1)
            if tuple(asked[start : start + size]) == self.words
        ]

    def places_in(self, asked: list[str]) -> list[int]:
        """Where it stands in the question."""
        return [start for start in range(len(asked)) if self.weight_at(start, asked)]

    def weight_at(self, start: int, asked: list[str]) -> float:
        """How surely it stands there: as a word in one of its forms, or, less so, as the beginning of a compound."""
        found = asked[start : start + len(self.words)]
        if len(found) == len(self.words) and all(
            keys(own) & keys(word) for own, word in zip(self.words, found, strict=True)
        ):
            return WEAK if self.is_weak else WHOLE
        [own, *more] = self.words
        return BEGUN if not more and len(own) >= COMPOUND and asked[start].startswith(own) else 0


def phrases(text: str) -> list[Phrase]:
    """The phrases of a list with commas, the longest first."""
    return sorted((Phrase.of(part) for part in text.split(",")), key=lambda phrase: -len(phrase.words))
