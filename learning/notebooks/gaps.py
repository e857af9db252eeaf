"""What a notebook was asked in vain, for those who look after it: counts of people and words, never a question.

A figure belongs to a closed window of four weeks, windows do not overlap, and it is written once: neither
looking often nor somebody's erasing a conversation lets one subtract.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.disclosure.asked import publishable
from hub.disclosure.weeks import bounds, last_closed
from learning.notebooks.models import Exchange, GapFigure, Notebook
from learning.rag.analysers import ALL_STOP_WORDS
from learning.rag.analysers.terms import stems, words
from learning.rag.languages import detect

WEEKS = 4
MOST_WORDS = 12
SHOWN_WINDOWS = 6


def window_before(now: datetime) -> date:
    """The Monday on which the newest closed window begins; windows are counted from the first Monday there was."""
    after = last_closed(now) + timedelta(weeks=1)
    week = (after.toordinal() - 1) // 7
    return after - timedelta(weeks=week % WEEKS + WEEKS)


def figure_of(notebook: Notebook, now: datetime | None = None) -> GapFigure:
    """The published figure of the newest closed window; made when somebody looks first."""
    monday = window_before(now or timezone.now())
    kept = GapFigure.objects.filter(notebook=notebook, monday=monday).first()
    if kept is not None:
        return kept
    people, found = _counted(notebook, monday)
    try:
        with transaction.atomic():
            return GapFigure.objects.create(
                notebook=notebook, monday=monday, weeks=WEEKS, people=people, words=found
            )
    except IntegrityError:
        return GapFigure.objects.get(notebook=notebook, monday=monday)


def figures_of(notebook: Notebook, now: datetime | None = None) -> list[GapFigure]:
    figure_of(notebook, now)
    return list(GapFigure.objects.filter(notebook=notebook)[:SHOWN_WINDOWS])


def _counted(notebook: Notebook, monday: date) -> tuple[int | None, list[str]]:
    start = bounds(monday)[0]
    end = bounds(monday + timedelta(weeks=WEEKS - 1))[1]
    rows = Exchange.objects.filter(
        notebook=notebook, answer__refused=True, asked_at__gte=start, asked_at__lt=end
    )
    askers: set[int] = set()
    by_stem: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for asker, question in rows.values_list("asker", "question").iterator():
        askers.add(asker)
        asked = [word for word in words(question) if word not in ALL_STOP_WORDS]
        for word, stem in zip(asked, stems(asked, detect(question)), strict=True):
            by_stem[stem].add(asker)
            forms[stem][word] += 1
    told = [stem for stem, people in by_stem.items() if publishable(len(people)) is not None]
    told.sort(key=lambda stem: (-len(by_stem[stem]) // 5, stem))
    shown = [max(sorted(forms[stem]), key=forms[stem].__getitem__) for stem in told[:MOST_WORDS]]
    return publishable(len(askers)), shown
