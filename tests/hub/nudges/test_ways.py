"""One tip goes one way: the one the person would rather have, or the next that works; or a week in one mail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from hub.notices import delivering, destinations, silence
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery, Notice, Preference
from hub.notices.preview import next_tip
from hub.nudges import cards, planner
from hub.nudges.models import Nudge, Tip
from hub.people.models import User
from tests.factories import make_tip, make_user
from tests.hub.notices.chat_server import Chat
from tests.hub.notices.conftest import Post

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
WAYS = {"tips_by_mail": True, "tips_in_inbox": True}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    def at(now: datetime) -> datetime:
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    at(MONDAY)
    return at


@pytest.fixture
def tips(db: None) -> list[Tip]:
    return [make_tip(area="writing" if number % 3 else "crm") for number in range(30)]


def run(now: datetime) -> None:
    planner.plan(now)
    for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
        delivering.deliver(pk, now)


@pytest.mark.parametrize(
    ("first", "channel"), [("", "mail"), ("in_app", "in_app"), ("teams", "teams"), ("slack", "mail")]
)
@pytest.mark.usefixtures("tips")
def test_a_tip_goes_one_way_the_one_named_first(
    first: str, channel: str, chat: Chat, post_office: Post, cast: Any
) -> None:
    destinations.add(user=cast.emma, channel="teams", address=chat.url())
    set_preferences(user=cast.emma, changes={**WAYS, "first_channel": first})
    for _twice in range(2):
        run(MONDAY)
    [row] = Delivery.objects.all()
    assert (row.channel, row.state) == (channel, "sent")
    assert len(chat.got) + len(post_office.mails) + Notice.objects.count() == 1
    [nudge] = Nudge.objects.all()
    assert nudge.source == channel
    card = cards.card_for(cast.emma, MONDAY)
    assert card.why == str(cards.REASONS[channel])


@pytest.mark.usefixtures("tips")
def test_what_a_dead_webhook_did_not_take_comes_the_next_way_on_the_same_day(
    chat: Chat, post_office: Post, cast: Any
) -> None:
    destinations.add(user=cast.emma, channel="teams", address=chat.answer("/dead", 410))
    set_preferences(user=cast.emma, changes={**WAYS, "first_channel": "teams"})
    run(MONDAY)
    assert post_office.mails == []
    run(MONDAY + timedelta(hours=1))
    assert (len(chat.got), len(post_office.mails)) == (1, 1)


@pytest.mark.usefixtures("tips")
def test_what_a_webhook_refused_comes_on_the_next_day(chat: Chat, cast: Any) -> None:
    destinations.add(user=cast.emma, channel="teams", address=chat.answer("/x", 400))
    for hours in range(9):
        run(MONDAY + timedelta(hours=hours))
    assert len(chat.got) == 1
    chat.answer("/x", 200)
    run(MONDAY + timedelta(days=1))
    assert len(chat.got) == 2
    assert Nudge.objects.count() == 1


@pytest.mark.usefixtures("tips")
def test_one_cap_counts_over_all_ways_for_a_month(
    chat: Chat, post_office: Post, cast: Any, clock: Any
) -> None:
    destinations.add(user=cast.emma, channel="teams", address=chat.url())
    for day in range(28):
        clock(MONDAY + timedelta(days=day))
        changes = {**WAYS, "first_channel": ("mail", "teams", "in_app")[day % 3], "weekly_cap": 3}
        set_preferences(user=cast.emma, changes=changes)
        for hour in range(0, 24, 3):
            run(clock(MONDAY + timedelta(days=day, hours=hour)))
    rows = Delivery.objects.filter(state="sent").order_by("settled_at")
    sent = [row.settled_at for row in rows]
    assert len(sent) >= 10
    for row in rows:
        near = [other for other in rows if abs(other.settled_at - row.settled_at) < timedelta(days=21)]
        assert [other.facts["tip"] for other in near].count(row.facts["tip"]) == 1
    assert len({row.channel for row in rows}) > 1
    for moment in sent:
        assert sum(moment - timedelta(days=7) < other <= moment for other in sent) <= 3


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_with_another_wish_each_queue_one_way(post_office: Post) -> None:
    for _number in range(5):
        make_tip()
    people = [make_user("Nora") for _number in range(12)]
    for person in people:
        set_preferences(user=person, changes=WAYS)

    def plan(first: str) -> None:
        try:
            Preference.objects.update(first_channel=first)
            planner.plan(MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(plan, ["mail", "in_app"] * 4))
    assert Delivery.objects.count() == 12
    assert Delivery.objects.values("user").distinct().count() == 12


# --- What a person said of their work ---------------------------------------------------------------
def test_only_tips_of_the_fields_and_for_the_work_one_named(cast: Any) -> None:
    wanted = {make_tip(area="crm").pk, make_tip(area="crm", roles=["sales", "it"]).pk}
    make_tip(area="crm", roles=["finance"])
    make_tip(area="writing", roles=["sales"])
    set_preferences(user=cast.emma, changes={**WAYS, "topics": ["crm"], "role": "sales", "weekly_cap": 7})
    for day in range(28):
        run(MONDAY + timedelta(days=day))
    assert {nudge.tip_id for nudge in Nudge.objects.filter(user=cast.emma)} == wanted
    later = MONDAY + timedelta(days=60)
    assert cards.card_for(cast.emma, later).tip.pk in wanted


# --- A week in one mail -----------------------------------------------------------------------------
def ask_for_digest(user: User, **changes: Any) -> None:
    set_preferences(
        user=user, changes={"tips_by_mail": True, "mail_rhythm": "weekly", "digest_weekday": 2, **changes}
    )


@pytest.mark.usefixtures("tips")
def test_a_week_comes_in_one_mail_on_the_chosen_day(post_office: Post, cast: Any) -> None:
    ask_for_digest(cast.emma, weekly_cap=3)
    days = []
    for hour in range(24 * 28):
        now, before = MONDAY + timedelta(hours=hour - 9), len(post_office.mails)
        run(now)
        if len(post_office.mails) > before:
            days.append(now.astimezone(BERLIN))
            silence.was_answered(cast.emma)
    assert [day.weekday() for day in days] == [2, 2, 2, 2]
    assert {day.hour for day in days} == {8}
    assert Nudge.objects.count() == 12
    mail = post_office.mails[0]
    titles = [nudge.tip.text.title for nudge in Nudge.objects.filter(shown_on=days[0].date())]
    for part in ("plain", "html"):
        text = mail.get_body((part,)).get_content()
        assert all(title in text for title in titles)
        assert all(
            f"/tips/{nudge.tip_id}/" in text for nudge in Nudge.objects.filter(shown_on=days[0].date())
        )
    assert mail["Subject"] == "Deine 3 Tipps der Woche"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.usefixtures("tips")
def test_the_preview_of_a_digest_is_what_then_happens(post_office: Post, cast: Any, clock: Any) -> None:
    ask_for_digest(cast.emma)
    said = next_tip(Preference.of(cast.emma), MONDAY).at
    assert said == datetime(2026, 11, 18, 7, 0, tzinfo=UTC)
    now = MONDAY
    while not post_office.mails:
        now = clock(now + timedelta(hours=1))
        run(now)
    assert now == said
    assert next_tip(Preference.of(cast.emma), now).at == said + timedelta(days=7)


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"digest_weekday": 5}, "2026-11-16"),  # a Saturday off: on the next working day
        ({"digest_weekday": 3}, "2026-11-19"),
        ({"digest_weekday": 6, "working_days": [6]}, "2026-11-22"),
        ({"paused_until": datetime(2026, 11, 19).date()}, "2026-11-20"),
        ({"weekly_cap": 0}, None),
    ],
)
@pytest.mark.usefixtures("tips")
def test_a_digest_waits_for_days_off_and_pauses(
    changes: dict[str, Any], day: str | None, post_office: Post, cast: Any
) -> None:
    ask_for_digest(cast.emma, **changes)
    sent = None
    for hour in range(24 * 7 - 9):
        now = MONDAY + timedelta(hours=hour)
        run(now)
        if post_office.mails and sent is None:
            sent = now.astimezone(BERLIN).date().isoformat()
    assert sent == day
    assert len(post_office.mails) == (1 if day else 0)


@pytest.mark.usefixtures("tips")
def test_a_server_that_was_down_on_the_day_catches_up(post_office: Post, cast: Any) -> None:
    ask_for_digest(cast.emma)
    run(MONDAY)
    run(MONDAY + timedelta(days=4))  # two days late
    run(MONDAY + timedelta(days=5))
    assert len(post_office.mails) == 1


@pytest.mark.usefixtures("tips")
def test_single_tips_of_the_week_count_against_the_digest(post_office: Post, cast: Any) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 3})
    run(MONDAY)
    ask_for_digest(cast.emma, weekly_cap=3)
    run(MONDAY + timedelta(days=2))
    assert [row.weight for row in Delivery.objects.filter(state="sent").order_by("settled_at")] == [1, 2]


@pytest.mark.usefixtures("tips")
def test_what_was_put_aside_meanwhile_is_not_in_the_digest(post_office: Post, cast: Any) -> None:
    ask_for_digest(cast.emma, digest_weekday=0)
    planner.plan(MONDAY)
    row = Delivery.objects.get()
    Tip.objects.filter(pk=row.facts["tips"][0]).update(is_active=False)
    delivering.deliver(row.pk, MONDAY)
    [mail] = post_office.mails
    assert mail["Subject"] == Tip.objects.get(pk=row.facts["tips"][1]).text.title


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_send_one_digest(post_office: Post) -> None:
    for _number in range(8):
        make_tip()
    people = [make_user("Nora") for _number in range(6)]
    for person in people:
        ask_for_digest(person, digest_weekday=0)

    def work(_number: int) -> None:
        try:
            run(MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(6)))
    assert sorted(post_office.recipients) == sorted(person.email for person in people)


# --- Mail that comes back ---------------------------------------------------------------------------
@pytest.mark.usefixtures("tips")
def test_a_mailbox_that_refuses_turns_tips_by_mail_off_and_says_so_once(post_office: Post, cast: Any) -> None:
    post_office.answers[cast.emma.email] = "550 no such mailbox"
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "tips_in_calendar": True})
    for hours in range(0, 24 * 10, 3):
        run(MONDAY + timedelta(hours=hours))
    saved = Preference.of(cast.emma)
    assert (saved.tips_by_mail, saved.tips_in_calendar, saved.own_by_mail) == (False, False, True)
    [notice] = Notice.objects.filter(user=cast.emma)
    assert (notice.kind, notice.path) == ("mailbox_refused", "/me/notices/")
    assert Delivery.objects.count() == 1


@pytest.mark.usefixtures("tips")
def test_a_full_mailbox_turns_nothing_off(post_office: Post, cast: Any) -> None:
    post_office.answers[cast.emma.email] = "452 mailbox full"
    set_preferences(user=cast.emma, changes={"tips_by_mail": True})
    run(MONDAY)
    assert Preference.of(cast.emma).tips_by_mail
    assert not Notice.objects.exists()
