"""Quiet hours, pauses and the cap, as calculation: in the person's zone, through clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.notices.channels.calendar_entry import free_start
from hub.notices.schedule import Rest, is_within_cap, next_allowed, next_push
from hub.people.moments import Hour

BERLIN = ZoneInfo("Europe/Berlin")
WEEKEND = frozenset({5, 6})


def rest(**fields: Any) -> Rest:
    usual = {
        "quiet_from": time(18), "quiet_to": time(8), "days_off": WEEKEND, "paused_until": None, "zone": BERLIN,
    }  # fmt: skip
    return Rest(**{**usual, **fields})


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_nothing_comes_into_an_hour_in_which_one_learns() -> None:
    hours = [
        Hour(at("2026-11-18T09:00"), at("2026-11-18T10:00")),
        Hour(at("2026-11-18T10:00"), at("2026-11-18T10:30")),
        Hour(at("2026-11-18T17:30"), at("2026-11-18T18:30")),
        Hour(at("2026-11-19T08:00"), at("2026-11-19T09:00")),
    ]
    found = [
        next_allowed(at(f"2026-11-18T{clock}"), rest(), hours)
        for clock in ("08:59", "09:00", "10:30", "17:45")
    ]
    # The last one ends within quiet hours, and these at the start of another.
    free = ("18T08:59", "18T10:30", "18T10:30", "19T09:00")
    assert found == [at(f"2026-11-{moment}") for moment in free]


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("18T10:01", "18T10:15"),
        ("18T08:50", "18T10:15"),  # not in the hour, and not into the next one, which ends at 10:10
        ("18T17:40", "19T08:00"),  # from 17:45 not all of it would fit
        ("18T18:30", "19T08:00"),
    ],
)
def test_a_calendar_entry_lies_in_no_hour_and_no_quiet(now: str, start: str) -> None:
    hours = [
        Hour(at("2026-11-18T09:00"), at("2026-11-18T10:00")),
        Hour(at("2026-11-18T10:05"), at("2026-11-18T10:10")),
    ]
    quiet = rest(quiet_from=time(17, 50))
    assert free_start(at(f"2026-11-{now}"), quiet, hours) == at(f"2026-11-{start}")
    assert free_start(at(f"2026-11-{now}"), rest(quiet_from=time(8, 5)), ()) is None


@pytest.mark.parametrize(
    ("now", "free"),
    [
        ("2026-11-18T10:00", "2026-11-18T10:00"),
        ("2026-11-18T17:59", "2026-11-18T17:59"),
        ("2026-11-18T18:00", "2026-11-19T08:00"),
        ("2026-11-18T23:30", "2026-11-19T08:00"),
        ("2026-11-19T03:00", "2026-11-19T08:00"),
        ("2026-11-20T19:00", "2026-11-23T08:00"),
        ("2026-11-21T12:00", "2026-11-23T08:00"),
    ],
)
def test_what_comes_in_quiet_hours_waits_for_their_end(now: str, free: str) -> None:
    assert next_allowed(at(now), rest()) == at(free)


def test_quiet_hours_may_lie_within_a_day_or_not_exist() -> None:
    midday = rest(quiet_from=time(12), quiet_to=time(13), days_off=frozenset())
    assert next_allowed(at("2026-11-21T12:30"), midday) == at("2026-11-21T13:00")
    never = rest(quiet_from=time(8), quiet_to=time(8), days_off=frozenset())
    assert next_allowed(at("2026-11-21T03:00"), never) == at("2026-11-21T03:00")
    only_weekends = rest(quiet_from=time(0), quiet_to=time(0))
    assert next_allowed(at("2026-11-21T03:00"), only_weekends) == at("2026-11-23T00:00")


def test_a_pause_ends_with_its_last_day() -> None:
    paused = rest(paused_until=date(2026, 12, 2))
    assert next_allowed(at("2026-11-18T10:00"), paused) == at("2026-12-03T08:00")


@pytest.mark.parametrize(
    ("now", "quiet_to", "free"),
    [
        # Spring: 02:30 does not exist on the 29th of March 2026. Autumn: it comes twice on the 25th of October.
        ("2026-03-29T01:30", time(2, 30), "2026-03-29T01:30:00+00:00"),
        ("2026-03-28T23:00", time(8), "2026-03-29T06:00:00+00:00"),
        ("2026-10-25T01:30", time(2, 30), "2026-10-25T00:30:00+00:00"),
        ("2026-10-24T23:00", time(8), "2026-10-25T07:00:00+00:00"),
    ],
)
def test_a_clock_change_inside_quiet_hours_moves_nothing(now: str, quiet_to: time, free: str) -> None:
    found = next_allowed(at(now), rest(quiet_to=quiet_to, days_off=frozenset()))
    assert found == datetime.fromisoformat(free)


def test_the_hour_that_comes_twice_does_not_stop_the_clock() -> None:
    second_time = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    found = next_allowed(second_time, rest(quiet_to=time(2, 30), days_off=frozenset()))
    assert found == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@given(
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    start=st.times(),
    end=st.times(),
    days_off=st.frozensets(st.integers(0, 6), max_size=6),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
)
def test_what_is_allowed_is_never_quiet_and_never_earlier(
    moment: datetime, start: time, end: time, days_off: frozenset[int], zone: str
) -> None:
    quiet = rest(quiet_from=start, quiet_to=end, days_off=days_off, zone=ZoneInfo(zone))
    free = next_allowed(moment, quiet)
    assert free >= moment
    assert not quiet.is_quiet(free)
    assert free == moment or quiet.is_quiet(moment)


def test_the_cap_counts_the_last_seven_days() -> None:
    today = date(2026, 11, 18)
    days = [today - timedelta(days=n) for n in (7, 6, 1)]
    assert not is_within_cap(days, today, 2)
    assert is_within_cap(days, today, 3)


@pytest.mark.parametrize("cap", [1, 2, 3, 5, 7])
def test_a_month_of_tips_keeps_the_cap_and_the_quiet(cap: int) -> None:
    quiet, now = rest(days_off=WEEKEND if cap < 6 else frozenset()), at("2026-11-02T07:00")
    sent: list[datetime] = []
    while now < at("2026-12-14T07:00"):
        due = next_push(sent=sent, cap=cap, rest=quiet, now=now)
        if due and due < now + timedelta(hours=1):
            assert not quiet.is_quiet(due)
            sent.append(due)
        now += timedelta(hours=1)
    days = [quiet.local_day(moment) for moment in sent]
    for day in days:
        assert sum(day - timedelta(days=7) < other <= day for other in days) <= cap
    assert len(sent) >= 5 * cap * 0.8


def test_a_cap_of_none_means_never() -> None:
    assert next_push(sent=[], cap=0, rest=rest(), now=at("2026-11-18T10:00")) is None
