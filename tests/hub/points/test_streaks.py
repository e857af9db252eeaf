"""Streaks count weeks that had an hour."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.points.streaks import monday_of, streak

MONDAY = date(2026, 9, 7)


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def test_weeks_in_a_row_count() -> None:
    result = streak(held=[week(n) for n in range(4)], attended=[week(n) for n in range(4)])
    assert (result.current, result.longest) == (4, 4)


def test_a_missed_week_starts_anew_and_the_longest_stays() -> None:
    result = streak(held=[week(n) for n in range(5)], attended=[week(0), week(1), week(2), week(4)])
    assert (result.current, result.longest) == (1, 3)


def test_a_week_without_an_hour_is_neutral() -> None:
    assert streak(held=[week(0), week(3)], attended=[week(0), week(3)]).current == 2


def test_the_running_week_is_not_missed_before_its_hour_has_ended() -> None:
    result = streak(held=[week(0), week(1)], attended=[week(0)], open_week=week(1))
    assert result.current == 1
    assert result.weeks[-1] == (week(1), "open")


def test_a_friday_streak_still_stands_on_monday_morning() -> None:
    assert streak(held=[week(0), week(1)], attended=[week(0), week(1)]).current == 2


weeks = st.sets(st.integers(0, 30).map(week))


@given(held=weeks, attended=weeks)
def test_the_current_streak_never_exceeds_the_longest(held: set[date], attended: set[date]) -> None:
    result = streak(held=held, attended=attended)
    assert 0 <= result.current <= result.longest <= len(attended)
    assert len(result.weeks) <= 12


@given(st.dates())
def test_a_monday_is_the_monday_of_its_week(day: date) -> None:
    assert monday_of(day).weekday() == 0
    assert 0 <= (day - monday_of(day)).days <= 6
