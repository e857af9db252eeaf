"""Reading a report: from figures that the gate released, and from nothing else.

A window of several weeks is the mean (shares) or the sum (counts) of the published weeks, so it says nothing that these
do not say already. Measures over a rolling window are read as they stood in the newest week.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import Count, DecimalField, ExpressionWrapper, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from hub.adoption.menu import Selection, overview_of
from hub.adoption.report import Measure, Report, Shape
from hub.adoption.reports import REPORTS, SHOWN_IN
from hub.disclosure.figures import Figure, Kind
from hub.disclosure.grouping import Part
from hub.disclosure.models import Release, ReleasedCell, WeekGroup
from hub.disclosure.suppression import Reason

# (shown by, within what) -> the published groups it is made of
PARTS: dict[tuple[str, str], tuple[Part, ...]] = {
    ("week", ""): (Part.TOTAL,),
    ("site", ""): (Part.SITE, Part.OTHER_SITES),
    ("team", ""): (Part.TEAM, Part.OTHER_TEAMS),
    ("family", ""): (Part.FAMILY, Part.OTHER_FAMILIES),
    ("cohort", ""): (Part.COHORT, Part.OTHER_COHORTS),
    ("week", "site"): (Part.SITE,),
    ("week", "team"): (Part.TEAM,),
    ("week", "family"): (Part.FAMILY,),
    ("family", "site"): (Part.SITE_FAMILY, Part.OTHER_SITE_FAMILIES),
    ("site", "family"): (Part.SITE_FAMILY,),
}
OTHERS = (
    Part.OTHER_SITES,
    Part.OTHER_TEAMS,
    Part.OTHER_FAMILIES,
    Part.OTHER_COHORTS,
    Part.OTHER_SITE_FAMILIES,
)
IDENTITY = ("entity_id", "part", "unit_id", "second_unit_id")
# People are told as the gate rounded them; weeks of before it did have the number alone.
CROWD = Coalesce("people_shown", "people")
CELL_CROWD = Coalesce("people_shown", "group__people_shown", "group__people")
Key = tuple[object, ...]
Scope = Collection[int]  # ids of legal entities, from `hub.adoption.scopes`


def shown_parts(measure: str) -> frozenset[Part]:
    """The groups about which the entries of the menu show the measure: about no other is it published."""
    cuts = {cut for entry in SHOWN_IN[measure] for cut in REPORTS[entry].cuts}
    return frozenset(part for (by, _within), parts in PARTS.items() if by in cuts for part in parts)


@dataclass(frozen=True)
class Row:
    """One line of a report: a week of a group, or a group over the window.

    `figures` stand in the order of the report's measures, None where nothing is published, and `main` is the one that
    the finding speaks of. `weeks` have a figure. `change`: how many points or how much more than in the period before.
    """

    entity: str
    part: str
    unit: str
    unit_id: int | None
    monday: date | None
    people: int
    weeks: int = 1
    figures: tuple[Figure | None, ...] = ()
    main: Figure | None = None
    reason: str = ""
    change: Decimal | None = None

    @property
    def low(self) -> Decimal | None:
        return self.main.low if self.main else None

    @property
    def high(self) -> Decimal | None:
        return self.main.high if self.main else None

    @property
    def middle(self) -> Decimal | None:
        return middle(self.main)

    @property
    def is_others(self) -> bool:
        return self.part in OTHERS


@dataclass(frozen=True)
class Table:
    report: Report
    selection: Selection
    mondays: tuple[date, ...]  # newest first
    rows: tuple[Row, ...]

    @cached_property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if not row.reason]

    @cached_property
    def hidden(self) -> list[Row]:
        return [row for row in self.rows if row.reason]

    @property
    def is_all_zero(self) -> bool:
        """Counts that are all nought: a sentence says so, and there is nothing to draw."""
        return not self.report.is_share and not any(row.high for row in self.shown)

    @cached_property
    def entities(self) -> list[str]:
        return sorted({row.entity for row in self.rows})


def middle(figure: Figure | None) -> Decimal | None:
    return None if figure is None or figure.high is None else (figure.low + figure.high) / 2


def points_more(rows: Sequence[Row]) -> Decimal | None:
    """How much more the first row has than the others on average; rows of one group, the newest week first."""
    newest, *before = [row.middle for row in rows]
    known = [value for value in before if value is not None]
    if newest is None or not known:
        return None
    return newest - sum(known) / len(known)


def read(scope: Scope, report: Report, selection: Selection) -> Table:
    """The report as it is for these legal entities. At most five queries, however many rows."""
    return _Reading(scope, [report], selection).table(report, selection)


def read_all(scope: Scope, reports: Sequence[Report]) -> list[Table]:
    """Several reports as they stand first; those that are cut alike are read together."""
    by_selection: dict[Selection, list[Report]] = {}
    for report in reports:
        by_selection.setdefault(overview_of(report), []).append(report)
    tables = {}
    for selection, alike in by_selection.items():
        reading = _Reading(scope, alike, selection)
        tables |= {report.name: reading.table(report, selection) for report in alike}
    return [tables[report.name] for report in reports]


class _Reading:
    """Releases, groups and figures for reports that are cut alike."""

    def __init__(self, scope: Scope, reports: Sequence[Report], selection: Selection) -> None:
        self.selection = selection
        self.is_by_week = selection.by in ("week", "cohort")
        names = [measure.name for report in reports for measure in report.measures]
        weeks = selection.window if self.is_by_week else 2 * selection.window
        self.releases, self.weeks = _releases(names, weeks)
        unit = selection.unit
        self.parts = [str(part) for part in PARTS[selection.by, unit[0] if unit else ""]]
        self.groups = _narrowed(WeekGroup.objects.filter(entity_id__in=scope, part__in=self.parts), selection)
        self.cells = _narrowed(
            ReleasedCell.objects.filter(group__entity_id__in=scope, group__part__in=self.parts),
            selection,
            "group__",
        )
        self._found: dict[Key, dict[str, Figure]] = {}
        if self.is_by_week:
            self._found = self._figures_by_week()

    def table(self, report: Report, selection: Selection) -> Table:
        newest = max((monday for name, monday in self.releases if name == report.main.name), default=None)
        if newest is None:
            return Table(report, selection, (), ())
        first = newest - timedelta(weeks=selection.window - 1)
        mondays = sorted(
            (monday for name, monday in self.releases if name == report.main.name and monday >= first),
            reverse=True,
        )
        if self.is_by_week:
            rows = self._rows_by_week(report, mondays)
            if report.shape is Shape.HEAT:
                rows.sort(key=lambda row: (row.entity, row.is_others, row.unit, -row.monday.toordinal()))
            else:
                rows.sort(key=lambda row: (row.entity, -row.monday.toordinal()))
        else:
            rows = self._rows_by_unit(report, newest)
        return Table(report, selection, tuple(mondays), tuple(rows))

    @cached_property
    def _groups(self) -> list[dict]:
        weeks = self.weeks if self.is_by_week else {max(self.weeks): self.weeks[max(self.weeks)]}
        monday_of = {pk: monday for monday, pk in weeks.items()}
        rows = self.groups.filter(week__in=weeks.values()).annotate(crowd=CROWD).order_by("pk")
        names = (
            "pk",
            *IDENTITY,
            "entity_name",
            "unit_name",
            "second_unit_name",
            "crowd",
            "reason",
            "week_id",
        )
        return [group | {"monday": monday_of[group["week_id"]]} for group in rows.values(*names)]

    def _figures_by_week(self) -> dict[Key, dict[str, Figure]]:
        found: defaultdict[Key, dict[str, Figure]] = defaultdict(dict)
        names = {pk: name for (name, _monday), pk in self.releases.items()}
        rows = self.cells.filter(release__in=names, group__week__in=self.weeks.values()).order_by()
        for group, release, low, high in rows.values_list("group_id", "release_id", "low", "high"):
            found[group][names[release]] = Figure(low, high)
        return found

    def _rows_by_week(self, report: Report, mondays: list[date]) -> list[Row]:
        return [
            self._row(
                group,
                report,
                _in_order(report.measures, self._found.get(group["pk"], {})),
                monday=group["monday"],
            )
            for group in self._groups
            if group["monday"] in mondays and not _has_not_begun(group)
        ]

    def _rows_by_unit(self, report: Report, newest: date) -> list[Row]:
        window = timedelta(weeks=self.selection.window)
        now = self._over_weeks(report, newest - window, newest)
        before = self._over_weeks(report, newest - 2 * window, newest - window)
        rows = []
        for group in self._groups:
            key = tuple(group[name] for name in IDENTITY)
            weeks, found = now.get(key, (0, {}))
            figures = _in_order(report.measures, found)
            earlier = middle(before.get(key, (0, {}))[1].get(report.main.name))
            current = middle(found.get(report.main.name))
            change = None if earlier is None or current is None else current - earlier
            rows.append(self._row(group, report, figures, weeks=weeks, change=change))
        return sorted(
            rows, key=lambda row: (row.entity, bool(row.reason), row.is_others, -(row.middle or 0), row.unit)
        )

    def _over_weeks(
        self, report: Report, after: date, until: date
    ) -> dict[Key, tuple[int, dict[str, Figure]]]:
        """Group -> weeks with a figure of the main measure, and each measure's figure over (after, until]."""
        found: dict[Key, tuple[int, dict[str, Figure]]] = {}
        for is_rolling in (False, True):
            measures = {
                measure.name: measure for measure in report.measures if measure.is_rolling == is_rolling
            }
            chosen = {
                key: pk for key, pk in self.releases.items() if key[0] in measures and after < key[1] <= until
            }
            if is_rolling:
                newest = {
                    name: max(monday for other, monday in chosen if other == name) for name, _monday in chosen
                }
                chosen = {key: pk for key, pk in chosen.items() if newest[key[0]] == key[1]}
            if not chosen:
                continue
            for *identity, name, weeks, people, low, high, low_each, high_each in _summed(
                self.cells.filter(group__week__in={self.weeks[monday] for _name, monday in chosen}),
                chosen.values(),
            ):
                kind = measures[name].kind
                key = tuple(identity)
                figure = _over(kind, people, low, high) if kind is Kind.SHARE else Figure(low_each, high_each)
                known_weeks, known = found.get(key, (0, {}))
                known[name] = figure
                is_main = name == report.main.name
                found[key] = (weeks if is_main else known_weeks, known)
        return found

    def _row(self, group: dict, report: Report, figures: tuple[Figure | None, ...], *, monday: date | None = None,
             weeks: int = 1, change: Decimal | None = None) -> Row:  # fmt: skip
        is_second = self.selection.by == "family" and self.selection.unit
        unit = group["second_unit_name"] if is_second else group["unit_name"]
        unit_id = group["second_unit_id"] if is_second else group["unit_id"]
        reason = "" if any(figures) else group["reason"] or str(Reason.DOUBT)
        return Row(
            entity=group["entity_name"], part=group["part"], unit=unit, unit_id=unit_id, monday=monday,
            people=group["crowd"], weeks=0 if reason else weeks, figures=figures, main=figures[report.lead],
            reason=reason, change=change,
        )  # fmt: skip


