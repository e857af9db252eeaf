"""Flashcards: FSRS by the library, days in the DEAL hour, undo, and a memory that is the learner's alone."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from fsrs import Card, Rating, Scheduler

from hub.people.moments import hours_after
from hub.refusals import Refusal
from learning.notebooks import actions, aid_actions, reviewing
from learning.notebooks.memory import Memory, reviewed, shown_at
from learning.notebooks.models import CardReview, CardState, Deck
from tests.factories import make_notebook, make_session, make_source
from tests.learning.notebooks.study import RULES, hand_made

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 3, 6, 9, 20, tzinfo=BERLIN)
SAYS = [line for line in RULES.splitlines() if line.endswith(".")]


@pytest.fixture
def aid(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook, text=RULES, title="Regeln")
    cards = [
        {"kind": "card", "heading": f"Frage {n}", "body": says, "says": says} for n, says in enumerate(SAYS)
    ]
    aid = hand_made(notebook, "cards", cards)
    return aid_actions.release(aid=aid, by=cast.farid)


@pytest.fixture
def daily(cast: SimpleNamespace, aid: Any) -> Any:
    reviewing.take_up(aid=aid, learner=cast.emma)
    reviewing.change_rhythm(learner=cast.emma, rhythm="daily", new_at_once=3)
    return cast.emma


@pytest.mark.parametrize("ratings", [(3, 3, 3, 3), (1, 3, 4), (4, 2, 1, 3), (2, 2)])
def test_the_memory_is_what_the_library_says(ratings: tuple[int, ...]) -> None:
    """Checked against the library used by itself, day after day."""
    plain, scheduler = Card(card_id=1), Scheduler(enable_fuzzing=False)
    memory, now = None, datetime(2026, 3, 2, 8, tzinfo=UTC)
    for rating in ratings:
        plain, _log = scheduler.review_card(plain, Rating(rating), now)
        memory = reviewed(memory, rating, now)
        assert (memory.state, memory.step) == (plain.state.value, plain.step)
        assert (memory.stability, memory.difficulty) == (plain.stability, plain.difficulty)
        assert memory.forgetting_at == plain.due
        now = plain.due + timedelta(hours=1)


def in_review(days: float, at: datetime) -> Memory:
    return Memory(2, None, days, 5.0, at + timedelta(days=days), at)


def test_in_the_hour_a_card_comes_in_the_first_hour_on_or_after_its_day() -> None:
    fridays = [datetime(2026, 3, day, 9, tzinfo=BERLIN) for day in (13, 20, 27)]

    assert shown_at(in_review(2, FRIDAY), fridays, BERLIN) == fridays[0]
    # Forgetting falls on Friday at 09:20, the hour begins at 09:00 of the same day.
    assert shown_at(in_review(7, FRIDAY), fridays, BERLIN) == fridays[0]
    assert shown_at(in_review(8, FRIDAY), fridays, BERLIN) == fridays[1]


def test_beyond_the_last_planned_hour_weeks_go_on_at_the_same_wall_time() -> None:
    """Across the clock change of 29 March 2026: still nine o'clock."""
    due = shown_at(in_review(30, FRIDAY), [datetime(2026, 3, 13, 9, tzinfo=BERLIN)], BERLIN)

    assert due.astimezone(BERLIN) == datetime(2026, 4, 10, 9, tzinfo=BERLIN)
    assert due.utcoffset() == timedelta(hours=2)


def test_without_an_hour_and_within_a_sitting_fsrs_alone_decides() -> None:
    memory = in_review(5, FRIDAY)
    assert shown_at(memory, [], BERLIN) == memory.forgetting_at
    learning = reviewed(None, 1, FRIDAY.astimezone(UTC))
    assert shown_at(learning, [FRIDAY + timedelta(days=7)], BERLIN) == learning.forgetting_at


def test_moments_know_a_persons_own_hours(cast: SimpleNamespace) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        now = datetime.now(UTC)
        make_session(cast.farid)
        make_session(cast.farid, starts_at=now + timedelta(days=7), team=cast.emma.team)

        assert len(hours_after(cast.emma, now)) == 2
        assert len(hours_after(cast.otto, now)) == 1


