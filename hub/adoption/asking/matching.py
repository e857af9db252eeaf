"""Which report a question means, by the words of both languages that each report lists."""

from functools import cache

from hub.adoption.asking.wording import Phrase, phrases, words
from hub.adoption.report import Report
from hub.adoption.reports import REPORTS

LONGER = 1.5  # a phrase of two words weighs more than two words
FALSE_FRIENDS = ("wetter",)  # the stem of a bet in German
CLOSE = 0.99  # of the best score: as good as the best


@cache
def _known() -> dict[str, list[Phrase]]:
    return {report.name: phrases(report.synonyms) for report in REPORTS.values()}


def reports_meant(question: str) -> list[Report]:
    """The reports that fit best, several where they fit alike, none where no word is known."""
    asked = [word for word in words(question) if word not in FALSE_FRIENDS]
    scores = {name: _score(known, asked) for name, known in _known().items()}
    best = max(scores.values())
    if not best:
        return []
    return [REPORTS[name] for name, score in scores.items() if score >= CLOSE * best]


def _score(known: list[Phrase], asked: list[str]) -> float:
    """No word of the question counts twice."""
    taken: set[int] = set()
    score = 0.0
    for phrase in known:
        for start in phrase.places_in(asked):
            places = set(range(start, start + len(phrase.words)))
            if places & taken:
                continue
            taken |= places
            score += phrase.weight_at(start, asked) * len(phrase.words) ** LONGER
    return score