def _has_not_begun(group: dict) -> bool:
    """People without a first month: nothing to stay with yet."""
    return group["part"] == Part.COHORT and not group["unit_name"]


def _releases(names: Iterable[str], weeks: int) -> tuple[dict[tuple[str, date], int], dict[date, int]]:
    """(measure, Monday) -> release, of the last so many weeks counted back from the newest; and Monday -> week.

    A group has figures of its own week alone; to name the weeks in a query spares looking at those of all others.
    """
    released = Release.objects.filter(report__in=list(names))
    newest = released.order_by("-week__monday").values_list("week__monday", flat=True).first()
    if newest is None:
        return {}, {}
    found = list(
        released.filter(week__monday__gt=newest - timedelta(weeks=weeks)).values_list(
            "pk", "report", "week__monday", "week_id"
        )
    )
    releases = {(name, monday): pk for pk, name, monday, _week in found}
    return releases, {monday: week for _pk, _name, monday, week in found}


def _narrowed(rows: QuerySet, selection: Selection, prefix: str = "") -> QuerySet:
    """Only the groups within the unit that was asked for."""
    if not selection.unit:
        return rows
    kind, unit_id = selection.unit
    field = "second_unit_id" if (selection.by, kind) == ("site", "family") else "unit_id"
    return rows.filter(**{f"{prefix}{field}": unit_id})


def _summed(cells: QuerySet, releases: Iterable[int]) -> QuerySet:
    number = DecimalField(max_digits=20, decimal_places=1)

    def weighted(name: str) -> Sum:
        return Sum(ExpressionWrapper(F(name) * CELL_CROWD, output_field=number))

    identity = [f"group__{name}" for name in IDENTITY]
    rows = cells.filter(release__in=list(releases)).values(*identity, "release__report").order_by()
    return rows.annotate(
        weeks=Count("pk"), crowd=Sum(CELL_CROWD), low_people=weighted("low"), high_people=weighted("high"),
        low_each=Sum("low"), high_each=Sum("high"),
    ).values_list(
        *identity, "release__report", "weeks", "crowd", "low_people", "high_people", "low_each", "high_each"
    )  # fmt: skip


def _over(kind: Kind, people: int, low: Decimal, high: Decimal) -> Figure:
    """Shares weighted by people, in whole percents."""
    return Figure(*((Decimal(end) / people).quantize(Decimal(1), ROUND_HALF_UP) for end in (low, high)))


def _in_order(measures: Iterable[Measure], found: dict[str, Figure]) -> tuple[Figure | None, ...]:
    return tuple(found.get(measure.name) for measure in measures)
