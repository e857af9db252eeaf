"""Whether a question leans on the one before it, by its words alone, and the question made complete."""

import re
from collections.abc import Sequence

from learning.rag.analysers import ALL_STOP_WORDS, LANGUAGES
from learning.rag.analysers.terms import words

MOST_OWN_WORDS = (
    2  # beside a pronoun; with three, one question in thirty of a set without conversation is taken
)
MOST_AFTER_OPENING = 6
PREPOSITIONS = {form: plain for language in LANGUAGES.values() for plain, form in language.prepositions}
SPACES = re.compile(r"\s+")


def is_followup(question: str) -> bool:
    """Whether it begins as a follow-up does, or says next to nothing without what its pronoun stands for.

    When in doubt it is not: a question of its own must not be changed.
    """
    own = len(content_words(question))
    if not own:
        return bool(words(question))
    text = SPACES.sub(" ", question).strip()
    return any(
        (own <= MOST_AFTER_OPENING and language.opens and language.opens.search(text))
        or (own <= MOST_OWN_WORDS and language.leans and language.leans.search(text))
        for language in LANGUAGES.values()
    )


def content_words(text: str) -> list[str]:
    """Its words without those that ask and bind, each once."""
    return [word for word in dict.fromkeys(words(text)) if word not in ALL_STOP_WORDS]


def completed(question: str, earlier: Sequence[str]) -> str:
    """The question and the content words of the earlier ones, the latest first, as one query.

    What stands behind a preposition takes the place of what stood behind it before ("and in Austria?" after a
    question about something in Germany). Its own words stand in the query twice: where they and the earlier
    ones lead to different places, they decide.
    """
    own = content_words(question)
    known, replaced, added = set(own), places(question).keys(), []
    for text in earlier:
        gone = {word for preposition, word in places(text).items() if preposition in replaced}
        for word in content_words(text):
            if word not in known | gone:
                known.add(word)
                added.append(word)
    return " ".join([question, *own, *added])


def places(text: str) -> dict[str, str]:
    """The next content word behind each preposition of a text; contracted ones ("im") as the plain one."""
    found, waiting = {}, ""
    for word in words(text):
        if word in PREPOSITIONS:
            waiting = PREPOSITIONS[word]
        elif word not in ALL_STOP_WORDS:
            if waiting:
                found[waiting] = word
            waiting = ""
    return found
