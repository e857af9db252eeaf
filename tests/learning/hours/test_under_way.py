"""An hour whose doors are open stays when it is, and for whom, whatever becomes of its series."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from hub.refusals import Refusal
from learning.hours import series_actions
from learning.hours.actions import check_in, move, reply
from learning.hours.models import Attendance, Series, StudySession
from tests.factories import code_of, make_series, make_session

STARTS = datetime(2026, 9, 11, 7, tzinfo=UTC)  # a Friday, 09:00 in Berlin
DOORS_OPEN = STARTS - timedelta(minutes=5)


@pytest.fixture
def series(cast: Any) -> Series:
    with time_machine.travel(STARTS - timedelta(days=4), tick=False):
        return make_series(cast.farid, first=STARTS, title="Freitags")


@pytest.fixture
def hour(series: Series) -> StudySession:
    return series.occurrences.earliest("starts_at")


@pytest.fixture(autouse=True)
def _doors_are_open(hour: StudySession) -> Iterator[None]:
    with time_machine.travel(DOORS_OPEN, tick=False):
        yield


def end(series: Series, by: Any) -> None:
    series_actions.end(series=series, by=by)


def change_day(series: Series, by: Any) -> None:
    series.rule = "FREQ=WEEKLY;BYDAY=TU"
    series_actions.change(series=series, by=by)


def change_time(series: Series, by: Any) -> None:
    series.local_time = time(15)
    series_actions.change(series=series, by=by)


@pytest.mark.parametrize("act", [end, change_day, change_time])
@pytest.mark.parametrize("is_counted_on", [True, False])
def test_neither_the_hour_nor_a_check_in_is_lost_when_its_series_ends_or_changes(
    is_counted_on: bool, act: Callable[[Series, Any], None], series: Series, hour: StudySession, cast: Any
) -> None:
    if is_counted_on:
        reply(session=hour, user=cast.emma, reply="yes")
    check_in(session=hour, user=cast.emma, code=code_of(hour))
    act(series, cast.farid)
    hour.refresh_from_db()
    assert (hour.starts_at, hour.is_cancelled) == (STARTS, False)
    assert Attendance.objects.get().session == hour
    assert not series.occurrences.held().filter(
        starts_at__gt=STARTS, local_time=time(9), local_date__week_day=6
    )


def test_an_hour_with_open_doors_stays_before_anybody_is_in(
    series: Series, hour: StudySession, cast: Any
) -> None:
    end(series, cast.farid)
    assert series.occurrences.held().get() == hour


def test_who_ends_or_changes_the_series_is_told_that_the_hour_takes_place(
    series: Series, hour: StudySession, cast: Any, sign_in: Any
) -> None:
    reply(session=hour, user=cast.emma, reply="yes")
    check_in(session=hour, user=cast.emma, code=code_of(hour))
    farid, url, sentence = (
        sign_in(cast.farid),
        f"/hours/series/{series.pk}/",
        "bleibt, wie sie ist, und findet statt",
    )
    form = {
        "title": "Freitags",
        "starts_on": "2026-09-11",
        "rhythm": "week",
        "local_time": "15:00",
        "minutes": "60",
        "time_zone": "Europe/Berlin",
    }
    for path, data in (("edit/", form), ("end/", {})):
        response = farid.post(url + path, data, follow=True)
        assert (response.status_code, sentence in response.content.decode()) == (200, True)
    hour.refresh_from_db()
    assert (hour.starts_at, hour.is_cancelled) == (STARTS, False)
    farid.post(f"{url}resume/")
    with time_machine.travel(STARTS + timedelta(hours=3), tick=False):
        assert sentence not in farid.post(f"{url}end/", follow=True).content.decode()


def test_through_the_api_a_series_ends_while_people_are_in(
    series: Series, hour: StudySession, cast: Any, api: Any
) -> None:
    reply(session=hour, user=cast.emma, reply="yes")
    check_in(session=hour, user=cast.emma, code=code_of(hour))
    assert api(cast.farid).post(f"/api/v1/series/{series.pk}/end/").status_code == 200
    assert series.occurrences.held().get() == hour


def test_an_open_hour_is_not_given_to_other_people(cast: Any, api: Any, sign_in: Any) -> None:
    hour = make_session(cast.farid, starts_at=STARTS - timedelta(hours=1), team=cast.emma.team)
    check_in(session=hour, user=cast.emma, code=code_of(hour))
    for field, value in (("team", cast.farid.team), ("team", None), ("site", cast.emma.team.site)):
        other = StudySession.objects.get(pk=hour.pk)
        other.team = None
        setattr(other, field, value)
        with pytest.raises(Refusal) as refused:
            move(session=other, by=cast.ada)
        assert (refused.value.code, refused.value.status) == ("session_running", 409)
    refused = api(cast.farid).patch(f"/api/v1/sessions/{hour.pk}/", {"team": None}, format="json")
    assert refused.status_code == 409
    assert sign_in(cast.emma).get(f"/hours/{hour.pk}/").status_code == 200
    hour.refresh_from_db()
    hour.place = "Kantine"
    assert move(session=hour, by=cast.farid).place == "Kantine"