def test_three_weeks_of_an_hour_a_week(cast: SimpleNamespace, aid: Any) -> None:
    """New cards come in portions, what was known comes back later, what was not within the sitting."""
    emma, shown = cast.emma, []
    with time_machine.travel(FRIDAY - timedelta(minutes=25), tick=False) as clock:
        for week in range(5):
            make_session(cast.farid, starts_at=FRIDAY - timedelta(minutes=20) + timedelta(weeks=week))
        reviewing.take_up(aid=aid, learner=emma)
        reviewing.change_rhythm(learner=emma, rhythm="hour", new_at_once=4)
        for week in range(3):
            clock.move_to(FRIDAY + timedelta(weeks=week))
            count = 0
            while (queue := reviewing.queue_of(emma)).card is not None:
                rating = 1 if queue.seen == "new" and count == 0 else 3
                reviewing.review(learner=emma, item=queue.card, rating=rating, seen=queue.seen)
                clock.shift(timedelta(minutes=1))
                count += 1
                assert count < 60
            shown.append(count)
        begun = CardState.objects.filter(learner=emma)
        assert begun.count() == 12
        for state in begun:
            assert state.due_at.astimezone(BERLIN).weekday() == 4
            assert state.due_at > datetime.now(UTC)
    assert all(count >= 4 for count in shown)


def test_new_cards_are_bounded_a_day_and_due_ones_come_first(daily: Any, aid: Any) -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        assert (reviewing.queue_of(daily).due, reviewing.queue_of(daily).new) == (0, 3)
        for _n in range(3):
            queue = reviewing.queue_of(daily)
            reviewing.review(learner=daily, item=queue.card, rating=4, seen=queue.seen)
        assert reviewing.queue_of(daily).card is None

        clock.shift(timedelta(days=30))
        queue = reviewing.queue_of(daily)
        assert (queue.due, queue.new) == (3, 3)
        assert queue.seen != "new"


def test_a_double_click_counts_once(daily: Any, aid: Any) -> None:
    queue = reviewing.queue_of(daily)
    reviewing.review(learner=daily, item=queue.card, rating=3, seen=queue.seen)
    with pytest.raises(Refusal) as refused:
        reviewing.review(learner=daily, item=queue.card, rating=3, seen=queue.seen)

    assert refused.value.code == "answered"
    assert CardReview.objects.count() == 1


def test_undo_brings_back_exactly_what_was(daily: Any, aid: Any) -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        card = reviewing.queue_of(daily).card
        reviewing.review(learner=daily, item=card, rating=3)
        before = CardState.objects.values().get()
        clock.shift(timedelta(minutes=20))
        reviewing.review(learner=daily, item=card, rating=1)
        assert CardState.objects.values().get() != before

        assert reviewing.undo(learner=daily) == card.pk
        assert CardState.objects.values().get() == before
        reviewing.undo(learner=daily)
        assert not CardState.objects.exists()
        with pytest.raises(Refusal):
            reviewing.undo(learner=daily)


def test_changing_the_rhythm_moves_what_is_due(daily: Any, aid: Any, cast: SimpleNamespace) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        make_session(cast.farid, starts_at=FRIDAY + timedelta(weeks=1))
        reviewing.review(learner=daily, item=reviewing.queue_of(daily).card, rating=4)
        state = CardState.objects.get()
        assert state.due_at == state.forgetting_at

        reviewing.change_rhythm(learner=daily, rhythm="hour", new_at_once=3)
        state.refresh_from_db()
        assert state.due_at.astimezone(BERLIN).weekday() == 4
        assert state.due_at.astimezone(BERLIN).hour == 9


def test_a_withdrawn_passage_is_not_asked(daily: Any, aid: Any, cast: SimpleNamespace) -> None:
    reviewing.review(learner=daily, item=reviewing.queue_of(daily).card, rating=1)
    actions.remove(source=aid.notebook.sources.get(), user=cast.farid)

    assert reviewing.queue_of(daily).card is None
    with pytest.raises(Refusal):
        reviewing.review(learner=daily, item=aid.items.first(), rating=3)


