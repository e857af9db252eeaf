"""Questions that ask what something is, and the sentences that say it.

In a notebook about agents the word "agent" stands everywhere and tells no passage from another; what answers
"What is an agent?" is the sentence that defines it.
"""

import re
from collections.abc import Sequence

from learning.rag.analysers.terms import stems, words
from learning.rag.definitions import define
from learning.rag.languages import detect
from learning.rag.retrieve import Hit
from learning.rag.sentences import spans

MOST_WORDS = 4  # of a term; a longer "what is" asks for something else
ASKED = (
    re.compile(
        r"^(?:und |also )?was (?:ist|sind|heißt|bedeutet|bedeuten|meint)(?: eigentlich)?"
        r"(?: mit| das wort| der begriff)? (?:ein |eine |einen |der |die |das )?(?P<term>.+?)(?: eigentlich)?$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^was (?:versteht|meint) man (?:unter|mit) (?:einem |einer |dem |der |den )?(?P<term>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:and |so )?what (?:is|are) (?:an? |the )?(?P<term>.+)$", re.IGNORECASE),
    re.compile(r"^what does (?:an? |the )?(?P<term>.+?) mean$", re.IGNORECASE),
    re.compile(r"^what is meant by (?:an? |the )?(?P<term>.+)$", re.IGNORECASE),
)
# A line of a glossary: the term, a colon, and at least three words about it.
ENTRY = re.compile(r"^[\s\-–•*]*(?P<term>[^:.!?]{2,60}):\s+\S+\s+\S+\s+\S+")
NAMED = 0.8  # "Such inventions are called hallucinations."
MARKS = " \t\n?!.„“”\"'»«"


def term_asked(question: str) -> str:
    """What the question wants explained, without its article; "" if it asks for something else."""
    plain = " ".join(question.split()).strip(MARKS)
    for pattern in ASKED:
        if (found := pattern.match(plain)) and len(found["term"].split()) <= MOST_WORDS:
            return found["term"].strip(MARKS)
    return ""


def is_defined(term: str, sentence: str, language: str) -> bool:
    """Whether the sentence says what the term is, or is its entry in a list; an unknown language defines nothing."""
    return definiteness(term, sentence, language) > 0


def definiteness(term: str, sentence: str, language: str) -> float:
    """1 for a sentence that begins with the term or is its entry ("Handoff: …"), less for one that names it, else 0."""
    if not language:
        return 0.0
    wanted, entry = _stems(term, language), ENTRY.match(sentence)
    if entry and _stems(entry["term"], language) == wanted:
        return 1.0
    found = define(sentence, language)
    if found is None or _stems(found.term, language) != wanted:
        return 0.0
    return 1.0 if found.opens else NAMED


def _stems(text: str, language: str) -> list[str]:
    return stems(words(text), language)


def defining_first(term: str, hits: Sequence[Hit], most: int) -> list[Hit]:
    """At most so many hits, those that define the term before the others, else in their order."""

    def defines(hit: Hit) -> bool:
        text = hit.passage.text
        language = hit.passage.language or detect(text)
        return any(is_defined(term, text[start:end], language) for start, end in spans(text))

    return sorted(hits, key=lambda hit: not defines(hit))[:most]
