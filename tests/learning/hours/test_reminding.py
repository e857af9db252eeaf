"""Reminders of the hour and of cards: asked for, once, in time, and within the one cap over everything that is sent."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection

from hub.notices import delivering, reminding
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery, Destination, Notice, Preference
from hub.notices.vocabulary import Channel
from hub.nudges import planner
from hub.people.models import User
from learning.hours import away, posting
from learning.hours.models import Attendance, Rsvp, StudySession
from learning.notebooks import aid_actions, reviewing
from learning.notebooks.models import CardState
from tests.factories import make_notebook, make_session, make_source, make_team, make_tip, make_user
from tests.learning.notebooks.study import RULES, hand_made

# 9:00 in Berlin; the hour is on Thursday at 15:00.
MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 14, tzinfo=UTC)
BEFORE = THURSDAY - timedelta(minutes=30)
LINE = next(line for line in RULES.splitlines() if line.endswith("."))


@pytest.fixture(autouse=True)
def clock(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def session(cast: Any) -> StudySession:
    return make_session(cast.farid, starts_at=THURSDAY, title="Protokolle", place="Raum 4")


def ask_for(user: User, *names: str, **changes: Any) -> None:
    names = names or ("remind_of_hours",)
    set_preferences(user=user, changes={**dict.fromkeys(names, True), **changes})


def run(clock: time_machine.Traveller, until: datetime, *, tips: bool = False) -> None:
    """Every ten minutes, as the site does."""
    now = datetime.now(UTC)
    while now <= until:
        clock.move_to(now)
        reminding.plan(now)
        if tips:
            planner.plan(now)
        for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
            delivering.deliver(pk, now)
        now += timedelta(minutes=10)


def learn(user: User, due_at: datetime, *, rhythm: str = "daily") -> None:
    owner = make_user("Farid")
    notebook = make_notebook(owner, audience="company")
    make_source(notebook, text=RULES, title="Regeln")
    aid = hand_made(notebook, "cards", [{"kind": "card", "heading": "Urlaub?", "body": LINE, "says": LINE}])
    aid_actions.release(aid=aid, by=owner)
    reviewing.take_up(aid=aid, learner=user)
    reviewing.change_rhythm(learner=user, rhythm=rhythm, new_at_once=3)
    reviewing.review(learner=user, item=aid.items.get(), rating=3)
    CardState.objects.filter(learner=user).update(due_at=due_at)


@pytest.mark.usefixtures("session")
def test_who_asked_is_reminded_half_an_hour_before_once_and_told_why(cast: Any, clock: Any) -> None:
    ask_for(cast.emma)
    clock.move_to(BEFORE - timedelta(minutes=30))
    run(clock, BEFORE - timedelta(minutes=10))
    assert mail.outbox == []
    run(clock, THURSDAY + timedelta(hours=2))
    [message] = mail.outbox
    assert message.to == [f"Emma Lindner <{cast.emma.email}>"]
    assert message.subject == "DEAL-Stunde um 15:00: Protokolle"
    assert "Raum 4" in message.body
    assert "Du wolltest 30 Minuten vor deiner DEAL-Stunde erinnert werden." in message.body
    assert Delivery.objects.get().settled_at == BEFORE


@pytest.mark.parametrize(
    "why",
    ["cancelled", "moved", "holiday", "away", "declined", "elsewhere", "paused", "quiet", "off", "no_cap"],
)
def test_nobody_is_reminded_of_what_is_not_for_them(
    why: str, cast: Any, clock: Any, session: StudySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each becomes so only after the reminder was queued."""
    ask_for(cast.emma)
    clock.move_to(BEFORE - timedelta(hours=1))
    reminding.plan(datetime.now(UTC))
    assert Delivery.objects.count() == 1
    rows = StudySession.objects.filter(pk=session.pk)
    match why:
        case "cancelled":
            rows.update(status="cancelled")
        case "moved":
            rows.update(starts_at=THURSDAY + timedelta(days=3), ends_at=THURSDAY + timedelta(days=3, hours=1))
        case "holiday":
            monkeypatch.setattr("learning.hours.reminding.feast_of", lambda user, day: "Feiertag")
        case "away":
            away.declare(user=cast.emma, monday=MONDAY.date())
        case "declined":
            Rsvp.objects.create(session=session, user=cast.emma, reply="no")
        case "elsewhere":
            rows.update(team=make_team("Anderswo"))
        case "paused":
            set_preferences(user=cast.emma, changes={"paused_until": THURSDAY.date()})
        case "quiet":
            set_preferences(user=cast.emma, changes={"quiet_from": "14:00"})
        case "off":
            set_preferences(user=cast.emma, changes={"remind_of_hours": False})
        case "no_cap":
            set_preferences(user=cast.emma, changes={"weekly_cap": 0})
    for pk in Delivery.objects.values_list("pk", flat=True):
        clock.move_to(BEFORE)
        delivering.deliver(pk, BEFORE)
    clock.move_to(BEFORE + timedelta(minutes=10))
    run(clock, THURSDAY + timedelta(hours=2))
    assert mail.outbox == []


