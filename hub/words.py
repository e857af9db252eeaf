"""Words as they are compared: without case, without accents, without what stands between them."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")


def folded(*texts: str) -> str:
    """The words of the texts, each apart by one blank: databases fold only some letters, and not all the same ones."""
    return " ".join(words(" ".join(texts)))


def words(text: str) -> list[str]:
    """“Prüfung, straße” gives “prufung”, “strasse”."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def trigrams(word: str) -> frozenset[str]:
    """Groups of three letters in a row; of a shorter word none."""
    return frozenset(word[n : n + 3] for n in range(len(word) - 2))
