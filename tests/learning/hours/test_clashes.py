"""No two hours for the same people at the same time: also planned at once, and without telling what is not for one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone, translation

from hub.people.models import User
from hub.refusals import Refusal
from learning.hours import preparing, series_actions
from learning.hours.actions import cancel, move, plan, restore
from learning.hours.models import Series, StudySession
from learning.hours.occurrences import make_missing
from learning.hours.plans import plan_of_template
from tests.factories import make_series, make_session, make_team, make_user

TWINS = 4
DAY = timedelta(days=1)


def next_week(hour: int = 9) -> datetime:
    day = timezone.now().astimezone(ZoneInfo("Europe/Berlin")).date() + timedelta(days=7)
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def planned(facilitator: User, starts_at: datetime, **fields: Any) -> StudySession:
    wall = starts_at.astimezone(ZoneInfo("Europe/Berlin"))
    session = StudySession(
        title="Neu", local_date=wall.date(), local_time=wall.time(), time_zone="Europe/Berlin", **fields
    )
    return plan(session=session, by=facilitator)


@pytest.fixture
def facilitators(transactional_db: None) -> list[User]:
    return [make_user(f"Farid{number}", roles=("facilitator",)) for number in range(TWINS)]


def at_once(act: Callable[[int], Any]) -> list[str]:
    """Which refusals came of as many at once."""
    start = Barrier(TWINS)

    def one(number: int) -> str | None:
        try:
            start.wait(10)
            act(number)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(TWINS) as pool:
        return [code for code in pool.map(one, range(TWINS)) if code]


def test_of_hours_planned_at_once_for_one_time_one_stands(facilitators: list[User]) -> None:
    team, other = make_team(), make_team()
    audiences = ({}, {"team": team}, {"team": other}, {"site": team.site})
    for number in range(5):
        starts_at = next_week() + number * DAY
        refused = at_once(
            lambda n, at=starts_at: planned(facilitators[n], at, **({} if n < 2 else audiences[n]))
        )
        there = StudySession.objects.filter(starts_at=starts_at)
        assert TWINS - len(refused) == there.count()
        assert set(refused) == {"hours_clash"}
        assert not [one for one in there if StudySession.objects.clashing_with(one).exists()]


def test_of_hours_moved_at_once_onto_one_time_one_moves(facilitators: list[User]) -> None:
    for number in range(5):
        hours = [
            make_session(one, starts_at=next_week(8 + n) + number * DAY) for n, one in enumerate(facilitators)
        ]

        def act(n: int, hours: list[StudySession] = hours) -> None:
            hours[n].local_time = time(15)
            move(session=hours[n], by=facilitators[n])

        assert at_once(act) == ["hours_clash"] * (TWINS - 1)
        day = hours[0].local_date
        assert StudySession.objects.filter(local_date=day, local_time=time(15)).count() == 1


def test_of_series_founded_and_an_hour_held_again_at_once_one_stands(facilitators: list[User]) -> None:
    called_off = make_session(facilitators[0], starts_at=next_week())
    cancel(session=called_off, by=facilitators[0])

    def act(n: int) -> None:
        if n:
            make_series(facilitators[n], first=next_week())
        else:
            restore(session=called_off, by=facilitators[0])

    assert at_once(act) == ["hours_clash"] * (TWINS - 1)
    assert StudySession.objects.held().filter(starts_at=next_week()).count() == 1


def test_an_hour_planned_while_the_series_grows_is_not_doubled(facilitators: list[User]) -> None:
    series = make_series(facilitators[0], first=next_week())
    last = series.occurrences.latest("starts_at")
    for week in range(1, 6):
        later = timezone.now() + timedelta(weeks=week)
        day = last.local_date + timedelta(weeks=week)
        starts_at = datetime.combine(day, time(9), tzinfo=ZoneInfo("Europe/Berlin"))

        def act(n: int, later: datetime = later, starts_at: datetime = starts_at) -> None:
            if n:
                planned(facilitators[n], starts_at)
            else:
                make_missing(series, later)

        assert set(at_once(act)) == {"hours_clash"}
        assert StudySession.objects.filter(local_date=day).count() == 1


@pytest.fixture
def hidden(cast: Any) -> StudySession:
    """Of a team that neither Farid nor Emma is in."""
    fritz = make_user("Fritz", roles=("facilitator",))
    return make_session(fritz, starts_at=next_week(), title="Kündigungen", team=make_team())


def refusal_of(act: Callable[[], Any]) -> str:
    with translation.override("de"), pytest.raises(Refusal) as refused:
        act()
    assert refused.value.code == "hours_clash"
    return str(refused.value.message)


def test_the_hour_of_a_team_one_is_not_in_is_not_named(cast: Any, hidden: StudySession) -> None:
    for act in (
        lambda: planned(cast.farid, next_week()),
        lambda: make_series(cast.farid, first=next_week()),
        lambda: planned(cast.ada, next_week()),  # an administrator does not see it either
    ):
        message = refusal_of(act)
        assert "Kündigungen" not in message
        assert "zur selben Zeit" in message
    for act in (
        lambda: planned(hidden.facilitator, next_week()),
        lambda: make_series(hidden.facilitator, first=next_week()),
    ):
        assert "„Kündigungen“" in refusal_of(act)


def test_a_draft_of_somebody_else_is_named_as_everybody_sees_it(cast: Any) -> None:
    fritz = make_user("Fritz", roles=("facilitator",))
    series = make_series(fritz, first=next_week(), title="Jede Woche")
    hour = series.occurrences.earliest("starts_at")
    preparing.fill(session=hour, plan=plan_of_template("first-prompt", user=fritz))
    for act in (
        lambda: planned(cast.farid, hour.starts_at),
        lambda: make_series(cast.farid, first=hour.starts_at),
    ):
        message = refusal_of(act)
        assert hour.title not in message
        assert "„Jede Woche“" in message
    assert hour.title in refusal_of(lambda: planned(fritz, hour.starts_at))
    preparing.publish(session=hour)
    assert hour.title in refusal_of(lambda: planned(cast.farid, hour.starts_at))


def test_a_changed_series_and_an_hour_held_again_name_no_hidden_hour(cast: Any, hidden: StudySession) -> None:
    series = make_series(cast.farid, first=next_week(14))
    series.local_time = time(9)
    assert "Kündigungen" not in refusal_of(lambda: series_actions.change(series=series, by=cast.farid))
    called_off = make_session(cast.farid, starts_at=next_week(), status="cancelled")
    assert "Kündigungen" not in refusal_of(lambda: restore(session=called_off, by=cast.farid))
    assert Series.objects.get().local_time == time(14)