def test_who_loses_the_notebook_loses_its_cards_and_keeps_the_memory(daily: Any, aid: Any) -> None:
    reviewing.review(learner=daily, item=reviewing.queue_of(daily).card, rating=3)
    aid.notebook.audience = "private"
    aid.notebook.save()

    assert reviewing.queue_of(daily).card is None
    assert CardState.objects.filter(learner=daily).count() == 1


def test_cards_are_due_across_midnight_of_the_learners_own_zone(aid: Any, cast: SimpleNamespace) -> None:
    ada = cast.ada
    ada.time_zone = "Pacific/Auckland"
    now = datetime(2026, 3, 6, 10, 30, tzinfo=UTC)
    assert reviewing.midnight_after(ada, now) == datetime(2026, 3, 7, 0, tzinfo=ZoneInfo("Pacific/Auckland"))


def test_nobody_else_sees_a_memory(
    daily: Any, aid: Any, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    emma = sign_in(daily)
    shown = emma.get("/review/")
    card = shown.context["card"]
    emma.post("/review/answer/", {"card": card.id, "rating": 3, "seen": shown.context["queue"].seen})
    assert CardReview.objects.filter(learner=daily).count() == 1

    for person in (cast.otto, cast.hanna, cast.farid, cast.ada):
        page = sign_in(person).get("/review/")
        assert page.context["queue"].card is None
        assert page.context["answered"] == 0
        assert api(person).get("/api/v1/cards/due/").json() == {
            "due": 0,
            "new": 0,
            "seen": "new",
            "card": None,
        }
        assert sign_in(person).post("/review/answer/", {"card": card.id, "rating": 3}).status_code == 404
        assert api(person).post(f"/api/v1/cards/{card.id}/review/", {"rating": 3}).status_code == 404
        assert sign_in(person).post("/review/undo/").status_code == 409


def test_the_review_page_works_without_javascript_and_by_htmx(daily: Any, aid: Any, sign_in: Any) -> None:
    emma = sign_in(daily)
    page = emma.get("/review/").content.decode()
    assert "Frage 0" in page

    card = reviewing.queue_of(daily).card
    answered = emma.post(
        "/review/answer/", {"card": card.pk, "rating": 3, "seen": "new"}, headers={"HX-Request": "true"}
    )
    assert answered.status_code == 200
    assert b"<html" not in answered.content
    assert "Frage 1" in answered.content.decode()
    assert emma.post("/review/undo/").status_code == 302
    assert emma.post("/review/answer/", {"card": "x", "rating": 3}).status_code == 404
    assert emma.post("/review/answer/", {"card": card.pk, "rating": "9"}).status_code == 422
    assert emma.post("/review/rhythm/", {"rhythm": "never", "new_at_once": 5}).status_code == 422
    assert emma.post("/review/rhythm/", {"rhythm": "hour", "new_at_once": "1000"}).status_code == 422


def test_taking_up_and_putting_down(aid: Any, cast: SimpleNamespace, sign_in: Any) -> None:
    emma, path = sign_in(cast.emma), f"/notebooks/{aid.notebook_id}/aids/{aid.pk}/deck/"
    for _again in range(2):
        assert emma.post(path).status_code == 302
    assert Deck.objects.filter(learner=cast.emma).count() == 1
    emma.post(path, {"learn": "no"})
    assert not Deck.objects.exists()


def test_the_queue_costs_the_same_with_many_cards(
    daily: Any, aid: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(7):
        reviewing.queue_of(daily)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_programs_review_cards(daily: Any, aid: Any, api: Any) -> None:
    program = api(daily)
    due = program.get("/api/v1/cards/due/").json()
    assert (due["due"], due["new"], due["seen"]) == (0, 3, "new")
    url = f"/api/v1/cards/{due['card']['id']}/review/"

    answered = program.post(url, {"rating": 3, "seen": due["seen"]})
    assert answered.status_code == 200
    assert program.post(url, {"rating": 3, "seen": "new"}).status_code == 409
    assert program.post(url, {"rating": 7}).status_code == 400
    assert program.post("/api/v1/cards/undo/").json() == {"card": due["card"]["id"]}
