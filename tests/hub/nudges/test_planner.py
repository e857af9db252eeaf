"""Tips that are sent: to those who asked, in their hours, within their cap, each once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone, translation

from hub.notices import channels, delivering
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery, Notice
from hub.nudges import actions, cards, planner
from hub.nudges.letters import tip_letter
from hub.nudges.models import Dismissal, Nudge, Tip
from hub.people.models import User
from tests.factories import make_tip, make_user

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def _tips(db: None) -> None:
    for _number in range(30):
        make_tip()


def ask_for(user: User, **changes: Any) -> None:
    set_preferences(user=user, changes={"tips_by_mail": True, **changes})


def run(now: datetime) -> None:
    planner.plan(now)
    for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
        delivering.deliver(pk, now)


@pytest.mark.usefixtures("_tips")
def test_nobody_is_sent_a_tip_unasked(cast: Any) -> None:
    assert planner.plan(MONDAY) == 0
    ask_for(cast.emma)
    ask_for(cast.otto, weekly_cap=0)
    ask_for(cast.ada, paused_until=MONDAY.date())
    ask_for(cast.hanna)
    User.objects.filter(pk=cast.hanna.pk).update(status="left")
    planner.plan(MONDAY)
    assert [row.user for row in Delivery.objects.all()] == [cast.emma]


@pytest.mark.usefixtures("_tips")
def test_what_was_mailed_is_the_tip_of_the_day_on_today_too(cast: Any) -> None:
    ask_for(cast.emma)
    run(MONDAY)
    [message] = mail.outbox
    card = cards.card_for(cast.emma, MONDAY)
    assert message.subject == card.tip.text.title
    assert card.reason == "mail"
    assert f"/tips/{card.tip.pk}/" in message.body
    for step in card.tip.text.steps:
        assert step in message.body


@pytest.mark.parametrize("channel", ["mail", "teams", "slack", "apprise"])
def test_a_letter_says_in_which_language_it_is_and_where_to_do_it(channel: str, cast: Any) -> None:
    tip = make_tip("Lies gegen", languages=("de",), link="https://chat.example.com/")
    with translation.override("en"):
        sent = channels.preview(channel, tip_letter(tip, why="You asked."), cast.emma)
    said = json.dumps(sent, ensure_ascii=False)
    for words in ("in German", "Do it now", "https://chat.example.com/"):
        assert words in said
    with translation.override("de"):
        letter = tip_letter(tip, why="Du hast darum gebeten.")
    assert (letter.language, letter.note) == ("de", "")
    if channel == "mail":
        assert '<h1 lang="de">Lies gegen</h1>' in sent["html"]
    if channel == "teams":
        assert sent["card"]["lang"] == "de"


def test_a_tip_in_the_other_language_is_marked_in_the_library_and_on_today(sign_in: Any, cast: Any) -> None:
    User.objects.filter(pk=cast.emma.pk).update(language="en")
    make_tip("Lies gegen", languages=("de",))
    client = sign_in(cast.emma)
    for path in ("/", "/tips/"):
        assert "· in German" in client.get(path, headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.usefixtures("_tips")
def test_who_had_the_tip_on_today_is_not_sent_another(cast: Any) -> None:
    ask_for(cast.emma)
    actions.see(user=cast.emma, card=cards.card_for(cast.emma, MONDAY), now=MONDAY)
    assert planner.plan(MONDAY) == 0


@pytest.mark.usefixtures("_tips")
def test_a_tip_in_the_inbox_is_a_notice_with_its_title(cast: Any) -> None:
    set_preferences(user=cast.emma, changes={"tips_in_inbox": True})
    run(MONDAY)
    notice = Notice.objects.get(user=cast.emma)
    tip = Nudge.objects.get(user=cast.emma).tip
    assert tip.text.title in notice.text
    assert notice.path == f"/tips/{tip.pk}/"
    assert mail.outbox == []


@pytest.mark.parametrize("change", ["retired", "aside", "seen"])
@pytest.mark.usefixtures("_tips")
def test_what_changed_after_queueing_wins(change: str, cast: Any) -> None:
    ask_for(cast.emma)
    planner.plan(MONDAY)
    tip = Tip.objects.get(pk=Delivery.objects.get().facts["tip"])
    if change == "retired":
        Tip.objects.filter(pk=tip.pk).update(is_active=False)
    elif change == "aside":
        Dismissal.objects.create(user=cast.emma, tip=tip)
    else:
        actions.see(user=cast.emma, card=cards.library_card(cast.emma, tip, MONDAY), now=MONDAY)
    delivering.deliver(Delivery.objects.get().pk, MONDAY)
    assert mail.outbox == []
    assert Delivery.objects.get().reason == "outdated"


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_queue_one_message() -> None:
    for _number in range(5):
        make_tip()
    people = [make_user("Nora") for _number in range(12)]
    for person in people:
        ask_for(person)

    def work(_number: int) -> None:
        try:
            planner.plan(MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    assert Delivery.objects.count() == len(people)


@pytest.mark.usefixtures("_tips")
def test_planning_asks_the_database_as_often_for_many_as_for_few(
    cast: Any, django_assert_max_num_queries: Any
) -> None:
    for person in [make_user("Nora") for _number in range(40)]:
        ask_for(person)
    with django_assert_max_num_queries(10):
        assert planner.plan(MONDAY) == 40
