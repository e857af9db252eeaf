"""The nouns of a text and the places they fit: what may stand in one's place without a fault of grammar.

German nouns are known by their capital, English ones by standing after an article or preposition and
before a function word or a mark. A German noun's gender is told by its ending or its last part; where
neither tells it, the noun takes nobody's place.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.grammars import GRAMMARS

TOKEN = re.compile(r"[A-Za-zÄÖÜäöüßéèà]+(?:[-'’][A-Za-zÄÖÜäöüß]+)*|\d+|[^\w\s]")
SHORTEST = 4  # letters
FEMININE = ("ung", "heit", "keit", "schaft", "tion", "sion", "tät", "enz", "anz", "erei", "ologie", "ik")
PLURAL = (
    "ungen",
    "heiten",
    "keiten",
    "schaften",
    "tionen",
    "sionen",
    "täten",
    "enzen",
    "anzen",
    "iken",
    "nisse",
    "innen",
)
NEUTER = ("lein", "ment", "nis")
MASCULINE = ("ismus", "ling")
PLURAL_STEPS = ("nen", "en", "n", "er", "e", "se")
# Short first parts, which may stand before a noun as a whole word does.
PREFIXES = ("ab", "an", "um", "zu")
# Nouns with a plural in -s, which is the genitive elsewhere.
LOANED = (
    "a",
    "i",
    "o",
    "u",
    "y",
    "ing",
    "tool",
    "team",
    "job",
    "chef",
    "link",
    "prompt",
    "test",
    "film",
    "park",
)
UMLAUTS = str.maketrans("äöü", "aou")
# Masculine nouns that change with their case, so that another's place may not take them as they are.
WEAK = ("e", "ent", "ant", "ist", "at", "oge", "or")
GENITIVE = frozenset(("des", "eines", "keines", "jedes", "dieses", "wegen", "trotz", "während"))
ADJECTIVE = re.compile(r"[a-zäöüß]{3,}(?:e|en|er|es|em)")
NOT_NOUNS = re.compile(r".*(?:ly|ous|ful|less|able|ible|est|ward|wise|ed|ing)$")
PREPOSITIONS = frozenset(
    (
        "of",
        "in",
        "for",
        "with",
        "on",
        "about",
        "from",
        "by",
        "between",
        "without",
        "under",
        "over",
        "during",
        "into",
        "per",
    )
)
DEFINITE = frozenset(("the", "your", "our", "their", "its", "his", "her", "my"))


@dataclass
class Noun:
    """`genders` are those it can have (m, f, n, p for the plural; English s or p); `slots` where it was seen.

    `is_sure` once it was seen where only a noun can stand: an English verb may follow a noun as well.
    """

    word: str
    language: str
    genders: str
    count: int = 0
    slots: set[str] = field(default_factory=set)
    is_sure: bool = False


@dataclass(frozen=True)
class Occurrence:
    """`text[start:end]` is a noun; `slot` is what stands before it, `gender` what it is here or ""."""

    word: str
    start: int
    end: int
    slot: str
    gender: str


class Nouns:
    """The nouns of many sentences; `add` them in order, ask afterwards."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Noun] = {}
        self.groups: dict[tuple[str, str, str], list[Noun]] = defaultdict(list)

    def add(self, text: str, language: str) -> None:
        for found in occurrences(text, language):
            noun = self.known.get((language, found.word))
            if noun is None:
                noun = Noun(found.word, language, genders_of(found.word, language))
                self.known[language, found.word] = noun
            if found.slot not in noun.slots:
                noun.slots.add(found.slot)
                for gender in noun.genders:
                    self.groups[language, gender, found.slot].append(noun)
            noun.count += 1
            noun.is_sure |= language == "de" or found.slot in ("a", "an", "the")

    def alternatives(self, found: Occurrence, language: str) -> list[Noun]:
        """Nouns that fit in the place of this one by gender, number and case, as far as that can be told."""
        if not found.gender or found.slot == "genitive":
            return []
        slots = [found.slot] if language == "en" or found.slot == "bare" else ["article", "article+"]
        fitting = {id(noun): noun for slot in slots for noun in self.groups[language, found.gender, slot]}
        return [noun for noun in fitting.values() if noun.is_sure and fits(noun.word, found, language)]

    def is_sure(self, word: str, language: str) -> bool:
        noun = self.known.get((language, word))
        return noun is not None and noun.is_sure


