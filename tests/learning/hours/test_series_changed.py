"""What a changed or ended series leaves of its hours: drafts, what a person called off, and what was announced."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from hub.notices.models import Notice
from learning.hours import feeding, preparing, series_actions
from learning.hours.actions import cancel, move, reply
from learning.hours.models import Series, StudySession
from learning.hours.plans import plan_of_template
from learning.hours.untouched import Kept, kept_of
from tests.factories import make_series

NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)  # a Monday
FIRST = datetime(2026, 9, 11, 7, tzinfo=UTC)  # a Friday, 09:00 in Berlin
IN_A_MONTH = NOW + timedelta(weeks=4)


@pytest.fixture(autouse=True)
def _in_september() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(cast: Any, _in_september: None) -> Series:
    return make_series(cast.farid, first=FIRST, title="Freitags")


def hours_of(series: Series, count: int) -> list[StudySession]:
    return list(series.occurrences.order_by("starts_at")[:count])


def at_ten(series: Series, by: Any) -> None:
    series.local_time = time(10)
    series_actions.change(series=series, by=by)


def on_tuesdays(series: Series, by: Any) -> None:
    series.rule = "FREQ=WEEKLY;BYDAY=TU"
    series_actions.change(series=series, by=by)


def test_a_draft_outlives_the_end_of_its_series(series: Series, cast: Any) -> None:
    filled, begun, _untouched = hours_of(series, 3)
    preparing.fill(session=filled, plan=plan_of_template("first-prompt", user=cast.farid))
    begun.title = "Noch ohne Ablauf"
    preparing.keep(session=begun, agenda=(), tasks=(), by=cast.farid)
    series_actions.end(series=series, by=cast.farid)
    assert set(series.occurrences.all()) == {filled, begun}
    assert not series.occurrences.held().exists()
    series_actions.resume(series=series, by=cast.farid)
    filled.refresh_from_db()
    begun.refresh_from_db()
    assert not filled.is_cancelled
    assert filled.agenda.exists()
    assert filled.lab.exists()
    assert (filled.shown_title, begun.title, begun.shown_title) == (
        "Freitags",
        "Noch ohne Ablauf",
        "Freitags",
    )
    assert series.occurrences.held().count() == 26


def test_an_hour_called_off_is_held_again_where_its_series_is_by_then(
    series: Series, cast: Any, sign_in: Any
) -> None:
    called_off, by_hand = hours_of(series, 2)
    reply(session=called_off, user=cast.emma, reply="yes")
    by_hand.local_date, by_hand.local_time = date(2026, 9, 17), time(14)
    move(session=by_hand, by=cast.farid)
    for hour in (called_off, by_hand):
        cancel(session=hour, by=cast.farid)
    at_ten(series, cast.farid)
    assert not Notice.objects.filter(kind="session_moved").exists(), "what is cancelled is moved quietly"
    farid = sign_in(cast.farid)
    for hour in (called_off, by_hand):
        farid.post(f"/hours/{hour.pk}/restore/")
        hour.refresh_from_db()
        assert not hour.is_cancelled
    assert (called_off.local_date, called_off.local_time) == (date(2026, 9, 11), time(10))
    assert (by_hand.local_date, by_hand.local_time) == (date(2026, 9, 17), time(14))
    assert called_off.starts_at == FIRST + timedelta(hours=1)


def test_an_announced_hour_that_its_series_moves_counts_as_moved(series: Series, cast: Any) -> None:
    replied, far = hours_of(series, 2)
    for hour in (replied, far):
        reply(session=hour, user=cast.emma, reply="yes")
    at_ten(series, cast.farid)
    for hour in (replied, far):
        hour.refresh_from_db()
    assert (replied.local_time, replied.is_moved) == (time(10), True)
    assert (far.local_time, far.is_moved) == (time(10), False)
    assert kept_of(series.occurrences.all(), IN_A_MONTH) == Kept(held=3, moved=1, cancelled=0)
    series.local_time = time(9)
    series_actions.change(series=series, by=cast.farid)
    assert kept_of(series.occurrences.all(), IN_A_MONTH) == Kept(held=4, moved=0, cancelled=0)


def test_of_the_coming_week_only_what_was_announced_counts_as_moved(series: Series, cast: Any) -> None:
    (published,) = hours_of(series, 1)
    at_ten(series, cast.farid)
    published.refresh_from_db()
    assert not published.is_moved
    preparing.fill(session=published, plan=plan_of_template("first-prompt", user=cast.farid))
    preparing.publish(session=published)
    series.local_time = time(11)
    series_actions.change(series=series, by=cast.farid)
    published.refresh_from_db()
    assert (published.local_time, published.is_moved) == (time(11), True)


@pytest.mark.parametrize("act", [on_tuesdays, lambda series, by: series_actions.end(series=series, by=by)])
def test_only_an_announced_hour_that_its_series_drops_counts_as_cancelled(
    act: Any, series: Series, cast: Any
) -> None:
    replied, far = hours_of(series, 2)
    for hour in (replied, far):
        reply(session=hour, user=cast.emma, reply="yes")
    act(series, cast.farid)
    fridays = series.occurrences.filter(local_date__week_day=6)
    assert set(fridays) == {replied, far}
    assert kept_of(fridays, IN_A_MONTH) == Kept(held=0, moved=0, cancelled=1)
    # A calendar still shows both as cancelled.
    feed = feeding.write(cast.emma, feeding.hours_of(cast.emma, timezone.now())).decode()
    assert feed.count("STATUS:CANCELLED") == 2


def test_what_is_held_again_counts_as_held(series: Series, cast: Any) -> None:
    replied, far = hours_of(series, 2)
    for hour in (replied, far):
        reply(session=hour, user=cast.emma, reply="yes")
    series_actions.end(series=series, by=cast.farid)
    series_actions.resume(series=series, by=cast.farid)
    assert kept_of(series.occurrences.all(), IN_A_MONTH) == Kept(held=4, moved=0, cancelled=0)
    on_tuesdays(series, cast.farid)
    series.place = "Kantine"
    at_ten(series, cast.farid)
    series.rule = "FREQ=WEEKLY;BYDAY=FR"
    series_actions.change(series=series, by=cast.farid)
    assert set(series.occurrences.held().values_list("place", flat=True)) == {"Kantine"}
    for hour in (replied, far):
        hour.refresh_from_db()
    assert (replied.is_cancelled, replied.local_time, replied.is_moved) == (False, time(10), True)
    assert (far.is_cancelled, far.local_time, far.is_moved) == (False, time(10), False)
