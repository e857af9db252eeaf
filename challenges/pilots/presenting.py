"""A pilot as its page shows it: criteria with their chart, and what one may do next."""

from dataclasses import dataclass
from datetime import date

from challenges.pilots.evidence_chart import Chart, chart_of
from challenges.pilots.models import Criterion, CriterionAmendment, Pilot, Reading


@dataclass(frozen=True)
class CriterionRow:
    criterion: Criterion
    readings: list[Reading]
    latest: Reading | None
    is_met: bool | None
    chart: Chart | None
    amendments: list[CriterionAmendment]


def criteria_of(pilot: Pilot) -> list[CriterionRow]:
    """Pass a pilot fetched `with_all()`: it asks no database."""
    rows = []
    for criterion in pilot.criteria.all():
        readings = list(criterion.readings.all())
        chart = chart_of(
            [(reading.day, reading.value) for reading in readings],
            baseline=criterion.baseline,
            threshold=criterion.threshold,
            first=pilot.starts_on,
            last=pilot.due_on,
        )
        rows.append(
            CriterionRow(
                criterion,
                readings,
                criterion.latest,
                criterion.is_met,
                chart,
                list(criterion.amendments.all()),
            )
        )
    return rows


def days_until(pilot: Pilot, today: date) -> int | None:
    return (pilot.due_on - today).days if pilot.due_on else None
