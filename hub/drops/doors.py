"""The doors of a calendar as one person sees them: only an open one carries its content."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from hub.drops.contents.shape import Door
from hub.drops.models import Drop, DropDoor, DropOpening
from hub.drops.schedule import site_day
from hub.people.models import User

CLOSED, READY, OPEN = "closed", "ready", "open"


@dataclass(frozen=True)
class DoorState:
    """`day` is the door's number, as it stands on the door."""

    day: int
    opens_on: date
    state: str  # closed | ready | open
    is_today: bool = False
    content: Door | DropDoor | None = None


def doors_of(drop: Drop, user: User, now: datetime) -> list[DoorState]:
    """All doors in the order of their days; two queries. What was opened stays readable when the calendar is over."""
    today = site_day(user, now)
    opened = _opened(drop, user)
    doors = []
    for number, day in enumerate(drop.days, 1):
        if content := opened.get(number):
            doors.append(DoorState(number, day, OPEN, day == today, content))
        else:
            state = READY if drop.may_open(number, today) else CLOSED
            doors.append(DoorState(number, day, state, state == READY and day == today))
    return doors


def _opened(drop: Drop, user: User) -> dict[int, DropDoor]:
    doors = DropDoor.objects.filter(drop=drop, openings__user=user)
    return {door.number: door for door in doors.select_related("tip", "story__author", "leader")}


def hung_up(doors: list[DoorState]) -> list[DoorState]:
    """Doors hang in no order, as on paper; the same for as many doors."""
    hung = sorted(doors, key=lambda door: door.day)
    Random(len(hung)).shuffle(hung)
    return hung


def doors_of_the_day(user: User, now: datetime) -> list[tuple[Drop, int, bool]]:
    """(calendar, number, whether it is opened) of every running calendar that has a door on this day; two queries."""
    today = site_day(user, now)
    running = Drop.objects.visible_to(user).published().filter(starts_on__lte=today, ends_on__gte=today)
    found = [(drop, drop.days.index(today) + 1) for drop in running if today in drop.days]
    if not found:
        return []
    opened = DropOpening.objects.filter(user=user, door__drop__in=[drop.pk for drop, _number in found])
    pairs = set(opened.values_list("door__drop_id", "door__number"))
    return [(drop, number, (drop.pk, number) in pairs) for drop, number in found]
