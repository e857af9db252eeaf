"""Which language a text is in: German or English, by function words, word endings and letters."""

from collections.abc import Sequence
from functools import lru_cache

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.terms import words

MAX_CHARACTERS = 4_000
GERMAN_LETTERS = frozenset("äöüß")
CODES: tuple[str, ...] = tuple(LANGUAGES)
# An ending or an umlaut says less than a function word; the lead over the other language decides.
MARKER, LETTER, ENDING = 1.0, 0.6, 0.3
LEAD = 1.4
# Of function words in a German or English text; prose has twice as many. French and Latin stay below.
LEAST_SHARE = 0.2


def detect(text: str) -> str:
    """The code "de" or "en", or "" if the text does not say."""
    return detect_words(words(text[:MAX_CHARACTERS]))


def detect_words(tokens: Sequence[str]) -> str:
    """The same for words already found, in lower case."""
    votes = [weigh(token) for token in tokens]
    return decide([sum(vote[i] for vote in votes) for i in range(len(CODES))])


@lru_cache(maxsize=50_000)
def weigh(token: str) -> tuple[float, ...]:
    """How much one word speaks for each language of `CODES`."""
    scores = []
    for code, language in LANGUAGES.items():
        score = 0.0
        if token in language.markers:
            score = MARKER
        elif len(token) > 5 and token.endswith(language.endings):
            score = ENDING
        if code == "de" and not token.isascii() and not GERMAN_LETTERS.isdisjoint(token):
            score += LETTER
        scores.append(score)
    return tuple(scores)


def decide(scores: Sequence[float]) -> str:
    """The language with the clear lead, or ""."""
    order = sorted(range(len(CODES)), key=scores.__getitem__, reverse=True)
    return CODES[order[0]] if scores[order[0]] > LEAD * scores[order[1]] else ""


def spoken(text: str) -> str:
    """The code of the language in which the text is surely written, or "".

    `detect` asks which of its languages is the likelier one; a text in a third language has too few of
    either's function words to be believed.
    """
    tokens = words(text[:MAX_CHARACTERS])
    code = detect_words(tokens)
    if not code:
        return ""
    held = sum(token in LANGUAGES[code].stop_words for token in tokens)
    return code if held >= LEAST_SHARE * len(tokens) else ""
