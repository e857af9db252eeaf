"""The board: teams of the last closed week by points a member, and what of it one team sees.

Points a member, not points: a large team is not better for being large. Nobody is ranked alone, teams too small to
be shown stand together, and the lower half has no ranks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import Coalesce

from hub.disclosure.actions import release
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekMembership
from hub.disclosure.weeks import bounds
from hub.people.models import User
from hub.points.models import PointEntry

REPORT = "points"
PARTS = (Part.TEAM, Part.SMALL_TEAMS)
TOP = 5
SUNDAY = timedelta(days=6)


@dataclass(frozen=True)
class Standing:
    """One line. `rank` is None in the lower half; `is_at_least`: nearly everybody took part, more is not said."""

    name: str
    people: int
    average: Decimal
    is_at_least: bool = False
    is_small_teams: bool = False
    is_mine: bool = False
    rank: int | None = None


@dataclass(frozen=True)
class Board:
    """`top` are the first teams, `around` one's own with its neighbours if it is not among them."""

    monday: date
    top: tuple[Standing, ...]
    around: tuple[Standing, ...] = ()
    teams: int = 0

    @property
    def sunday(self) -> date:
        return self.monday + SUNDAY

    @property
    def more(self) -> int:
        return self.teams - len(self.top) - len(self.around)

    @property
    def has_mine(self) -> bool:
        return any(standing.is_mine for standing in (*self.top, *self.around))


def release_week(week: FrozenWeek) -> tuple[Release, bool]:
    """Publish the week's points. Whatever is corrected later counts in the week of the correction."""
    start, end = bounds(week.monday)
    entries = PointEntry.objects.filter(earned_at__gte=start, earned_at__lt=end)
    numbers = dict(entries.values_list("subject_key").annotate(total=Sum("points")).order_by())
    return release(report=REPORT, week=week, kind=Kind.MEAN, numbers=numbers, parts=PARTS, is_on_menu=False)


def board_for(user: User) -> Board | None:
    """The newest published board as this person sees it; None before the first. Three queries."""
    newest = Release.objects.filter(report=REPORT).select_related("week").order_by("-week__monday").first()
    if newest is None:
        return None
    monday = newest.week.monday
    mine = WeekMembership.objects.of(user).filter(monday=monday).values_list("team_id", flat=True).first()
    cells = ReleasedCell.objects.filter(release=newest).values_list(
        "low",
        "high",
        "group__part",
        "group__unit_name",
        Coalesce("people_shown", "group__people"),  # weeks published earlier have no rounded number
        "group__teams",
    )
    standings = [
        Standing(
            name=name,
            people=people,
            average=low,
            is_at_least=high is None,
            is_small_teams=part == Part.SMALL_TEAMS,
            is_mine=mine in teams,
        )
        for low, high, part, name, people, teams in cells
    ]
    return cut(monday, ranked(standings))


def ranked(standings: Iterable[Standing]) -> list[Standing]:
    """Best first; equal averages share a rank (1, 2, 2, 4), and the lower half has none."""
    order = sorted(
        standings, key=lambda standing: (-standing.average, standing.is_small_teams, standing.name)
    )
    upper = (len(order) + 1) // 2
    result: list[Standing] = []
    for number, standing in enumerate(order, start=1):
        rank: int | None = number
        if result and result[-1].average == standing.average:
            rank = result[-1].rank
        elif number > upper:
            rank = None
        result.append(replace(standing, rank=rank))
    return result


def cut(monday: date, standings: list[Standing]) -> Board:
    """The first few of the upper half, and one's own with its neighbours; nobody else is shown who comes last."""
    top = [standing for standing in standings[:TOP] if standing.rank is not None]
    mine = next((number for number, standing in enumerate(standings) if standing.is_mine), None)
    around: list[Standing] = []
    if mine is not None and mine >= len(top):
        following = min(mine + 2, max(mine + 1, len(standings) - 1))
        around = standings[max(len(top), mine - 1) : following]
    return Board(monday=monday, top=tuple(top), around=tuple(around), teams=len(standings))
