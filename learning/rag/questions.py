"""Questions that a sentence answers, worded by moving its own parts: nothing is inflected that was not before.

A question is made only where the sentence has the plainest form (subject, verb, rest; or time, verb, rest).
Everything else gives None.
"""

import re
from dataclasses import dataclass

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.glossary import is_known
from learning.rag.analysers.grammars import GRAMMARS
from learning.rag.answer_kinds import DATE, DURATION, MONEY, NUMBER, PERCENTAGE, YEAR, Phrase
from learning.rag.definitions import Definition

SUBORDINATE = re.compile(r",\s(?:ob|dass|was|wie|whether|that|if)\s[^,;:]*")
CLAUSE_END = re.compile(r"[,;:–—(]|\s-\s|(?<=[a-zäöüß\d])\.$|[.!]$")
LEAST_WORDS, MOST_WORDS = 4, 24
MOST_SUBJECT = 7  # words
DATIVE = frozenset(("nach", "vor", "seit", "in", "von", "binnen", "mit", "aus", "bei"))
BEFORE_FIGURE = {
    "de": re.compile(
        r"(?:(?P<prep>[Ii]nnerhalb von|[Nn]ach|[Ss]eit|[Bb]innen|[Ff]ür|[Ii]n|[Aa]us|[Mm]it|[Aa]lle|[Uu]m)\s)$"
    ),
    "en": re.compile(
        r"(?:(?P<prep>[Ww]ithin|[Aa]fter|[Ff]or|[Ii]n|[Ee]very|[Oo]f|[Bb]y|[Ww]ith|[Ff]rom)\s)$"
    ),
}
BEFORE_DATE = {
    "de": re.compile(
        r"(?P<prep>[Aa]m|[Ii]m|[Ii]m Jahre?|[Ss]eit(?: dem)?|[Aa]b(?: dem)?|[Bb]is(?: zum)?|[Ii]n)\s$"
    ),
    "en": re.compile(r"(?P<prep>[Oo]n|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Ii]n the year)\s$"),
}
WHEN = {
    "de": {"seit": "Seit wann", "ab": "Ab wann", "bis": "Bis wann"},
    "en": {"since": "Since when", "until": "Until when", "by": "By when"},
}
# Words right before a figure that would be left hanging without it.
HANGING = re.compile(
    r"\b(?:mindestens|höchstens|maximal|bis zu|etwa|rund|ca\.|über|unter|mehr als|weniger als|fast|knapp|zwischen|oder|"
    r"und|die|den|der|at least|at most|up to|about|around|over|under|more than|less than|nearly|almost|between|or|and|"
    r"the|than|only|nur|first|last|next|ersten|letzten|nächsten|as|als|je|pro|per|every|alle)\s$",
    re.IGNORECASE,
)
AFTER_FIGURE = re.compile(r"^\s(?:vor|nach|und|oder|bis|before|after|and|or|to|ago|old|per|pro|von|of)\b")
# English main verbs whose question needs "do".
DO = {
    **{
        verb: ("does", verb.removesuffix("s"))
        for verb in ("takes", "costs", "lasts", "needs", "contains", "holds", "covers")
    },
    **{
        "has": ("does", "have"),
        "includes": ("does", "include"),
        "requires": ("does", "require"),
        "receives": ("does", "receive"),
    },
    **{
        verb: ("do", verb)
        for verb in ("take", "cost", "last", "need", "contain", "hold", "cover", "have", "include", "require")
    },
}


@dataclass(frozen=True)
class Clause:
    """The main clause of a sentence in its parts; `rest` is what follows the verb."""

    subject: str
    verb: str
    rest: str
    rest_start: int


def what_is(definition: Definition, language: str) -> str:
    """ "Was ist ein Sprachmodell?"; where an article may be missing, what the word means."""
    wording, term = GRAMMARS[language].wording, definition.term
    if definition.is_quality:
        return wording.what_means.format(term=term.lower())
    if definition.article:
        asked = wording.what_are if definition.is_plural else wording.what_is
        return asked.format(term=f"{definition.article.lower()} {term}")
    within = _as_within(term, language) if definition.opens else term
    if definition.is_plural:
        return wording.what_are.format(term=within)
    if _is_name(term) or (language == "de" and definition.opens):
        return wording.what_is.format(term=within)
    return wording.what_means.format(term=within)


def _is_name(term: str) -> bool:
    """Whether it has capitals that no beginning of a sentence explains."""
    return any(character.isupper() for character in term[1:])


def how_much(text: str, phrase: Phrase, language: str) -> str | None:
    """The question that the phrase answers in this sentence, or None if it cannot be worded well."""
    if language not in BEFORE_FIGURE or "?" in text:
        return None
    end = _main_end(text)
    if (
        phrase.end > end
        or HANGING.search(text[: phrase.start])
        or AFTER_FIGURE.match(text[_noun_end(text, phrase) :])
    ):
        return None
    asked = _asked(text, phrase, language)
    if asked is None:
        return None
    words, start = asked
    if start == 0 and phrase.start == 0 and phrase.kind not in (DATE, YEAR):
        return None
    stop = _noun_end(text, phrase)
    if start == 0:
        question = _fronted(words, text, stop, language)
    else:
        question = _inverted(words, text, start, stop, end, language)
    return _finished(question, text, phrase, language)


