"""How pilots come out. They are on a list that everybody sees, by name."""

from datetime import datetime

from challenges.pilots.facts import decided_between, overdue_at
from challenges.pilots.models import Pilot
from hub.adoption.counting.measure import Measure, Numbers, Pace
from hub.disclosure.figures import Kind


def scaled(start: datetime, end: datetime) -> Numbers:
    return decided_between(start, end, Pilot.State.SCALED)


def stopped(start: datetime, end: datetime) -> Numbers:
    return decided_between(start, end, Pilot.State.STOPPED)


def overdue(start: datetime, end: datetime) -> Numbers:
    return overdue_at(end)


MEASURES = (
    Measure("pilots-decided", Kind.SUM, Pace.WEEKLY, decided_between),
    Measure("pilots-scaled", Kind.SUM, Pace.WEEKLY, scaled),
    Measure("pilots-stopped", Kind.SUM, Pace.WEEKLY, stopped),
    Measure("pilots-overdue", Kind.SUM, Pace.ROLLING, overdue),
)
