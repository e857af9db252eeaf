"""The badges, in one table: what each is earned by. A badge rests on a fact and, once earned, stays.

Facts are ledger entries by rule, less those taken back, and what other areas register in `facts`; never a click.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.points.rules import RULES


@dataclass(frozen=True)
class Badge:
    """Earned once the fact has reached `needs`. `sign` is drawn on the head of the pin, in a box of 24 by 24."""

    slug: str
    name: str | Promise
    how: str | Promise
    fact: str
    needs: int
    sign: str


BADGES: dict[str, Badge] = {
    badge.slug: badge
    for badge in (
        Badge(
            "first-hour",
            _("First hour"),
            _("You were at a DEAL hour for the first time."),
            "attended",
            1,
            "M12 6v6l4 3",
        ),
        Badge(
            "four-hours", _("Four hours"), _("You were at four DEAL hours."), "attended", 4, "M6 17V7h12v10z"
        ),
        Badge(
            "twelve-hours",
            _("A dozen hours"),
            _("You were at twelve DEAL hours."),
            "attended",
            12,
            "M8 6v12M12 6v12M16 6v12M6 9h12M6 15h12",
        ),
        Badge(
            "half-a-year",
            _("Half a year"),
            _("You were at twenty-six DEAL hours."),
            "attended",
            26,
            "M12 5a7 7 0 0 1 0 14zM12 5v14",
        ),
        Badge(
            "five-weeks",
            _("Five in a row"),
            _("Your streak reached five weeks."),
            "longest_streak",
            5,
            "M6.5 7v10M10 7v10M14 7v10M17.5 7v10M4 15L20 9",
        ),
        Badge(
            "twelve-weeks",
            _("A quarter in a row"),
            _("Your streak reached twelve weeks."),
            "longest_streak",
            12,
            "M5 17l4.5-4.5 3 3L19 8M14 8h5v5",
        ),
        Badge(
            "back-again",
            _("Back again"),
            _("You came back to the hour after a pause."),
            "comebacks",
            1,
            "M8 6l-3 3 3 3M5 9h9a4.5 4.5 0 0 1 0 9H9",
        ),
        Badge(
            "ran-an-hour",
            _("At the front"),
            _("You ran a DEAL hour."),
            "facilitated",
            1,
            "M8 19V5l9 3.5L8 12",
        ),
        Badge(
            "ran-four-hours",
            _("Host"),
            _("You ran four DEAL hours."),
            "facilitated",
            4,
            "M6 19V5l6 2.5L6 10M14 19V9l6 2.5-6 2.5",
        ),
        Badge(
            "struck-a-step",
            _("One step less"),
            _("In a revealed bet, a step of a process was struck through on your account."),
            "eliminated_step",
            1,
            "M7 8h10v8H7zM4 18L20 6",
        ),
        Badge(
            "shared-a-source",
            _("For everybody to read"),
            _("You shared a source with colleagues."),
            "shared_source",
            1,
            "M8 5h6l3 3v11H8zM10.5 11h4M10.5 14.5h4",
        ),
        Badge(
            "shared-a-story",
            _("Passed on"),
            _("You told colleagues a success story."),
            "shared_story",
            1,
            "M5 6h14v9h-7l-4 4v-4H5z",
        ),
    )
}


@dataclass(frozen=True)
class Entry:
    """A line of one person's ledger."""

    rule: str
    is_reversal: bool
    at: datetime


def resting_on(fact: str) -> list[Badge]:
    return [badge for badge in BADGES.values() if badge.fact == fact]


def earned(entries: Iterable[Entry], facts: Mapping[str, int], now: datetime) -> dict[str, datetime]:
    """Badge -> when it was earned. `entries` are one person's, oldest first; `facts` are what holds now."""
    counts: Counter[str] = Counter()
    found: dict[str, datetime] = {}
    for entry in entries:
        counts[entry.rule] += -1 if entry.is_reversal else 1
        for badge in resting_on(entry.rule):
            if counts[entry.rule] >= badge.needs:
                found.setdefault(badge.slug, entry.at)
    for badge in BADGES.values():
        if badge.fact not in RULES and facts.get(badge.fact, 0) >= badge.needs:
            found.setdefault(badge.slug, now)
    return found