def test_a_moved_hour_is_reminded_of_at_its_new_time(cast: Any, clock: Any, session: StudySession) -> None:
    ask_for(cast.emma)
    run(clock, MONDAY)
    later = timedelta(hours=1)
    StudySession.objects.update(starts_at=THURSDAY + later, ends_at=THURSDAY + 2 * later)
    run(clock, MONDAY + timedelta(minutes=20))
    row = Delivery.objects.get()
    assert (row.state, row.not_before) == ("waiting", BEFORE + later)


@pytest.mark.usefixtures("session")
def test_saving_preferences_hurries_no_reminder(cast: Any, clock: Any) -> None:
    ask_for(cast.emma)
    run(clock, MONDAY)
    set_preferences(user=cast.emma, changes={"weekly_cap": 3})
    run(clock, MONDAY + timedelta(minutes=10))
    assert mail.outbox == []
    assert Delivery.objects.get().not_before == BEFORE


@pytest.mark.usefixtures("session")
def test_the_cap_is_one_for_tips_and_reminders_and_the_hour_comes_first(cast: Any, clock: Any) -> None:
    for _number in range(5):
        make_tip()
    ask_for(cast.emma, "remind_of_hours", "tips_by_mail", weekly_cap=1)
    clock.move_to(MONDAY)
    now = MONDAY
    while now < THURSDAY:
        clock.move_to(now)
        run(clock, now, tips=True)
        now += timedelta(hours=1)
    run(clock, BEFORE, tips=True)
    assert [message.subject for message in mail.outbox] == ["DEAL-Stunde um 15:00: Protokolle"]


def test_cards_are_said_once_a_day_at_the_chosen_time_and_only_while_they_are_due(
    cast: Any, clock: Any
) -> None:
    learn(cast.emma, MONDAY + timedelta(days=1))
    ask_for(cast.emma, "remind_of_cards", cards_at="11:30", weekly_cap=7)
    clock.move_to(MONDAY + timedelta(hours=1))
    run(clock, MONDAY + timedelta(hours=8))
    assert mail.outbox == []
    clock.move_to(MONDAY + timedelta(days=1))
    run(clock, MONDAY + timedelta(days=1, hours=8))
    assert [message.subject for message in mail.outbox] == ["1 Karte ist fällig"]
    assert Delivery.objects.get().settled_at == datetime(2026, 11, 17, 10, 30, tzinfo=UTC)
    clock.move_to(MONDAY + timedelta(days=2))
    reviewing.review(learner=cast.emma, item=CardState.objects.get().item, rating=4)
    run(clock, MONDAY + timedelta(days=2, hours=8))
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("also", [(), ("remind_of_hours",)])
def test_cards_of_the_hour_come_before_it_and_with_its_reminder(
    also: tuple[str, ...], cast: Any, clock: Any
) -> None:
    learn(cast.emma, THURSDAY, rhythm="hour")
    ask_for(cast.emma, "remind_of_cards", *also, weekly_cap=7)
    clock.move_to(THURSDAY - timedelta(hours=6))
    run(clock, THURSDAY + timedelta(hours=2))
    [message] = mail.outbox
    if also:
        assert message.subject == "DEAL-Stunde um 15:00: Protokolle"
        assert "1 deiner Karten ist fällig" in message.body
    else:
        assert message.subject == "1 Karte ist in deiner DEAL-Stunde um 15:00 fällig"


