"""What revealed bets took away and freed. A bet that is still sealed has no number here."""

from datetime import datetime

from challenges.contests.facts import eliminations_revealed_between, hours_freed_between
from hub.adoption.counting.measure import Measure, Numbers, Pace
from hub.disclosure.figures import Kind

CROWD = 2  # an estimate with factors says little of a few people, and is not meant to


def hours_low(start: datetime, end: datetime) -> Numbers:
    return {person: round(freed.low) for person, freed in hours_freed_between(start, end).items()}


def hours_mid(start: datetime, end: datetime) -> Numbers:
    return {person: round(freed.mid) for person, freed in hours_freed_between(start, end).items()}


def hours_high(start: datetime, end: datetime) -> Numbers:
    return {person: round(freed.high) for person, freed in hours_freed_between(start, end).items()}


MEASURES = (
    Measure("steps-eliminated", Kind.SUM, Pace.WEEKLY, eliminations_revealed_between),
    Measure("hours-freed-low", Kind.SUM, Pace.WEEKLY, hours_low, crowd=CROWD),
    Measure("hours-freed-mid", Kind.SUM, Pace.WEEKLY, hours_mid, crowd=CROWD),
    Measure("hours-freed-high", Kind.SUM, Pace.WEEKLY, hours_high, crowd=CROWD),
)
