"""Words, stems and character 4-grams: the three kinds of term that the index and the answers share."""

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

from learning.rag.analysers import LANGUAGES

WORD = re.compile(r"\w+")
FOLDS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
KEPT = frozenset("äöüß")
GRAM = 4
ANALYSER_VERSION = f"2-{Stemmer.version()}"

_stemmers = threading.local()


def words(text: str) -> list[str]:
    """The words of a text in lower case, without accents but with the German letters."""
    if text.isascii():
        return WORD.findall(text.lower())
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return [word if word.isascii() else unaccented(word) for word in WORD.findall(text.lower())]


@lru_cache(maxsize=50_000)
def unaccented(word: str) -> str:
    """Erdoğan is found by Erdogan; ä, ö, ü and ß stay, as they tell German words apart."""
    return "".join(letter if letter in KEPT else plain(letter) for letter in word)


def plain(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base if base.isascii() and base.isalnum() else letter


def stems(tokens: Sequence[str], language: str) -> list[str]:
    """One stem a word; words of an unknown language stay as they are."""
    if language not in LANGUAGES:
        return list(tokens)
    # A stemmer object keeps state and must not be shared by threads.
    stemmer = getattr(_stemmers, language, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(LANGUAGES[language].stemmer)
        setattr(_stemmers, language, stemmer)
    return stemmer.stemWords(list(tokens))


def grams(word: str) -> list[str]:
    """The 4-grams of a word between edge marks, umlauts folded; a word of one letter is one gram."""
    marked = f"#{word.translate(FOLDS)}#"
    return [marked[i : i + GRAM] for i in range(max(len(marked) - GRAM + 1, 1))]
