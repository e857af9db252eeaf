"""Reading a report: from figures that the gate released, and from nothing else.

A window of several weeks is the mean (shares) or the sum (steps) of the published weeks, so it says nothing that these
do not say already.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, FilteredRelation, Q

from hub.adoption.menu import Selection
from hub.adoption.report import Report
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from hub.disclosure.models import Release, WeekGroup
from hub.disclosure.suppression import Reason
from hub.people.models import User

PARTS = {
    "week": (Part.TOTAL,),
    "site": (Part.SITE, Part.OTHER_SITES),
    "team": (Part.TEAM, Part.OTHER_TEAMS),
}
OTHERS = (Part.OTHER_SITES, Part.OTHER_TEAMS)


@dataclass(frozen=True)
class Cell:
    """A group of one week as it was published, or hidden."""

    monday: date
    part: str
    entity_id: int
    entity: str
    unit_id: int | None
    unit: str
    people: int
    reason: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Row:
    """One line of a report: a week of an entity, or a site or team over the window. `weeks` have a figure."""

    entity: str
    part: str
    unit: str
    monday: date | None
    people: int
    weeks: int
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str = ""

    @property
    def middle(self) -> Decimal | None:
        return None if self.low is None or self.high is None else (self.low + self.high) / 2

    @property
    def is_others(self) -> bool:
        return self.part in OTHERS


@dataclass(frozen=True)
class Table:
    report: Report
    selection: Selection
    mondays: tuple[date, ...]  # newest first
    rows: tuple[Row, ...]

    @property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if not row.reason]

    @property
    def hidden(self) -> list[Row]:
        return [row for row in self.rows if row.reason]

    @property
    def is_all_zero(self) -> bool:
        """Counts that are all nought: a sentence says so, and there is nothing to draw."""
        return self.report.kind is not Kind.SHARE and not any(row.high for row in self.shown)

    @property
    def entities(self) -> list[str]:
        return sorted({row.entity for row in self.rows})


def read(user: User, report: Report, selection: Selection) -> Table:
    """The report as this person may see it: the legal entities of their role. Three queries, however many rows."""
    releases = _releases(report, selection.window)
    mondays = tuple(releases.values())
    groups = WeekGroup.objects.visible_to(user).filter(
        week__monday__in=mondays, part__in=[str(part) for part in PARTS[selection.by]]
    )
    figures = groups.annotate(
        figure=FilteredRelation("cells", condition=Q(cells__release_id__in=list(releases))),
        low=F("figure__low"),
        high=F("figure__high"),
        monday=F("week__monday"),
    )
    cells = [
        Cell(*values)
        for values in figures.order_by("-week__monday", "pk").values_list(
            "monday",
            "part",
            "entity_id",
            "entity_name",
            "unit_id",
            "unit_name",
            "people",
            "reason",
            "low",
            "high",
        )
    ]
    rows = _by_week(cells) if selection.by == "week" else _by_unit(cells, report.kind)
    return Table(report, selection, mondays, tuple(rows))


def _releases(report: Report, window: int) -> dict[int, date]:
    """The published weeks among the last `window`, counted back from the newest, by the release's id."""
    released = Release.objects.filter(report=report.name).order_by("-week__monday")
    found = list(released.values_list("pk", "week__monday")[:window])
    return {pk: monday for pk, monday in found if monday > found[0][1] - timedelta(weeks=window)}


def _row(newest: Cell, *, monday: date | None = None, **fields: object) -> Row:
    return Row(entity=newest.entity, part=newest.part, unit=newest.unit, monday=monday, **fields)


def _hidden(cells: Iterable[Cell]) -> str:
    """The reason of the newest week. A group that may be seen and has no figure was not proved safe."""
    return next(iter(cells)).reason or Reason.DOUBT


def _by_week(cells: list[Cell]) -> list[Row]:
    rows = []
    for cell in cells:
        if cell.low is None:
            fields = {"people": cell.people, "weeks": 0, "reason": _hidden([cell])}
        else:
            fields = {"people": cell.people, "weeks": 1, "low": cell.low, "high": cell.high}
        rows.append(_row(cell, monday=cell.monday, **fields))
    return sorted(rows, key=lambda row: (row.entity, -row.monday.toordinal()))


def _by_unit(cells: list[Cell], kind: Kind) -> list[Row]:
    units: defaultdict[tuple[int, str, int | None], list[Cell]] = defaultdict(list)
    for cell in cells:
        units[cell.entity_id, cell.part, cell.unit_id].append(cell)
    rows = [_over_weeks(found, kind) for found in units.values()]
    return sorted(
        rows,
        key=lambda row: (row.entity, bool(row.reason), row.is_others, -(row.middle or 0), row.unit),
    )


def _over_weeks(cells: list[Cell], kind: Kind) -> Row:
    """The weeks with a figure as one: shares weighted by people, in whole percents."""
    known = [cell for cell in cells if cell.low is not None]
    if not known:
        return _row(cells[0], people=cells[0].people, weeks=0, reason=_hidden(cells))
    people = sum(cell.people for cell in known)
    average = round(people / len(known))
    low, high = (
        sum(
            (Decimal(getattr(cell, end)) * (cell.people if kind is Kind.SHARE else 1) for cell in known),
            Decimal(0),
        )
        for end in ("low", "high")
    )
    if kind is Kind.SHARE:
        low, high = ((value / people).quantize(Decimal(1), ROUND_HALF_UP) for value in (low, high))
    return _row(known[0], people=average, weeks=len(known), low=low, high=high)