@pytest.mark.usefixtures("session")
def test_where_others_read_along_nothing_is_said_of_cards(cast: Any, clock: Any) -> None:
    learn(cast.emma, THURSDAY, rhythm="hour")
    ask_for(cast.emma, "remind_of_hours", "remind_of_cards")
    Destination.objects.create(user=cast.emma, channel="teams", host="x.example", secret="x")
    clock.move_to(BEFORE)
    reminding.plan(BEFORE - timedelta(minutes=1))
    row = Delivery.objects.get()
    assert row.channel == "teams"
    assert "Karte" not in " ".join(reminding.REMINDERS.write(row, BEFORE).paragraphs)
    of = Preference.of(cast.emma)
    assert (of.reminder_channels(in_private=False), of.reminder_channels(in_private=True)) == (
        ["teams"],
        [Channel.MAIL],
    )


def test_ignored_reminders_are_halved_then_stopped_and_an_hour_attended_begins_them_anew(
    cast: Any, clock: Any
) -> None:
    sessions = [make_session(cast.farid, starts_at=THURSDAY + timedelta(weeks=week)) for week in range(14)]
    ask_for(cast.emma)
    reminded = []
    for week in range(14):
        before = len(mail.outbox)
        clock.move_to(BEFORE + timedelta(weeks=week, minutes=-10))
        run(clock, BEFORE + timedelta(weeks=week))
        if len(mail.outbox) > before:
            reminded.append(week)
    assert reminded == [0, 1, 2, 4, 6, 8]
    assert Notice.objects.filter(user=cast.emma, kind="reminders_stopped").count() == 1
    Attendance.objects.create(session=sessions[-1], user=cast.emma)
    posting.post(sessions[-1].pk)
    assert Preference.of(cast.emma).unanswered_reminders == 0


@pytest.mark.django_db(transaction=True)
def test_several_schedulers_at_once_and_a_killed_worker_send_it_once(cast: Any, clock: Any) -> None:
    make_session(cast.farid, starts_at=THURSDAY)
    people = [cast.emma, *(make_user("Nora", team=cast.emma.team) for _number in range(4))]
    for person in people:
        ask_for(person)
    clock.move_to(BEFORE - timedelta(minutes=10))

    def work(_number: int) -> None:
        try:
            reminding.plan(datetime.now(UTC))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(6)))
    assert Delivery.objects.count() == len(people)
    # One worker died after the server had taken the first.
    handed_over = Delivery.objects.get(user=cast.emma)
    Delivery.objects.filter(pk=handed_over.pk).update(sending_at=BEFORE, handed_at=BEFORE, attempts=1)
    run(clock, BEFORE + timedelta(minutes=10))
    assert len(mail.outbox) == len(people) - 1
    handed_over.refresh_from_db()
    assert (handed_over.state, handed_over.settled_at) == ("sent", BEFORE)


def test_planning_asks_the_database_as_often_for_many_as_for_few(
    cast: Any, session: StudySession, django_assert_max_num_queries: Any
) -> None:
    for person in [make_user("Nora", team=cast.emma.team) for _number in range(40)]:
        ask_for(person, "remind_of_hours", "remind_of_cards")
    with django_assert_max_num_queries(13):
        assert reminding.plan(MONDAY) == 40
