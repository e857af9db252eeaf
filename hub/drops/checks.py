"""What still stands between a calendar and its first door."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.drops.models import Drop, DropDoor
from hub.drops.schedule import furthest_day, is_working_day
from hub.nudges.withheld import tips_on_trial


@dataclass(frozen=True)
class Fault:
    """`number` is the door that it is about; None for the calendar itself."""

    sentence: str | Promise
    number: int | None = None


def faults_of(drop: Drop, doors: list[DropDoor], now: datetime) -> list[Fault]:
    """Everything that keeps it from being published; four queries."""
    faults = []
    if not drop.title_de or not drop.title_en:
        faults.append(Fault(_("Give it a title in both languages.")))
    if drop.starts_on <= furthest_day(now):
        faults.append(Fault(_("Its first day has begun somewhere in the company. Let it begin later.")))
    if drop.working_days_only and not is_working_day(drop.starts_on):
        faults.append(Fault(_("It opens Monday to Friday only. Let it begin on one of these days.")))
    faults += [Fault(_in_the_way(other)) for other in others_in_the_way(drop)]
    on_trial = tips_on_trial(now)
    return faults + [fault for door in doors for fault in faults_of_door(door, on_trial)]


def faults_of_door(door: DropDoor, on_trial: Set[UUID]) -> list[Fault]:
    """`on_trial`: the tips that a trial holds back from somebody now."""
    faults = []
    if door.tip_id in on_trial:
        sentence = _(
            "The tip of door %(number)s is on trial: whoever waits for it would get it here. Take another."
        )
        faults.append(Fault(sentence % {"number": door.number}, door.number))
    if door.is_empty:
        sentence = _("Door %(number)s is empty.")
    elif len(door.missing) == 2:
        sentence = _("Door %(number)s needs a title and a text.")
    elif "de" in door.missing:
        sentence = _("Door %(number)s lacks its German words.")
    elif door.missing:
        sentence = _("Door %(number)s lacks its English words.")
    else:
        sentence = ""
    if sentence:
        faults.append(Fault(sentence % {"number": door.number}, door.number))
    elif door.lacks_consent:
        sentence = _("Door %(number)s needs a published story, or a leader who agreed.")
        faults.append(Fault(sentence % {"number": door.number}, door.number))
    return faults


def others_in_the_way(drop: Drop) -> list[Drop]:
    """Published calendars for the same people that have doors between its first and its last one."""
    others = Drop.objects.for_the_same(drop).published().exclude(pk=drop.pk)
    near = others.filter(starts_on__lte=drop.last_door_on, ends_on__gte=drop.starts_on)
    return [other for other in near if other.last_door_on >= drop.starts_on]


def _in_the_way(other: Drop) -> str:
    day = date_format(other.last_door_on, pgettext("date format", "j F Y"))
    sentence = _("“%(title)s” has doors for the same people until %(day)s. One calendar at a time is enough.")
    return sentence % {"title": other.title, "day": day}
