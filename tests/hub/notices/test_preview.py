"""What the page and the API say about the next tip is what the planner then does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.notices import delivering
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery
from hub.nudges import planner
from hub.nudges.actions import record_showing
from hub.nudges.models import Dismissal, Tip
from hub.people.models import User
from tests.factories import make_session, make_tip
from tests.hub.notices.conftest import WEDNESDAY

TODAY_TOO = "On a day on which you have seen a tip on Today, no other one is sent to you."


@pytest.fixture(autouse=True)
def _mails_are_kept(settings: Any, db: None) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _number in range(30):
        make_tip()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def at(now: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    at(WEDNESDAY)
    return at


def ask_for(user: User, **changes: Any) -> None:
    set_preferences(user=user, changes={"tips_by_mail": True, **changes})


def shown(api: Any, user: User) -> datetime:
    return datetime.fromisoformat(api(user).get("/api/v1/preferences/").json()["next_tip_at"])


def first_sent(user: User, now: datetime) -> datetime:
    """When the hub, planning every hour and sending at once, sends the next tip."""
    for _hour in range(24 * 20):
        planner.plan(now)
        for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
            delivering.deliver(pk, now)
        if Delivery.objects.filter(user=user, state="sent", settled_at=now).exists():
            return now
        now += timedelta(hours=1)
    raise AssertionError("no tip in twenty days")


def first_sent_every_quarter(user: User, now: datetime) -> datetime:
    """The same, of a hub that looks every quarter of an hour, as the sweep does more often still."""
    planner.plan(now)
    for _quarter in range(4 * 24):
        for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
            delivering.deliver(pk, now)
        if Delivery.objects.filter(user=user, state="sent").exists():
            return now
        now += timedelta(minutes=15)
    raise AssertionError("no tip in a day")


def look_at_today(sign_in: Any, user: User) -> None:
    client = sign_in(user)
    card = client.get("/").context["card"]
    assert client.post(f"/nudges/{card.id}/seen/").status_code < 400


def test_the_time_does_not_move_with_every_look(api: Any, sign_in: Any, cast: Any, clock: Any) -> None:
    ask_for(cast.ada)
    said = set()
    for minutes in (2, 17, 59):
        clock(WEDNESDAY + timedelta(minutes=minutes))
        said.add(shown(api, cast.ada))
        page = sign_in(cast.ada).get("/me/notices/").content.decode()
        assert "By mail, within the next hour or so." in page
        assert TODAY_TOO in page
    assert said == {WEDNESDAY}
    assert first_sent(cast.ada, WEDNESDAY) == WEDNESDAY


def test_it_is_never_a_quiet_time(api: Any, cast: Any, clock: Any) -> None:
    """Quiet ends at ten past the hour, and at half past the tip may have come since then."""
    ask_for(cast.emma, quiet_to="10:10")
    clock(WEDNESDAY + timedelta(minutes=30))
    assert shown(api, cast.emma) == WEDNESDAY + timedelta(minutes=10)


@pytest.mark.parametrize("cap", [1, 2, 7])
def test_who_saw_the_tip_on_today_gets_one_on_another_day(
    cap: int, api: Any, sign_in: Any, cast: Any, clock: Any
) -> None:
    ask_for(cast.emma, weekly_cap=cap)
    look_at_today(sign_in, cast.emma)
    tomorrow = WEDNESDAY + timedelta(hours=22)
    assert shown(api, cast.emma) == tomorrow
    assert first_sent(cast.emma, WEDNESDAY) == tomorrow


def test_a_tip_that_waits_and_was_seen_on_today_meanwhile_is_not_announced(
    api: Any, sign_in: Any, cast: Any, clock: Any
) -> None:
    early = clock(WEDNESDAY - timedelta(hours=3))
    ask_for(cast.emma)
    planner.plan(early)
    eight = WEDNESDAY - timedelta(hours=2)
    assert Delivery.objects.get().not_before == shown(api, cast.emma) == eight
    look_at_today(sign_in, cast.emma)
    said = shown(api, cast.emma)
    assert said == eight + timedelta(days=1)
    assert first_sent(cast.emma, early) == said


def test_after_a_tip_was_sent_the_next_one_is_spread_over_the_week(api: Any, cast: Any, clock: Any) -> None:
    ask_for(cast.emma)
    assert first_sent(cast.emma, WEDNESDAY) == WEDNESDAY
    said = shown(api, cast.emma)
    assert said == WEDNESDAY + timedelta(days=4, hours=22)
    assert first_sent(cast.emma, WEDNESDAY + timedelta(hours=1)) == said


def test_saving_quiet_hours_tells_when_what_waits_comes_now(api: Any, cast: Any, clock: Any) -> None:
    early = clock(WEDNESDAY - timedelta(hours=3))
    ask_for(cast.emma)
    planner.plan(early)
    body = api(cast.emma).patch("/api/v1/preferences/", {"quiet_to": "09:30"}).json()
    said = datetime.fromisoformat(body["next_tip_at"])
    assert said == WEDNESDAY - timedelta(minutes=30)
    assert first_sent(cast.emma, early) == WEDNESDAY


def test_a_pause_drops_what_waits_and_says_so(api: Any, cast: Any, clock: Any) -> None:
    early = clock(WEDNESDAY - timedelta(hours=3))
    ask_for(cast.emma)
    planner.plan(early)
    last = WEDNESDAY.date() + timedelta(days=1)
    body = api(cast.emma).patch("/api/v1/preferences/", {"paused_until": last.isoformat()}).json()
    said = datetime.fromisoformat(body["next_tip_at"])
    assert said == WEDNESDAY + timedelta(days=1, hours=22)
    assert first_sent(cast.emma, early) == said


def test_what_others_saw_says_nothing_about_mine(api: Any, sign_in: Any, cast: Any, clock: Any) -> None:
    ask_for(cast.emma)
    look_at_today(sign_in, cast.otto)
    assert shown(api, cast.emma) == WEDNESDAY


def test_it_names_no_moment_in_an_hour_of_learning(api: Any, cast: Any, clock: Any) -> None:
    ask_for(cast.emma)
    hour = make_session(cast.farid, starts_at=WEDNESDAY)
    assert shown(api, cast.emma) == hour.ends_at
    assert first_sent_every_quarter(cast.emma, WEDNESDAY) == hour.ends_at


def test_it_waits_for_the_day_on_which_a_tip_is_left(api: Any, cast: Any, clock: Any) -> None:
    """All but one were put aside, and that one rests for some days more."""
    ask_for(cast.emma)
    tips = list(Tip.objects.all())
    for tip in tips[1:]:
        Dismissal.objects.create(user=cast.emma, tip=tip)
    at = WEDNESDAY - timedelta(days=12)
    record_showing(user=cast.emma, tip=tips[0], day=at.date(), source="today", reason="new", now=at)
    said = shown(api, cast.emma)
    assert said.date() >= at.date() + timedelta(days=21)
    assert first_sent(cast.emma, WEDNESDAY) == said


def test_where_no_tip_is_left_it_says_so(api: Any, sign_in: Any, cast: Any, clock: Any) -> None:
    ask_for(cast.ada, topics=["finance"])
    assert api(cast.ada).get("/api/v1/preferences/").json()["next_tip_at"] is None
    page = sign_in(cast.ada).get("/me/notices/").content.decode()
    assert "None is left for you" in page
    assert "No tip is sent to you" not in page
    assert "None is left at the moment" in sign_in(cast.ada).get("/me/").content.decode()
    assert planner.plan(WEDNESDAY) == 0
