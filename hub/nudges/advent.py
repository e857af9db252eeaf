"""When a door of the calendar may be opened: pure calculation on the day at the person's site.

The site and its zone come from the company's directory. What a person can set (time zone, language) and
whatever a request says have no part in it, nor has any clock but the server's.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from hub.nudges.doors import DOORS, Door
from hub.nudges.models import DoorOpening
from hub.people.models import User
from hub.people.zones import zone

DECEMBER, JANUARY = 12, 1
DAYS = range(1, 25)
LAST_DAY_OF_JANUARY = 6
# Doors hang in no order, as on paper.
HUNG = (17, 4, 11, 22, 8, 1, 14, 20, 6, 24, 3, 10, 19, 13, 2, 16, 23, 7, 12, 21, 5, 18, 9, 15)


def site_day(user: User, now: datetime) -> date:
    """The date where the person works; without a team, where the company is."""
    name = user.team.site.time_zone if user.team_id else settings.TIME_ZONE
    return now.astimezone(zone(name)).date()


def season_on(day: date) -> int | None:
    """The year whose doors may be opened on this day; None outside the season."""
    if day.month == DECEMBER:
        return day.year
    return day.year - 1 if day.month == JANUARY and day.day <= LAST_DAY_OF_JANUARY else None


def begins_on(day: date) -> date:
    """The first of December of the season that runs on this day, or else of the next one."""
    return date(season_on(day) or day.year, DECEMBER, 1)


def ends_on(day: date) -> date:
    return date(begins_on(day).year + 1, JANUARY, LAST_DAY_OF_JANUARY)


def may_open(door: int, day: date) -> bool:
    season = season_on(day)
    return door in DAYS and season is not None and day >= date(season, DECEMBER, door)


@dataclass(frozen=True)
class DoorState:
    """A door as one person sees it. Only an open one has content; a closed one does not even carry it."""

    day: int
    opens_on: date
    state: str  # closed | ready | open
    is_today: bool = False
    content: Door | None = None


def doors_of(user: User, now: datetime) -> list[DoorState]:
    """All doors in the order of their days."""
    day = site_day(user, now)
    season = season_on(day)
    opened = set(DoorOpening.objects.filter(user=user, season=season or 0).values_list("day", flat=True))
    return [_door(number, day, season, number in opened) for number in DAYS]


def door_for(user: User, now: datetime) -> DoorState | None:
    """Today's door, for Today; None on every day that has none."""
    day = site_day(user, now)
    if day.month != DECEMBER or day.day not in DAYS:
        return None
    is_opened = DoorOpening.objects.filter(user=user, season=day.year, day=day.day).exists()
    return _door(day.day, day, day.year, is_opened)


def _door(number: int, day: date, season: int | None, is_opened: bool) -> DoorState:
    opens_on = date(begins_on(day).year, DECEMBER, number)
    if season is None or not may_open(number, day):
        return DoorState(number, opens_on, "closed")
    content = DOORS[number] if is_opened else None
    return DoorState(number, opens_on, "open" if is_opened else "ready", opens_on == day, content)


def hung_up(doors: list[DoorState]) -> list[DoorState]:
    """In the order in which they hang on the page."""
    return sorted(doors, key=lambda door: HUNG.index(door.day))
