"""The rule of a series: what is served, which days it gives, and how it is said; compared with another library."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from django.utils import translation

from learning.hours import recurrence, wall_time
from learning.hours.recurrence import RecurrenceError

STARTS = (date(2026, 1, 2), date(2026, 8, 31), date(2027, 10, 6), date(2028, 2, 29))
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=10;COUNT=30",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=DAILY;BYMONTH=3,11;BYMONTHDAY=1,-1",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
    "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO;COUNT=26",
    "FREQ=WEEKLY;BYMONTH=1,9;BYDAY=WE;UNTIL=20290131",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
    "FREQ=MONTHLY;BYDAY=1MO,3MO;COUNT=40",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYMONTHDAY=1,15,-1;BYSETPOS=2,-1",
    "FREQ=YEARLY",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=3",
    "FREQ=YEARLY;BYDAY=20MO,-1SU",
    "FREQ=YEARLY;BYMONTH=4,10;BYDAY=2TU",
    "FREQ=YEARLY;BYYEARDAY=1,100,-1,366",
    "FREQ=YEARLY;BYWEEKNO=1,20,53;BYDAY=FR",
    "FREQ=YEARLY;BYWEEKNO=-1,10;BYDAY=SA;WKST=SU",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
)


def test_the_days_are_those_of_another_library() -> None:
    for text in RULES:
        for starts_on in STARTS:
            last = starts_on + timedelta(days=5 * 366)
            begin = datetime.combine(starts_on, time.min)
            theirs = rrulestr(text, dtstart=begin).between(begin, datetime.combine(last, time.min), inc=True)
            ours = recurrence.days(recurrence.parse(text), starts_on, starts_on, last)
            assert ours == [moment.date() for moment in theirs], (text, starts_on)
            assert ours, text

            # A later window shows the same days, and the stored form is the same rule.
            middle = starts_on + timedelta(days=500)
            stored = recurrence.parse(recurrence.parse(f"rrule:{text.lower()}").text)
            assert recurrence.days(stored, starts_on, middle, last) == [day for day in ours if day >= middle]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This is no rule"),
        ("every friday", "This is no rule"),
        ("FREQ=WEEKLY;BYDAY", "This is no rule"),
        ("FREQ=WEEKLY;BYDAY=ＦＲ", "This is no rule"),
        ("DTSTART:20260101T090000\nRRULE:FREQ=DAILY", "no part of a rule"),
        ("FREQ=WEEKLY;BYDAY=FR\nEXDATE:20260102", "no day of the week"),
        ("FREQ=HOURLY", "nothing finer"),
        ("INTERVAL=2", "nothing finer"),
        ("FREQ=DAILY;BYHOUR=9,10", "time of day belongs"),
        ("FREQ=DAILY;BYSECOND=1", "time of day belongs"),
        ("FREQ=DAILY;BYEASTER=1", "no part of a rule"),
        ("FREQ=DAILY;FREQ=WEEKLY", "stand in it once"),
        ("FREQ=DAILY;COUNT=1001", "from 1 to 1000"),
        ("FREQ=DAILY;COUNT=٣", "This is no rule"),
        ("FREQ=DAILY;COUNT=0", "from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=101", "from 1 to 100"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both"),
        ("FREQ=DAILY;UNTIL=20270230", "UNTIL as a day"),
        ("FREQ=DAILY;UNTIL=20270101T250000Z", "UNTIL as a day"),
        ("FREQ=WEEKLY;BYDAY=XX", "no day of the week"),
        ("FREQ=MONTHLY;BYDAY=0MO", "no day of the week"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "does not fit into BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTH=-1", "does not fit into BYMONTH"),
        ("FREQ=WEEKLY;BYDAY=1MO", "do not go together"),
        ("FREQ=MONTHLY;BYDAY=1MO,FR", "do not go together"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "do not go together"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "do not go together"),
        ("FREQ=YEARLY;BYWEEKNO=20", "do not go together"),
        ("FREQ=WEEKLY;BYSETPOS=1", "do not go together"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never gives a day"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30,31", "never gives a day"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "never gives a day"),
        ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8", "never gives a day"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1;BYDAY=MO", "never gives a day"),
        ("FREQ=YEARLY;BYYEARDAY=60;BYMONTH=12", "never gives a day"),
        ("FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 100), "200 characters"),
    ],
)
def test_what_is_not_served_is_said_in_a_sentence(text: str, says: str) -> None:
    with translation.override("en"):
        with pytest.raises(RecurrenceError) as refused:
            recurrence.parse(text)
        assert says in str(refused.value)


def calls_made(what: Any) -> int:
    """How many functions are called meanwhile: work in steps, the same on every machine."""
    number = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal number
        number += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        what()
    finally:
        sys.setprofile(before)
    return number


def test_no_rule_takes_long_whatever_it_says() -> None:
    in_40_years = 40 * 366

    def refused(text: str) -> None:
        with pytest.raises(RecurrenceError):
            recurrence.parse(text)

    for text in (
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=1;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=1MO,2MO,3MO;BYSETPOS=366",
    ):
        assert calls_made(lambda text=text: refused(text)) < 12 * in_40_years

    # Fine in itself, but from this day on it gives none; and a last day far away is not walked to.
    every_other = recurrence.parse("FREQ=DAILY;INTERVAL=7;BYDAY=MO")
    a_tuesday = date(2026, 12, 1)
    assert recurrence.first_day(every_other, a_tuesday) is None
    assert calls_made(lambda: recurrence.days(every_other, a_tuesday, a_tuesday, date.max)) < 12 * in_40_years
    # An old series costs what its window costs.
    old = recurrence.parse("FREQ=WEEKLY;BYDAY=TU")
    window = (date(2026, 12, 1), date(2027, 6, 1))
    assert calls_made(lambda: recurrence.days(old, date(1990, 1, 2), *window)) < 183 * 12
    assert recurrence.days(old, date(1, 1, 1), *window) == recurrence.days(old, date.max, *window) == []


def test_until_is_the_last_day_where_the_hour_is_held() -> None:
    # 23:30 on Friday in Berlin is 22:30 in UTC; in New York the Friday ends on Saturday in UTC.
    def last(text: str, local_time: time, zone: str) -> date | None:
        return recurrence.parse(f"FREQ=WEEKLY;UNTIL={text}", local_time=local_time, zone=zone).until

    assert last("20261030T075959Z", time(9), "Europe/Berlin") == date(2026, 10, 29)  # 08:59:59 there
    assert last("20261030T080000Z", time(9), "Europe/Berlin") == date(2026, 10, 30)
    assert last("20261023T070000Z", time(9), "Europe/Berlin") == date(2026, 10, 23)  # still summer time
    assert last("20261031T035959Z", time(23), "America/New_York") == date(2026, 10, 30)
    assert last("20261029T223000Z", time(9), "Australia/Sydney") == date(2026, 10, 30)
    assert last("20261030T085959", time(9), "Europe/Berlin") == date(2026, 10, 29)
    assert last("20261030", time(9), "Europe/Berlin") == date(2026, 10, 30)
    with pytest.raises(RecurrenceError):
        last("00010101T000000Z", time(9), "America/New_York")

    rule = recurrence.parse("FREQ=WEEKLY;BYDAY=FR;UNTIL=20261030")
    wall = datetime(2026, 10, 2, 9)
    written = recurrence.to_ical(rule, wall, "Europe/Berlin")
    assert written == "FREQ=WEEKLY;UNTIL=20261030T080000Z;BYDAY=FR"
    assert recurrence.parse(written, local_time=wall.time(), zone="Europe/Berlin") == rule
    assert recurrence.to_ical(recurrence.parse("FREQ=DAILY;COUNT=3"), wall, "UTC") == "FREQ=DAILY;COUNT=3"


FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("rule", "english", "german"),
    [
        (recurrence.weekly([4]), "every Friday", "jeden Freitag"),
        (recurrence.weekly([3, 1]), "every Tuesday and Thursday", "jeden Dienstag und Donnerstag"),
        ("FREQ=WEEKLY", "every Friday", "jeden Freitag"),
        (recurrence.weekly([0, 1, 2, 3, 4]), "on every working day", "an jedem Arbeitstag"),
        (recurrence.every_weeks(2, 1), "every second Tuesday", "jeden zweiten Dienstag"),
        (recurrence.every_weeks(3, 1), "every 3 weeks on Tuesday", "alle 3 Wochen am Dienstag"),
        (recurrence.monthly_nth(-1, 4), "on the last Friday of the month", "am letzten Freitag des Monats"),
        (recurrence.monthly_nth(2, 0), "on the second Monday of the month", "am zweiten Montag des Monats"),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
            "on the last Friday of the month",
            "am letzten Freitag des Monats",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "on the first working day of the month",
            "am ersten Arbeitstag des Monats",
        ),
        ("FREQ=MONTHLY;INTERVAL=2", "every 2 months on day 27", "alle 2 Monate am 27."),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of the month", "am letzten Tag des Monats"),
        ("FREQ=DAILY", "every day", "jeden Tag"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days", "alle 3 Tage"),
        ("FREQ=YEARLY", "every year on November 27", "jedes Jahr am 27. November"),
        ("FREQ=WEEKLY;UNTIL=20270326", "every Friday until", "jeden Freitag bis zum 26. März 2027"),
        ("FREQ=WEEKLY;COUNT=6", "every Friday, 6 times", "jeden Freitag, 6-mal"),
        (
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "by the rule FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "nach der Regel FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        ),
    ],
)
def test_a_rule_is_said_in_words(rule: str, english: str, german: str) -> None:
    with translation.override("en"):
        assert recurrence.in_words(recurrence.parse(rule), FRIDAY).startswith(english)
    with translation.override("de"):
        assert recurrence.in_words(recurrence.parse(rule), FRIDAY) == german


def test_every_rule_can_be_said_also_without_its_first_day() -> None:
    for text in RULES:
        assert recurrence.in_words(recurrence.parse(text))
        assert recurrence.in_words(recurrence.parse(text), FRIDAY)


def test_a_skipped_time_is_moved_on_and_of_a_repeated_one_the_first_is_meant() -> None:
    skipped, repeated = datetime(2027, 3, 28, 2, 30), datetime(2026, 10, 25, 2, 30)
    assert wall_time.instant(skipped, "Europe/Berlin") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert wall_time.shown(skipped, "Europe/Berlin") == datetime(2027, 3, 28, 3, 30)
    assert wall_time.instant(repeated, "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall_time.shown(repeated, "Europe/Berlin") == repeated
    assert wall_time.is_repeated(repeated, "Europe/Berlin")
    assert not wall_time.is_repeated(skipped, "Europe/Berlin")
    assert not wall_time.is_repeated(datetime(2026, 10, 25, 9), "Europe/Berlin")
