"""The VTIMEZONE of a zone: when its clocks change and by how much, for calendars that do not know its name.

Written by hand because a yearly rule of three lines says what the library lists change by change, and because the
library gives the time after the change where RFC 5545 asks for the one before. Right for the years 2025 to 2035; where
the clocks follow a rule it goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur
from icalendar.prop import vDDDLists

# One year earlier than promised, so that the first of January already has a change before it.
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """`onset` is what the clock would have shown without the change, as the RFC counts it."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def kind(self) -> tuple:
        return self.before, self.after, self.name

    @property
    def is_daylight(self) -> bool:
        """Told by the clock: Ireland calls its winter the exception, which calendars do not expect."""
        return self.after > self.before


@lru_cache(maxsize=64)
def time_zone(name: str) -> bytes:
    return _component(name).to_ical()


def time_zone_component(name: str) -> Timezone:
    """A component of its own each time, as a calendar takes it in."""
    return Timezone.from_ical(time_zone(name))


def _component(name: str) -> Timezone:
    zone = Timezone()
    zone.add("tzid", name)
    changes = list(_changes(ZoneInfo(name)))
    kinds: dict[tuple, list[Change]] = {}
    for change in changes:
        kinds.setdefault(change.kind, []).append(change)
    regular = {kind: rule for kind, group in kinds.items() if (rule := _yearly(group))}
    if len(regular) < len(kinds) or not kinds:
        zone.add_component(_observance([_beginning(ZoneInfo(name))], None))
    for kind, group in kinds.items():
        zone.add_component(_observance(group, regular.get(kind)))
    return zone


def _beginning(zone: ZoneInfo) -> Change:
    """What held before the first change."""
    local = FIRST.astimezone(zone)
    return Change(datetime(1970, 1, 1), local.utcoffset(), local.utcoffset(), local.tzname())


def _changes(zone: ZoneInfo) -> Iterator[Change]:
    """Every change of the offset between FIRST and LAST, found day by day and then to the second."""
    at = FIRST
    while at < LAST:
        following = at + timedelta(days=1)
        if at.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            yield _change_between(zone, at, following)
        at = following


def _change_between(zone: ZoneInfo, low: datetime, high: datetime) -> Change:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    local = high.astimezone(zone)
    onset = (high + before).replace(tzinfo=None)
    return Change(onset, before, local.utcoffset(), local.tzname())


def _yearly(group: list[Change]) -> dict | None:
    """The rule if the change comes in each year, on the same weekday of the same month at the same time."""
    onsets = [change.onset for change in group]
    is_each_year = [onset.year for onset in onsets] == list(range(FIRST.year, LAST.year))
    if not is_each_year or len({(onset.month, onset.weekday(), onset.time()) for onset in onsets}) > 1:
        return None
    positions = {(onset.day - 1) // 7 + 1 for onset in onsets}
    is_last = all((onset + timedelta(days=7)).month != onset.month for onset in onsets)
    if not is_last and len(positions) > 1:
        return None
    day = f"{-1 if is_last else positions.pop()}{WEEKDAYS[onsets[0].weekday()]}"
    return {"FREQ": "YEARLY", "BYMONTH": onsets[0].month, "BYDAY": day}


def _observance(group: list[Change], rule: dict | None) -> TimezoneDaylight | TimezoneStandard:
    first = group[0]
    part = TimezoneDaylight() if first.is_daylight else TimezoneStandard()
    part.add("dtstart", first.onset)
    part.add("tzoffsetfrom", first.before)
    part.add("tzoffsetto", first.after)
    part.add("tzname", first.name)
    if rule:
        part.add("rrule", vRecur(rule))
    elif len(group) > 1:
        part.add("rdate", vDDDLists([change.onset for change in group[1:]]))
    return part
