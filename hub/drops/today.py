"""The doors of the day, for Today: where they are, and no word of what is behind them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.drops import advent
from hub.drops.doors import OPEN, doors_of_the_day
from hub.people.models import User
from hub.people.moments import is_learning

MOST = 3


@dataclass(frozen=True)
class TodaysDoor:
    title: str
    path: str
    number: int
    is_open: bool


def todays_doors(user: User, now: datetime) -> list[TodaysDoor]:
    """One of each running calendar, what is still closed first; MOST at most, and none while the person's hour runs."""
    if is_learning(user, now):
        return []
    found = [
        TodaysDoor(drop.title, reverse("drops:calendar", args=[drop.pk]), number, is_open)
        for drop, number, is_open in doors_of_the_day(user, now)
    ]
    if door := advent.door_for(user, now):
        found.append(TodaysDoor(_("Advent calendar"), reverse("drops:advent"), door.day, door.state == OPEN))
    return sorted(found, key=lambda door: door.is_open)[:MOST]
