"""Sentences that say what something is: "Ein X ist ein …", "X means …", "Unter X versteht man …"."""

import re
from dataclasses import dataclass

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.grammars import GRAMMARS

ARTICLE = re.compile(r"(?P<article>ein|eine|der|die|das|an?|the)\s+", re.IGNORECASE)
INDEFINITE = frozenset(("ein", "eine", "a", "an", ""))
PLURAL = re.compile(r"^\s*(?:\([^()]*\)\s*)?(?:sind|bezeichnen|bedeuten|are)\b")
# "The most useful", "a lower": what is compared is no term.
COMPARED = re.compile(r"[a-zäöüß]+(?:st(?:e|er|es|en))|\w{2,}est|[a-zäöüß]{2,}ere[rsn]?")
LONG_NOUN = 9  # letters; "die Arbeitszeiterfassung" is a term, "die Aufgabe" is the one spoken of
PLURAL_BEFORE = re.compile(r"\b(?:heißen|werden|are)\s[^.]*$")
# "Vertraulich ist, was …": a quality, written small in the middle of a sentence.
QUALITY = re.compile(r"^\s+(?:ist(?:\s+alles)?,\s+was\b|is\s+(?:what|everything that)\b)")


@dataclass(frozen=True)
class Definition:
    """What `text[start:end]`, with its article if it has one, is said to be; `term` is without the article.

    `is_quality` where it is an adjective ("Vertraulich ist, was …"); `opens` where the sentence begins with it.
    """

    term: str
    article: str
    start: int
    end: int
    is_plural: bool
    is_quality: bool
    opens: bool


def define(text: str, language: str) -> Definition | None:
    """The definition that the sentence gives, or None; unknown languages define nothing."""
    grammar = GRAMMARS.get(language)
    if grammar is None:
        return None
    for definer in grammar.definers:
        match = definer.pattern.search(text)
        if match is None:
            continue
        found = _definition(text, *match.span("term"))
        if is_term(found, language, is_sure=definer.is_sure):
            return found
    return None


def _definition(text: str, start: int, end: int) -> Definition:
    article = ARTICLE.match(text, start, end)
    term = text[article.end() if article else start : end]
    return Definition(
        term=term,
        article=article["article"] if article else "",
        start=start,
        end=end,
        is_plural=bool(PLURAL.match(text[end:])) or (start > 0 and bool(PLURAL_BEFORE.search(text[:start]))),
        is_quality=bool(QUALITY.match(text[end:])),
        opens=start == 0,
    )


def is_term(found: Definition, language: str, *, is_sure: bool) -> bool:
    """Whether it is a thing with a name, and not "the first step" or "everybody"."""
    grammar, tokens = GRAMMARS[language], found.term.split()
    if not tokens or len(found.term) < 3:
        return False
    if any(token in grammar.pronouns or token.lower() in LANGUAGES[language].markers for token in tokens):
        return False
    # "Lead time" is a term where "time" alone is none.
    generic = [token in grammar.not_terms or token.lower() in grammar.not_terms for token in tokens]
    if (generic[0] and not found.is_quality) or any(generic[1:-1]):
        return False
    if any(COMPARED.fullmatch(token) for token in tokens[:-1]):
        return False
    if not is_sure and found.article.lower() not in INDEFINITE:
        return language == "de" and len(tokens[-1]) >= LONG_NOUN
    return True
