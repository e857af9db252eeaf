"""A report as a page, a card of the overview or a printed sheet shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from hub.adoption import words
from hub.adoption.charts import ROWS_SHOWN, chart_of, size
from hub.adoption.menu import Selection
from hub.adoption.models.saved import Annotation
from hub.adoption.reading import Row, Table, points_more
from hub.adoption.report import Shape
from hub.adoption.units import Unit

TABLE_ROWS = 200
DRILLED = {"site": "site", "team": "team", "family": "family"}


@dataclass(frozen=True)
class Line:
    """One line of the table: figures in the order of the headings."""

    name: str
    entity: str
    people: str
    figures: tuple[str, ...]
    change: str = ""
    weeks: str = ""
    url: str = ""


@dataclass(frozen=True)
class Key:
    """A figure on top of the overview: a legal entity's newest week, or the whole period of what is counted up."""

    entity: str
    figure: str
    heading: str
    change: str = ""


class Presented:
    """Reads a table once for a template; every text is in the reader's language."""

    def __init__(
        self, table: Table, unit: Unit | None = None, notes: Sequence[Annotation] | None = None
    ) -> None:
        self.table = table
        self.report = table.report
        self.selection = table.selection
        self.unit = unit
        self.several = len(table.entities) > 1
        self.notes = notes  # on its weeks, oldest first; None where it has no weeks to note

    @cached_property
    def findings(self) -> list[str]:
        return words.findings(self.table)

    @cached_property
    def keys(self) -> list[Key]:
        return [self._key(entity) for entity in self.table.entities]

    def _key(self, entity: str) -> Key:
        report, heading = self.report, str(self.report.main.heading)
        rows = [row for row in self.table.shown if row.entity == entity and row.main]
        if not rows:
            return Key(entity, "", heading)
        if not report.is_share:
            total = sum((row.low or 0 for row in rows), Decimal(0))
            return Key(entity, words.number(total), heading)
        newest = replace(rows[0], change=points_more(rows))
        return Key(
            entity, words.figure(report.main.kind, newest.main), heading, words.change(newest, self.table)
        )

    @cached_property
    def rows(self) -> list[Line]:
        if self.report.shape is Shape.HEAT:
            return self._pivoted()
        return self.lines(TABLE_ROWS)

    def lines(self, most: int) -> list[Line]:
        return [self._line(row) for row in self.table.shown[:most]]

    @property
    def headings(self) -> list[str]:
        if self.report.shape is Shape.HEAT:
            return [words.week(monday) for monday in reversed(self.table.mondays)]
        return [str(measure.heading) for measure in self.report.measures]

    @property
    def first_heading(self) -> str:
        return str(words.HEADINGS[self.selection.by])

    @property
    def has_changes(self) -> bool:
        return any(line.change for line in self.rows)

    @property
    def is_table_cut(self) -> bool:
        return self.report.shape is not Shape.HEAT and len(self.table.shown) > TABLE_ROWS

    @cached_property
    def hidden(self) -> list[dict[str, Any]]:
        """The hidden groups, gathered by the reason."""
        names: dict[str, dict[str, None]] = {}  # each name once, in the table's order
        for row in self.table.hidden:
            named = words.name(row) if row.monday is None else f"{row.entity}, {words.name(row)}"
            names.setdefault(row.reason, {})[named] = None
        return [
            {
                "reason": words.reason(code),
                "names": ", ".join(list(found)[:ROWS_SHOWN]),
                "more": len(found) - ROWS_SHOWN,
            }
            for code, found in names.items()
        ]

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        return (
            None if self.table.is_all_zero or not self.table.shown else chart_of(self.table, self.notes or ())
        )

    @property
    def size(self) -> str:
        return size(self.table)

    @property
    def is_cut(self) -> bool:
        return self.selection.by not in ("week", "cohort") and len(self.table.shown) > ROWS_SHOWN

    @property
    def rows_shown(self) -> int:
        return ROWS_SHOWN

    @property
    def table_rows(self) -> int:
        return TABLE_ROWS

    @property
    def newest(self) -> date | None:
        return self.table.mondays[0] if self.table.mondays else None

    @property
    def sunday(self) -> date | None:
        return self.newest + timedelta(days=6) if self.newest else None

    @property
    def filters(self) -> str:
        return words.filters(self.selection, self.unit.name if self.unit else "")

    def lines_in_words(self, most: int) -> list[Line]:
        """The first lines of whatever the table shows."""
        return self.rows[:most]

    def _line(self, row: Row) -> Line:
        return Line(
            name=words.name(row),
            entity=row.entity,
            people=words.number(row.people),
            figures=tuple(
                words.figure(measure.kind, figure)
                for measure, figure in zip(self.report.measures, row.figures, strict=True)
            ),
            change=words.change(row, self.table),
            weeks=words.weeks_shown(row, self.table),
            url=self._drill(row),
        )

    def _drill(self, row: Row) -> str:
        """Where the line leads: the group's own weeks."""
        kind = DRILLED.get(self.selection.by)
        if (
            not kind
            or row.is_others
            or row.unit_id is None
            or self.selection.of
            or "week" not in self.report.cuts
        ):
            return ""
        selection = Selection("week", 12, f"{kind}-{row.unit_id}")
        return f"{reverse('adoption:report', args=[self.report.name])}?{selection.query}"

    def _pivoted(self) -> list[Line]:
        """Months down, weeks across."""
        lines: dict[tuple[str, str, str], dict[date | None, Row]] = {}
        for row in self.table.shown:
            lines.setdefault((row.entity, row.part, row.unit), {})[row.monday] = row
        found = []
        for by_week in lines.values():
            newest = by_week[max(by_week)]
            cells = [by_week.get(monday) for monday in reversed(self.table.mondays)]
            figures = tuple(words.figure(self.report.main.kind, cell.main) if cell else "" for cell in cells)
            found.append(Line(words.name(newest), newest.entity, words.number(newest.people), figures))
        return found
