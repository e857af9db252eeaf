"""The calendar of Advent that is there every December, unless the company hangs up its own.

A published calendar of twenty-four doors or more that begins on the first of December takes its place, for those whom
it is for.
"""

from datetime import date, datetime

from hub.drops.contents.advent import DOORS
from hub.drops.doors import CLOSED, OPEN, READY, DoorState
from hub.drops.doors import doors_of as doors_of_drop
from hub.drops.models import AdventOpening, Drop
from hub.drops.schedule import site_day
from hub.people.models import User

DECEMBER, JANUARY = 12, 1
DAYS = range(1, 25)
LAST_DAY_OF_JANUARY = 6
# Doors hang in no order, as on paper.
HUNG = (17, 4, 11, 22, 8, 1, 14, 20, 6, 24, 3, 10, 19, 13, 2, 16, 23, 7, 12, 21, 5, 18, 9, 15)


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


def own_calendar(user: User, day: date) -> Drop | None:
    """What hangs in the place of the built-in one in the season of this day; of several the narrowest."""
    begins = Drop.objects.visible_to(user).published().filter(starts_on=begins_on(day))
    own = begins.filter(size__gte=len(DAYS))
    return max(own, key=lambda drop: (drop.team_id is not None, drop.site_id is not None), default=None)


def doors_of(user: User, now: datetime) -> list[DoorState]:
    """All doors in the order of their days, the company's own ones if there are."""
    day = site_day(user, now)
    if own := own_calendar(user, day):
        return doors_of_drop(own, user, now)
    season = season_on(day)
    opened = set(AdventOpening.objects.filter(user=user, season=season or 0).values_list("day", flat=True))
    return [_door(number, day, season, number in opened) for number in DAYS]


def door_for(user: User, now: datetime) -> DoorState | None:
    """Today's built-in door; None on every day that has none, and where the company has its own calendar."""
    day = site_day(user, now)
    if day.month != DECEMBER or day.day not in DAYS or own_calendar(user, day):
        return None
    is_opened = AdventOpening.objects.filter(user=user, season=day.year, day=day.day).exists()
    return _door(day.day, day, day.year, is_opened)


def _door(number: int, day: date, season: int | None, is_opened: bool) -> DoorState:
    opens_on = date(begins_on(day).year, DECEMBER, number)
    if season is None or not may_open(number, day):
        return DoorState(number, opens_on, CLOSED)
    content = DOORS[number] if is_opened else None
    return DoorState(number, opens_on, OPEN if is_opened else READY, opens_on == day, content)


def hung_up(doors: list[DoorState]) -> list[DoorState]:
    """In the order in which they hang on the page."""
    return sorted(doors, key=lambda door: HUNG.index(door.day))
