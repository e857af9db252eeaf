"""Opening a door: from midnight where one works, by the server's clock, and once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.drops import advent
from hub.drops.models import AdventOpening, Drop, DropOpening
from hub.drops.schedule import site_day
from hub.people.models import User
from hub.refusals import Refusal


def open_door(
    *, user: User, drop: Drop, number: int, now: datetime | None = None
) -> tuple[DropOpening, bool]:
    """Returns (opening, whether it is new). Raises Refusal before the door's midnight and after the last day.

    A door that was opened stays so, also when the calendar is over.
    """
    now = now or timezone.now()
    opening = DropOpening.objects.filter(user=user, door__drop=drop, door__number=number).first()
    if opening:
        return opening, False
    day = site_day(user, now)
    if not drop.is_published or day > drop.ends_on:
        raise Refusal(
            "is_over", _("This calendar is over. What you opened stays open for twelve weeks."), status=409
        )
    if not drop.may_open(number, day):
        opens_on = date_format(drop.day_of(number), pgettext("date format", "j F Y"))
        sentence = _("This door opens on %(day)s, at midnight where you work. Not earlier, however one asks.")
        raise Refusal("too_early", sentence % {"day": opens_on}, status=409)
    found = {"user": user, "door": drop.doors.get(number=number)}
    try:
        with transaction.atomic():
            return DropOpening.objects.get_or_create(**found, defaults={"opened_at": now})
    except IntegrityError:
        return DropOpening.objects.get(**found), False


def open_advent_door(
    *, user: User, day: int, now: datetime | None = None
) -> tuple[AdventOpening | DropOpening, bool]:
    """The same for Advent: a door of the company's own calendar if it has one, else a built-in one.

    `day` is one of those that the calendar has.
    """
    now = now or timezone.now()
    local = site_day(user, now)
    if own := advent.own_calendar(user, local):
        return open_door(user=user, drop=own, number=day, now=now)
    season = advent.season_on(local)
    if season is None:
        begins = advent.begins_on(local)
        raise Refusal(
            "not_in_season",
            _("The calendar is closed. Its first door opens on 1 December %(year)s.") % {"year": begins.year},
            status=409,
        )
    if not advent.may_open(day, local):
        raise Refusal(
            "too_early",
            _(
                "This door opens on %(day)s December, at midnight where you work. Not earlier, however one asks."
            )
            % {"day": day},
            status=409,
        )
    found = {"user": user, "season": season, "day": day}
    try:
        with transaction.atomic():
            return AdventOpening.objects.get_or_create(**found, defaults={"opened_at": now})
    except IntegrityError:
        return AdventOpening.objects.get(**found), False
