"""Reading a rule that somebody wrote: what is served, and one clear sentence about what is not."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from learning.hours.recurrence.matching import first_day
from learning.hours.recurrence.rule import WEEKDAYS, RecurrenceError, Rule

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_CHARACTERS = 200
MOST_TIMES = 1000
LONGEST_INTERVAL = 100

# What each list of numbers may hold, and whether it may count from the end.
RANGES = {
    "BYMONTHDAY": (31, True),
    "BYYEARDAY": (366, True),
    "BYWEEKNO": (53, True),
    "BYSETPOS": (366, True),
    "BYMONTH": (12, False),
}
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *RANGES}
FINER = {"BYHOUR", "BYMINUTE", "BYSECOND"}


def parse(rule: str, *, local_time: time = time.min, zone: str = "UTC") -> Rule:
    """Read a rule, with or without "RRULE:". Raises RecurrenceError.

    Only an UNTIL in UTC asks for the time of day and the zone of the series: it becomes the last day there.
    """
    given = _parts(rule)
    freq = given.get("FREQ", "")
    if freq not in FREQUENCIES:
        raise RecurrenceError(_("Begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY; nothing finer is served."))
    if "COUNT" in given and "UNTIL" in given:
        raise RecurrenceError(_("Use COUNT or UNTIL, not both."))
    lists = {name: _numbers(name, given[name]) for name in RANGES if name in given}
    read = Rule(
        freq=freq,
        interval=_number(given.get("INTERVAL", "1"), LONGEST_INTERVAL, "INTERVAL"),
        count=_number(given["COUNT"], MOST_TIMES, "COUNT") if "COUNT" in given else None,
        until=_last_day(given["UNTIL"], local_time, zone) if "UNTIL" in given else None,
        by_day=_weekdays(given["BYDAY"]) if "BYDAY" in given else (),
        by_month_day=lists.get("BYMONTHDAY", ()),
        by_month=lists.get("BYMONTH", ()),
        by_year_day=lists.get("BYYEARDAY", ()),
        by_week_no=lists.get("BYWEEKNO", ()),
        by_set_pos=lists.get("BYSETPOS", ()),
        week_start=_weekday(given["WKST"]) if "WKST" in given else 0,
    )
    _refuse_unfit(read)
    _refuse_never(read)
    return read


def _parts(rule: str) -> dict[str, str]:
    if len(rule) > MOST_CHARACTERS:
        raise RecurrenceError(_("This rule is too long: 200 characters are enough."))
    text = rule.strip().upper().removeprefix("RRULE:").removesuffix(";")
    pieces = [piece.partition("=") for piece in text.split(";")] if text.isascii() else []
    if not pieces or any(not (name and sign and value) for name, sign, value in pieces):
        raise RecurrenceError(_("This is no rule. Write one such as FREQ=WEEKLY;BYDAY=FR."))
    given = {name: value for name, _sign, value in pieces}
    if FINER & set(given):
        raise RecurrenceError(
            _("The time of day belongs to the series: leave out BYHOUR, BYMINUTE and BYSECOND.")
        )
    unknown = sorted(set(given) - KNOWN)
    if unknown:
        raise RecurrenceError(_("“%(name)s” is no part of a rule.") % {"name": unknown[0][:20]})
    if len(given) < len(pieces):
        raise RecurrenceError(_("Each part of a rule may stand in it once."))
    return given


def _number(value: str, most: int, name: str) -> int:
    if not re.fullmatch(r"\d{1,4}", value) or not 1 <= int(value) <= most:
        raise RecurrenceError(
            _("%(name)s has to be a number from 1 to %(most)s.") % {"name": name, "most": most}
        )
    return int(value)


def _numbers(name: str, value: str) -> tuple[int, ...]:
    most, may_be_negative = RANGES[name]
    found = []
    for piece in value.split(","):
        fits = re.fullmatch(r"[+-]?\d{1,3}" if may_be_negative else r"\d{1,2}", piece)
        if not fits or not 1 <= abs(int(piece)) <= most:
            raise RecurrenceError(
                _("“%(value)s” does not fit into %(name)s.") % {"value": piece[:20], "name": name}
            )
        found.append(int(piece))
    return tuple(sorted(set(found)))


def _weekday(value: str) -> int:
    if value not in WEEKDAYS:
        raise RecurrenceError(
            _("“%(value)s” is no day of the week: use MO, TU, WE …") % {"value": value[:20]}
        )
    return WEEKDAYS.index(value)


def _weekdays(value: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for piece in value.split(","):
        parts = re.fullmatch(r"([+-]?\d{1,2})?([A-Z]{1,3})", piece)
        number = int(parts[1] or 0) if parts else 0
        if not parts or abs(number) > 53 or (parts[1] and not number):
            raise RecurrenceError(
                _("“%(value)s” is no day of the week: use MO, TU, WE …") % {"value": piece[:20]}
            )
        found.add((number, _weekday(parts[2])))
    return tuple(sorted(found, key=lambda day: (day[1], day[0])))


def _last_day(value: str, local_time: time, zone: str) -> date:
    """A date is the last day; a moment (in UTC with Z, otherwise in wall time) lets in what begins by then."""
    try:
        if "T" not in value:
            return datetime.strptime(value, "%Y%m%d").date()
        moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
        if value.endswith("Z"):
            moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return moment.date() if local_time <= moment.time() else moment.date() - timedelta(days=1)
    except (ValueError, OverflowError):
        raise RecurrenceError(_("Write UNTIL as a day such as 20271231.")) from None


def _refuse_unfit(rule: Rule) -> None:
    """Combinations the RFC excludes, and two that calendars read differently: BYWEEKNO without BYDAY, and numbered
    days of the week beside others.
    """
    is_numbered = any(nth for nth, _day in rule.by_day)
    is_mixed = is_numbered and not all(nth for nth, _day in rule.by_day)
    has_other = rule.by_day or rule.by_month_day or rule.by_month or rule.by_year_day or rule.by_week_no
    unfit = (
        is_mixed
        or (is_numbered and rule.freq not in {"MONTHLY", "YEARLY"})
        or (is_numbered and rule.by_week_no)
        or (rule.by_month_day and rule.freq == "WEEKLY")
        or (rule.by_year_day and rule.freq != "YEARLY")
        or (rule.by_week_no and (rule.freq != "YEARLY" or not rule.by_day))
        or (rule.by_set_pos and not has_other)
    )
    if unfit:
        raise RecurrenceError(_("These parts do not go together in one rule."))


def _refuse_never(rule: Rule) -> None:
    """Asked without the interval, as the first day is not known here; `first_day` knows it."""
    open_ended = replace(rule, interval=1, count=None, until=None)
    if first_day(open_ended, date(2001, 1, 1)) is None:
        raise RecurrenceError(_("This rule never gives a day."))