def occurrences(text: str, language: str) -> Iterable[Occurrence]:
    tokens = [(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]
    for place, (word, start, end) in enumerate(tokens):
        if place == 0 or len(word) < SHORTEST or not word[0].isalpha():
            continue
        before = [token for token, _, _ in tokens[max(place - 3, 0) : place]]
        after = tokens[place + 1][0] if place + 1 < len(tokens) else "."
        is_noun = _is_german if language == "de" else _is_english
        if not is_noun(word, before, after):
            continue
        slot = german_slot(before) if language == "de" else english_slot(word, before)
        yield Occurrence(word, start, end, slot, gender_here(word, before, language))


def _is_german(word: str, before: list[str], after: str) -> bool:
    grammar = GRAMMARS["de"]
    return (
        word[0].isupper()
        and word[1:].islower()
        and word.isalpha()
        and not after[0].isupper()
        and not before[-1][0].isupper()
        and not (not before[-1][0].isalnum() and before[-1] not in ",()")
        and word not in grammar.pronouns
        and word not in grammar.not_terms
        and word.lower() not in LANGUAGES["de"].query_stops
        and word.lower() not in grammar.months
        and word not in grammar.units
    )


def _is_english(word: str, before: list[str], after: str) -> bool:
    grammar, language = GRAMMARS["en"], LANGUAGES["en"]
    if not (word.islower() and word.isalpha()) or word in language.query_stops or word in grammar.not_terms:
        return False
    if word in grammar.units or NOT_NOUNS.match(word) or word in grammar.numbers:
        return False
    if after[0].isalnum() and after.lower() not in language.markers:
        return False
    near = [token.lower() for token in before]
    if near[-1] in DEFINITE or near[-1] in ("a", "an"):
        return True
    if near[-1] in PREPOSITIONS:
        return word.endswith("s") or not word.endswith(("al", "ic", "ive"))
    return len(near) > 1 and near[-2] in (DEFINITE | {"a", "an"}) and near[-1] not in language.query_stops


def genders_of(word: str, language: str) -> str:
    """The genders that the noun's form leaves open, or "" if nothing tells."""
    lowered = word.lower()
    if language == "en":
        return (
            "p" if lowered.endswith("s") and not lowered.endswith(("ss", "us", "is", "ics", "ness")) else "s"
        )
    for endings, gender in ((PLURAL, "p"), (FEMININE, "f"), (NEUTER, "n"), (MASCULINE, "m")):
        if lowered.endswith(endings):
            return gender
    single, length = _head(lowered)
    for step in PLURAL_STEPS:
        base = lowered.removesuffix(step)
        found = max(_head(base), _head(base.translate(UMLAUTS)), key=lambda head: head[1])
        if base != lowered and found[1] > length:
            # "den Strichen": strong nouns end so in the dative alone, and fit nowhere else.
            return "" if step == "en" and found[0] != "f" else "p"
    if single:
        # "Fehler", "Zeichen": the plural is the same word.
        return f"{single}p" if single in "mn" and lowered.endswith(("er", "el", "en")) else single
    return "p" if lowered.endswith("s") and lowered[:-1].endswith(LOANED) else ""


def _head(lowered: str) -> tuple[str, int]:
    """The gender and the length of the longest known noun with which the word ends; ("", 0) if there is none."""
    heads = GRAMMARS["de"].heads
    for start in range(len(lowered) - 2):
        if start in (1, 2) and lowered[:start] not in PREFIXES:
            continue
        gender = heads.get(lowered[start:])
        if gender and (start == 0 or len(lowered) - start >= SHORTEST):
            return gender, len(lowered) - start
    return "", 0


def german_slot(before: list[str]) -> str:
    """genitive, article, article+ (with an adjective between), or bare."""
    near = [token.lower() for token in before]
    if GENITIVE & set(near[-2:]):
        return "genitive"
    gendered = GRAMMARS["de"].gendered
    if near[-1] in gendered:
        return "article"
    if len(near) > 1 and ADJECTIVE.fullmatch(before[-1]) and near[-2] in gendered:
        return "article+"
    if ADJECTIVE.fullmatch(before[-1]) and near[-1] not in LANGUAGES["de"].stop_words:
        return "adjective"
    return "bare"


def english_slot(word: str, before: list[str]) -> str:
    """a, an, the (any word that says which one), or bare; with + where a word stands between."""
    near = [token.lower() for token in before]
    if near[-1] in ("a", "an"):
        return near[-1]
    if near[-1] in DEFINITE:
        return "the"
    if len(near) > 1 and near[-2] in (DEFINITE | {"a", "an"}) and near[-1].isalpha():
        return "a+" if near[-2] in ("a", "an") else "the+"
    return "bare"


def gender_here(word: str, before: list[str], language: str) -> str:
    """The one gender that the noun has in this place, or ""."""
    genders = genders_of(word, language)
    if language == "en":
        return genders
    slot = german_slot(before)
    if slot in ("article", "article+"):
        allowed = GRAMMARS["de"].gendered[before[-1 if slot == "article" else -2].lower()]
        genders = "".join(gender for gender in genders if gender in allowed)
    return genders if len(genders) == 1 else ""


def fits(word: str, found: Occurrence, language: str) -> bool:
    """Whether a noun of the same gender and slot also has the form that the place needs."""
    if language == "en":
        return (word[0] in "aeiou") == (found.word[0] in "aeiou") if found.slot == "an" else True
    if found.gender == "p":
        return word.endswith(("n", "s")) == found.word.endswith(("n", "s"))
    if found.gender == "m":
        return not word.endswith(WEAK) and not found.word.endswith(WEAK)
    return True
