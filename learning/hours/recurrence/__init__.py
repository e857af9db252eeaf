"""The rule by which an hour recurs: read, turned into days, said in words, written for a calendar.

The time of day belongs to the series and never to the rule. Days are counted without clocks, which is how 09:00
stays 09:00.
"""

from datetime import date, datetime

from learning.hours.recurrence import words
from learning.hours.recurrence.matching import days, first_day
from learning.hours.recurrence.reading import parse
from learning.hours.recurrence.rule import WEEKDAYS, RecurrenceError, Rule
from learning.hours.wall_time import instant

__all__ = [
    "RecurrenceError",
    "Rule",
    "days",
    "every_weeks",
    "first_day",
    "in_words",
    "monthly_nth",
    "parse",
    "to_ical",
    "weekly",
]


def in_words(rule: Rule, starts_on: date | None = None) -> str:
    """The rhythm in the active language, for instance "every second Tuesday"."""
    return words.rhythm(rule.from_day(starts_on) if starts_on else rule)


def weekly(weekdays: list[int]) -> str:
    return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day] for day in sorted(set(weekdays)))}"


def every_weeks(number: int, weekday: int) -> str:
    return f"FREQ=WEEKLY;INTERVAL={number};BYDAY={WEEKDAYS[weekday]}"


def monthly_nth(nth: int, weekday: int) -> str:
    """The first to fourth such weekday of each month, or the last for -1."""
    return f"FREQ=MONTHLY;BYDAY={nth}{WEEKDAYS[weekday]}"


def to_ical(rule: Rule, starts_at_wall: datetime, zone: str) -> str:
    """The rule for a calendar file, where UNTIL has to be a moment in UTC because DTSTART names a zone."""
    if not rule.until:
        return rule.text
    last = instant(datetime.combine(rule.until, starts_at_wall.time()), zone)
    return rule.written(f"{last:%Y%m%dT%H%M%SZ}")
