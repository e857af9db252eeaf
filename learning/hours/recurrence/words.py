"""A rule in words, in the active language; what has no short name is shown as the rule itself."""

from datetime import date

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from learning.hours.recurrence.rule import Rule

WHICH = {
    1: pgettext_lazy("weekday of the month", "first"),
    2: pgettext_lazy("weekday of the month", "second"),
    3: pgettext_lazy("weekday of the month", "third"),
    4: pgettext_lazy("weekday of the month", "fourth"),
    -1: pgettext_lazy("weekday of the month", "last"),
}
WORKING_DAYS = tuple((0, day) for day in range(5))


def rhythm(rule: Rule) -> str:
    words = _unbounded(rule)
    if not words:
        return _("by the rule %(rule)s") % {"rule": rule.text}
    if rule.until:
        day = formats.date_format(rule.until, pgettext("date format", "j F Y"))
        return _("%(rhythm)s until %(day)s") % {"rhythm": words, "day": day}
    if rule.count:
        return ngettext("%(rhythm)s, once", "%(rhythm)s, %(n)s times", rule.count) % {
            "rhythm": words,
            "n": rule.count,
        }
    return words


def _unbounded(rule: Rule) -> str:
    """Empty if there is no short way to say it."""
    if rule.by_year_day or rule.by_week_no or (rule.by_month and rule.freq != "YEARLY"):
        return ""
    if rule.freq == "DAILY" and not (rule.by_month_day or rule.by_set_pos):
        return _daily(rule)
    if rule.freq == "WEEKLY" and rule.by_day and not rule.by_set_pos:
        return _weekly(rule)
    if rule.freq == "MONTHLY":
        return _monthly(rule)
    is_one_day = len(rule.by_month) == len(rule.by_month_day) == 1 and rule.by_month_day[0] > 0
    if rule.freq == "YEARLY" and rule.interval == 1 and is_one_day and not rule.by_day:
        a_leap_year = date(2024, rule.by_month[0], rule.by_month_day[0])
        return _("every year on %(day)s") % {"day": formats.date_format(a_leap_year, "MONTH_DAY_FORMAT")}
    return ""


def _daily(rule: Rule) -> str:
    if rule.by_day:
        return _weekly(rule) if rule.interval == 1 else ""
    if rule.interval == 1:
        return _("every day")
    return _("every %(n)s days") % {"n": rule.interval}


def _weekly(rule: Rule) -> str:
    days = _joined([str(WEEKDAYS[day]) for _nth, day in rule.by_day])
    if rule.interval == 1:
        return (
            _("on every working day") if rule.by_day == WORKING_DAYS else _("every %(days)s") % {"days": days}
        )
    if rule.interval == 2 and len(rule.by_day) == 1:
        return _("every second %(day)s") % {"day": days}
    return _("every %(n)s weeks on %(days)s") % {"n": rule.interval, "days": days}


def _monthly(rule: Rule) -> str:
    day = _day_of_month(rule)
    if not day or rule.interval == 1:
        return day and _("%(day)s of the month") % {"day": day}
    return _("every %(n)s months %(day)s") % {"n": rule.interval, "day": day}


def _day_of_month(rule: Rule) -> str:
    """One day, however the rule writes it: -1FR and FR with BYSETPOS=-1 are the same."""
    if len(rule.by_month_day) == 1 and not rule.by_day and not rule.by_set_pos:
        number = rule.by_month_day[0]
        if number == -1:
            return _("on the last day")
        return _("on day %(n)s") % {"n": number} if number > 0 else ""
    if rule.by_month_day or len(rule.by_set_pos) > 1:
        return ""
    position = rule.by_set_pos[0] if rule.by_set_pos else 0
    if rule.by_day == WORKING_DAYS and position in WHICH:
        return _("on the %(which)s working day") % {"which": WHICH[position]}
    if len(rule.by_day) != 1:
        return ""
    nth, weekday = rule.by_day[0]
    which = nth or position
    if which not in WHICH or (nth and position not in (0, 1, -1)):
        return ""
    return _("on the %(which)s %(day)s") % {"which": WHICH[which], "day": WEEKDAYS[weekday]}


def _joined(names: list[str]) -> str:
    *others, last = names
    return _("%(days)s and %(last)s") % {"days": ", ".join(others), "last": last} if others else last
