"""The days a rule gives.

A rule is a question put to each day in turn, so the work is bounded by the days looked at, whatever the rule says:
a search for the next match would go on to the year 9999 where there is none.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from learning.hours.recurrence.rule import Rule

# The longest pause of any rule that fires at all: 29 February on one weekday, over a year 2100 without it.
SEARCH = timedelta(days=40 * 366)
A_DAY = timedelta(days=1)


def days(rule: Rule, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the rule from `first` to `last`, both included, none before `starts_on`.

    The first day itself is one only if the rule gives it. Looks at each day once, at 40 years of them at most.
    """
    return [day for day in _occurrences(rule, starts_on, last, first) if day >= first]


def first_day(rule: Rule, starts_on: date) -> date | None:
    """None if the rule gives no day from there on, as every twelfth month on the 31st does from a February."""
    return next(_occurrences(rule, starts_on, starts_on + SEARCH), None)


def _occurrences(rule: Rule, starts_on: date, last: date, first: date | None = None) -> Iterator[date]:
    if not 1900 <= starts_on.year <= 9900:  # a slip of the keyboard, and weeks and years around it overflow
        return
    last = min(last, starts_on + SEARCH, rule.until or date.max)
    # What was before need not be walked through, unless it is counted.
    begin = max(starts_on, first) if first and not rule.count else starts_on
    number = 0
    for day in _matching(rule.from_day(starts_on), starts_on, begin, last):
        if day < starts_on or day > last:
            continue
        number += 1
        if rule.count and number > rule.count:
            return
        yield day


def _matching(rule: Rule, starts_on: date, begin: date, last: date) -> Iterator[date]:
    if not rule.by_set_pos:
        yield from (day for day in _each_day(begin, last) if _is_in(rule, starts_on, day))
        return
    first = _period(rule, begin)[0]
    while first <= last:
        stop = _period(rule, first)[1]
        found = [day for day in _each_day(first, stop) if _is_in(rule, starts_on, day)]
        chosen = {position - 1 if position > 0 else len(found) + position for position in rule.by_set_pos}
        yield from (found[place] for place in sorted(chosen) if 0 <= place < len(found))
        first = stop + A_DAY


def _each_day(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


def _period(rule: Rule, day: date) -> tuple[date, date]:
    """First and last day of the day, week, month or year that a BYSETPOS chooses from."""
    if rule.freq == "DAILY":
        return day, day
    if rule.freq == "WEEKLY":
        monday = _week_of(day, rule.week_start)
        return monday, monday + 6 * A_DAY
    if rule.freq == "MONTHLY":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _week_of(day: date, week_start: int) -> date:
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def _is_in(rule: Rule, starts_on: date, day: date) -> bool:
    return (
        (rule.interval == 1 or _periods_between(rule, starts_on, day) % rule.interval == 0)
        and (not rule.by_month or day.month in rule.by_month)
        and (
            not rule.by_month_day or _counted(day.day, monthrange(day.year, day.month)[1], rule.by_month_day)
        )
        and (not rule.by_year_day or _counted(*_in_year(day), rule.by_year_day))
        and (not rule.by_week_no or _counted(*_week_number(day, rule.week_start), rule.by_week_no))
        and (not rule.by_day or _is_weekday_of(rule, day))
    )


def _periods_between(rule: Rule, starts_on: date, day: date) -> int:
    if rule.freq == "DAILY":
        return (day - starts_on).days
    if rule.freq == "WEEKLY":
        return (_week_of(day, rule.week_start) - _week_of(starts_on, rule.week_start)).days // 7
    if rule.freq == "MONTHLY":
        return (day.year - starts_on.year) * 12 + day.month - starts_on.month
    return day.year - starts_on.year


def _counted(number: int, of: int, wanted: tuple[int, ...]) -> bool:
    """Whether the number is among those wanted, counted from the front or from the end."""
    return number in wanted or number - of - 1 in wanted


def _in_year(day: date) -> tuple[int, int]:
    return day.timetuple().tm_yday, 365 + isleap(day.year)


def _week_number(day: date, week_start: int) -> tuple[int, int]:
    """The week's number and how many its year has. The first week has four days or more in the year."""
    monday = _week_of(day, week_start)
    year = (monday + timedelta(days=3)).year
    first, following = (_week_of(date(each, 1, 4), week_start) for each in (year, year + 1))
    return (monday - first).days // 7 + 1, (following - first).days // 7


def _is_weekday_of(rule: Rule, day: date) -> bool:
    number, of = day.day, monthrange(day.year, day.month)[1]
    if rule.freq == "YEARLY" and not rule.by_month:
        number, of = _in_year(day)
    from_front, from_end = (number - 1) // 7 + 1, -((of - number) // 7 + 1)
    return any(weekday == day.weekday() and nth in (0, from_front, from_end) for nth, weekday in rule.by_day)
