"""Streaks count weeks that had an hour; what is neutral or in reserve leaves them alone."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.points.streaks import NEUTRAL, RESERVES_A_QUARTER, monday_of, quarter_of, streak

MONDAY = date(2026, 10, 5)  # all of its quarter's weeks are numbered from here


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def weeks(*numbers: int) -> list[date]:
    return [week(number) for number in numbers]


def test_weeks_in_a_row_count() -> None:
    result = streak(held=weeks(0, 1, 2, 3), attended=weeks(0, 1, 2, 3))
    assert (result.current, result.longest, result.reserves_left) == (4, 4, 2)


def test_two_missed_weeks_of_a_quarter_are_in_reserve_and_the_third_starts_anew() -> None:
    result = streak(held=weeks(0, 1, 2, 3, 4, 5), attended=weeks(0, 2, 4))
    assert (result.current, result.longest, result.reserves_left) == (0, 3, 0)
    assert [state for _monday, state in result.weeks] == [
        "attended", "reserve", "attended", "reserve", "attended", "missed"
    ]  # fmt: skip


def test_a_new_quarter_brings_new_reserves() -> None:
    late, january = weeks(10, 11, 12), [date(2027, 1, 4), date(2027, 1, 11)]
    result = streak(held=[week(9), *late, *january], attended=[week(9), week(12), january[1]])
    assert (result.current, result.reserves_left) == (3, 1)


def test_reserves_are_not_spent_where_no_streak_runs() -> None:
    result = streak(held=weeks(0, 1, 2, 3), attended=weeks(3))
    assert (result.current, result.reserves_left, result.comebacks) == (1, 2, ())


def test_holiday_cancelled_and_away_weeks_are_neutral_and_say_why() -> None:
    neutral = {week(1): "holiday", week(2): "cancelled", week(3): "away"}
    result = streak(held=weeks(0, 1, 2, 3, 4), attended=weeks(0, 4), neutral=neutral)
    assert (result.current, result.reserves_left) == (2, 2)
    assert [state for _monday, state in result.weeks][1:4] == ["holiday", "cancelled", "away"]


def test_who_was_there_in_a_neutral_week_has_attended() -> None:
    assert streak(held=weeks(0, 1), attended=weeks(0, 1), neutral={week(1): "away"}).current == 2


def test_a_week_without_an_hour_is_neutral() -> None:
    assert streak(held=weeks(0, 3), attended=weeks(0, 3)).current == 2


def test_the_running_week_is_not_missed_before_its_hour_has_ended() -> None:
    result = streak(held=weeks(0, 1), attended=weeks(0), open_week=week(1))
    assert (result.current, result.weeks[-1], result.reserves_left) == (1, (week(1), "open"), 2)


def test_coming_back_after_a_missed_week_is_told_once() -> None:
    missed = weeks(1, 2, 3)  # two in reserve, one missed
    result = streak(held=weeks(0, 1, 2, 3, 4, 5), attended=weeks(0, 4, 5))
    assert [monday for monday, state in result.weeks if state != "attended"] == missed
    assert (result.current, result.comebacks) == (2, (week(4),))


def test_the_reserves_told_are_those_of_this_quarter() -> None:
    held = weeks(0, 1, 2)
    assert streak(held=held, attended=weeks(0), this_week=week(3)).reserves_left == 0
    assert streak(held=held, attended=weeks(0), this_week=date(2027, 1, 4)).reserves_left == 2


mondays = st.sets(st.integers(0, 60).map(week))
neutrals = st.dictionaries(st.integers(0, 60).map(week), st.sampled_from(NEUTRAL))


@given(held=mondays, attended=mondays, neutral=neutrals)
def test_whatever_happened_a_streak_is_possible_and_never_longer_than_what_was_attended(
    held: set[date], attended: set[date], neutral: dict[date, str]
) -> None:
    result = streak(held=held, attended=attended, neutral=neutral)
    assert 0 <= result.current <= result.longest <= len(attended)
    assert len(result.weeks) <= 12
    assert 0 <= result.reserves_left <= RESERVES_A_QUARTER
    assert set(result.comebacks) <= attended
    in_reserve = Counter(quarter_of(monday) for monday, state in result.weeks if state == "reserve")
    assert max(in_reserve.values(), default=0) <= RESERVES_A_QUARTER


@given(st.dates())
def test_a_monday_is_the_monday_of_its_week(day: date) -> None:
    assert monday_of(day).weekday() == 0
    assert 0 <= (day - monday_of(day)).days <= 6
    assert quarter_of(day)[1] in range(4)