def _asked(text: str, phrase: Phrase, language: str) -> tuple[str, int] | None:
    """The words that ask, and where the part of the sentence begins that they replace."""
    if phrase.kind in (DATE, YEAR):
        before = BEFORE_DATE[language].search(text[: phrase.start])
        if before is None:
            return None
        first = before["prep"].split()[0].lower()
        return WHEN[language].get(first, GRAMMARS[language].wording.when), before.start()
    before = BEFORE_FIGURE[language].search(text[: phrase.start])
    preposition = before["prep"] if before else ""
    start = before.start() if before else phrase.start
    counted = _counted(phrase, language, preposition)
    return (
        (
            f"{preposition[:1].upper()}{preposition[1:]} {counted}"
            if preposition
            else counted[:1].upper() + counted[1:],
            start,
        )
        if counted
        else None
    )


def _counted(phrase: Phrase, language: str, preposition: str) -> str:
    if phrase.kind == PERCENTAGE:
        return "wie viel Prozent" if language == "de" else "what percentage" if not preposition else ""
    if phrase.kind == MONEY:
        return "" if preposition else ("wie viel" if language == "de" else "how much")
    if phrase.kind not in (DURATION, NUMBER):
        return ""
    many = GRAMMARS[language].wording.how_many
    if language == "de" and preposition.lower().split()[-1:] and preposition.lower().split()[-1] in DATIVE:
        many += "n"
    return f"{many} {phrase.noun}"


def _noun_end(text: str, phrase: Phrase) -> int:
    """Where the phrase ends together with what it counts."""
    if phrase.kind == NUMBER and text.startswith(f" {phrase.noun}", phrase.end):
        return phrase.end + 1 + len(phrase.noun)
    return phrase.end


def _main_end(text: str) -> int:
    for match in CLAUSE_END.finditer(text):
        if (
            match.group() == ","
            and text[match.start() - 1].isdigit()
            and text[match.end() : match.end() + 1].isdigit()
        ):
            continue
        return match.start()
    return len(text)


def _fronted(asked: str, text: str, stop: int, language: str) -> str | None:
    """The sentence begins with what is asked for: the verb follows at once in German."""
    rest = text[stop:].strip()
    end = _main_end(rest)
    subordinate = SUBORDINATE.match(rest, end)
    tail = subordinate.group() if subordinate else ""
    tokens = rest[:end].split()
    finite = GRAMMARS[language].finite
    if language == "de":
        return f"{asked} {' '.join(tokens)}{tail}" if tokens and tokens[0] in finite else None
    place = next((n for n, token in enumerate(tokens[: MOST_SUBJECT + 1]) if token in finite), None)
    if not place or not _is_subject(tokens[:place], language, opens=False):
        return None
    return f"{asked} {tokens[place]} {' '.join(tokens[:place])} {' '.join(tokens[place + 1 :])}{tail}"


def _inverted(asked: str, text: str, start: int, stop: int, end: int, language: str) -> str | None:
    """The sentence begins with its subject: question words, verb, subject, and the rest without the answer."""
    clause = _clause(text, end, language)
    if clause is None or start < clause.rest_start:
        return None
    rest = f"{text[clause.rest_start : start]} {text[stop:end]}".split()
    subject = _as_within(clause.subject, language)
    verb = clause.verb
    if (
        language == "en"
        and verb in DO
        and not (verb in GRAMMARS["en"].finite and start > clause.rest_start + 1)
    ):
        helper, plain = DO[verb]
        return " ".join([asked, helper, subject, plain, *rest])
    return " ".join([asked, verb, subject, *rest])


def _clause(text: str, end: int, language: str) -> Clause | None:
    finite = GRAMMARS[language].finite | (DO.keys() if language == "en" else frozenset())
    for match in re.finditer(r"\S+", text[:end]):
        if match.start() == 0 or match.group() not in finite:
            continue
        tokens = text[: match.start()].split()
        if not _is_subject(tokens, language, opens=True):
            return None
        return Clause(" ".join(tokens), match.group(), text[match.end() : end], match.end() + 1)
    return None


def _is_subject(tokens: list[str], language: str, *, opens: bool) -> bool:
    """Whether the words before the verb are surely its subject."""
    if not tokens or len(tokens) > MOST_SUBJECT:
        return False
    first, grammar = tokens[0], GRAMMARS[language]
    if first.lower() in grammar.determiners or first in ("The", "A", "An", "the", "a", "an"):
        return True
    if language == "de":
        is_adjective = first.endswith(("e", "en")) and len(tokens) > 1 and tokens[1][0].isupper()
        return (
            (len(tokens) == 1 or is_adjective)
            and first.lower() not in LANGUAGES["de"].stop_words
            and first[0].isupper()
        )
    return (
        first.lower() not in LANGUAGES["en"].stop_words
        and not first.lower().endswith(("ly", "ing", "ed"))
        and (len(tokens) <= 3)
    )


def _as_within(subject: str, language: str) -> str:
    """A subject as it is written in the middle of a sentence."""
    first, _, rest = subject.partition(" ")
    is_small = first.lower() in GRAMMARS[language].determiners
    if language == "de":
        is_small = is_small or (bool(rest) and first.endswith(("e", "er", "es", "en")) and rest[0].isupper())
    else:
        is_common = is_known(first.lower(), "en") or (
            first.endswith("s") and not first.endswith(("ss", "us", "is"))
        )
        is_small = is_small or (first[1:].islower() and not (rest and rest[0].isupper()) and is_common)
    return f"{first[0].lower()}{first[1:]}{' ' if rest else ''}{rest}" if is_small else subject


def _finished(question: str | None, text: str, phrase: Phrase, language: str) -> str | None:
    if question is None:
        return None
    folded = " ".join(question.split()).strip(" .,;:!")
    count = len(folded.split())
    if not LEAST_WORDS <= count <= MOST_WORDS or phrase.text.lower() in folded.lower():
        return None
    return f"{folded}?"
