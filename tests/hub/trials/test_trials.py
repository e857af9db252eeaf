"""Trials: chance divides people before anything else, whoever is held out gets no tip, only counts are left."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.audit.models import AuditEntry
from hub.embeds.rules import rule_file
from hub.embeds.showing import may_show
from hub.notices import delivering
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery
from hub.nudges import actions as nudges
from hub.nudges import cards, planner
from hub.nudges.ids import nudge_id
from hub.nudges.models import Nudge, Tip, local_day
from hub.people.models import User
from hub.refusals import Refusal
from hub.trials import actions
from hub.trials.counting import may_be_shown
from hub.trials.models import Arm, Trial, TrialAssignment, TrialCount
from hub.trials.results import Result
from tests.factories import make_tip, make_trial, make_user

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
LATER = MONDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)


@pytest.fixture
def farid(cast: Any) -> User:
    return cast.farid


def running(by: User, tip: Tip | None = None, design: str = "waiting_list", weeks: int = 4) -> Trial:
    return actions.start(trial=make_trial(tip, design=design, weeks=weeks), by=by, now=MONDAY)


def members(trial: Trial, arm: str) -> list[User]:
    return list(
        User.objects.filter(trial_assignments__trial=trial, trial_assignments__arm=arm).order_by("pk")
    )


def show(user: User, tip: Tip, at: datetime, *, source: str = "today", response: str = "") -> None:
    day = local_day(user, at)
    Nudge.objects.create(
        id=nudge_id(user.subject_key, tip.pk, day),
        user=user,
        tip=tip,
        shown_on=day,
        shown_at=at,
        source=source,
        response=response,
        responded_at=at + timedelta(hours=1) if response else None,
    )


# --- Who is in it --------------------------------------------------------------------------------


def test_everybody_who_is_active_is_in_one_group_and_whoever_joins_later_in_none(
    farid: User, people: list[User]
) -> None:
    User.objects.filter(pk=people[0].pk).update(status="left")
    trial = running(farid)
    late = make_user("Spät")
    assigned = set(trial.assignments.values_list("user_id", flat=True))
    assert assigned == set(User.objects.active().exclude(pk=late.pk).values_list("pk", flat=True))
    assert 15 < trial.assignments.filter(arm=Arm.HELD).count() < 55


def test_a_holdout_is_one_in_ten(farid: User, people: list[User]) -> None:
    for number in range(340):
        make_user(f"Mehr{number}", password=None)
    trial = running(farid, design="holdout")
    assert 12 <= trial.assignments.filter(arm=Arm.HELD).count() <= 80


def test_the_groups_do_not_depend_on_what_people_did_or_want(
    farid: User, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two worlds with the same chance: in one half of the people tried, put aside or switched tips off."""
    monkeypatch.setattr("hub.trials.actions.secrets.token_hex", lambda _size: "ab" * 32)
    tip = make_tip()
    first = running(farid, tip)
    before = dict(first.assignments.values_list("user_id", "arm"))
    actions.end(trial=first, by=farid, now=MONDAY)
    for number, person in enumerate(people[:30]):
        set_preferences(user=person, changes={"tips_on_today": number % 2 == 0, "tips_by_mail": True})
        card = cards.library_card(person, tip, MONDAY)
        nudges.respond(user=person, card=card, response=["tried", "not_for_me"][number % 2], now=MONDAY)
    assert dict(running(farid, tip).assignments.values_list("user_id", "arm")) == before


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_make_one_assignment() -> None:
    by = make_user("Farid", roles=("content_owner",))
    for number in range(60):
        make_user(f"Person{number}")
    trial = make_trial()

    def work(_number: int) -> None:
        try:
            actions.start(trial=Trial.objects.get(pk=trial.pk), by=by, now=MONDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    assert TrialAssignment.objects.count() == 61
    assert AuditEntry.objects.filter(action="trial.started").count() == 1


def test_a_tip_has_one_trial_at_a_time(farid: User, people: list[User]) -> None:
    tip = make_tip()
    other = make_trial(tip)
    running(farid, tip)
    with pytest.raises(Refusal, match="tip_has_a_trial"):
        actions.start(trial=other, by=farid, now=MONDAY)
    other.refresh_from_db()
    assert other.status == "draft"
    assert not other.assignments.exists()


def test_too_few_people_start_nothing(farid: User) -> None:
    trial = make_trial()
    with pytest.raises(Refusal, match="too_few_people"):
        actions.start(trial=trial, by=farid, now=MONDAY)
    trial.refresh_from_db()
    assert (trial.status, trial.salt, trial.assignments.count()) == ("draft", "", 0)
    assert not AuditEntry.objects.filter(action="trial.started").exists()


def test_a_retired_tip_has_no_trial(farid: User, people: list[User]) -> None:
    with pytest.raises(Refusal, match="tip_not_in_use"):
        running(farid, make_tip(is_active=False))


# --- What is held back ---------------------------------------------------------------------------


def test_whoever_is_held_out_does_not_get_the_tip_on_today(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    assert all(cards.card_for(person, LATER) is None for person in members(trial, Arm.HELD))
    assert all(cards.card_for(person, LATER).tip == tip for person in members(trial, Arm.GIVEN))


def test_whoever_is_held_out_gets_another_tip(farid: User, people: list[User]) -> None:
    tip, other = make_tip(), make_tip()
    trial = running(farid, tip)
    for person in members(trial, Arm.HELD):
        for days in range(28 // 2):
            assert cards.card_for(person, MONDAY + timedelta(days=days)).tip == other


def test_whoever_is_held_out_is_not_sent_the_tip(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    for person in people:
        set_preferences(user=person, changes={"tips_by_mail": True})
    planner.plan(LATER)
    given = {person.pk for person in people} & {person.pk for person in members(trial, Arm.GIVEN)}
    assert set(Delivery.objects.values_list("user_id", flat=True)) == given


def test_a_tip_that_waits_to_be_sent_when_the_trial_starts_is_not_sent(
    farid: User, people: list[User]
) -> None:
    tip = make_tip()
    for person in people:
        set_preferences(user=person, changes={"tips_by_mail": True})
    assert planner.plan(MONDAY) == len(people)
    trial = running(farid, tip)
    for delivery in Delivery.objects.all():
        delivering.deliver(delivery.pk, MONDAY)
    reached = {address for message in mail.outbox for address in message.to}
    assert reached == {
        f"{person.get_full_name()} <{person.email}>"
        for person in members(trial, Arm.GIVEN)
        if person in people
    }


def test_pages_of_ones_work_do_not_show_it_either(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    assert tip.pk in may_show(members(trial, Arm.HELD)[0], LATER).resting
    assert tip.pk not in may_show(members(trial, Arm.GIVEN)[0], LATER).resting


@time_machine.travel(LATER, tick=False)
def test_nor_does_a_browser_that_is_nobodys(farid: User, people: list[User]) -> None:
    pages = ["https://mail.example.com/"]
    running(farid, make_tip("Im Versuch", pages=pages))
    make_tip("Für alle", pages=pages)
    told = [tip["title"] for tip in rule_file("de", LATER.date())["tips"]]
    assert told == ["Für alle"]


def test_the_library_stays_open_and_what_one_asks_for_there_comes(
    farid: User, people: list[User], sign_in: Any
) -> None:
    tip = make_tip("Für alle da")
    trial = running(farid, tip)
    first, second = members(trial, Arm.HELD)[:2]
    client = sign_in(first)
    assert "Für alle da" in client.get("/tips/").content.decode()
    assert client.get(f"/tips/{tip.pk}/").status_code == 200
    client.post(f"/tips/{tip.pk}/answer/", {"response": "later"})
    assert cards.card_for(first, MONDAY + timedelta(days=4)).tip == tip
    assert cards.card_for(second, MONDAY + timedelta(days=4)) is None


def test_in_the_second_half_of_a_waiting_list_everybody_gets_it(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    held = members(trial, Arm.HELD)[0]
    assert cards.card_for(held, MONDAY + timedelta(days=13, hours=23)) is None
    assert cards.card_for(held, MONDAY + timedelta(days=14, hours=1)).tip == tip


def test_a_holdout_holds_to_the_end(farid: User, people: list[User], monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(340):
        make_user(f"Mehr{number}")
    tip = make_tip()
    trial = running(farid, tip, design="holdout")
    held = members(trial, Arm.HELD)[0]
    assert cards.card_for(held, MONDAY + timedelta(days=27)) is None
    actions.end_due(MONDAY + timedelta(days=28, minutes=1))
    assert cards.card_for(held, MONDAY + timedelta(days=28, minutes=2)).tip == tip


def test_holding_back_costs_the_planner_the_same_for_many_as_for_few(farid: User, people: list[User]) -> None:
    trial = running(farid, make_tip())
    set_preferences(user=members(trial, Arm.HELD)[0], changes={"tips_by_mail": True})
    planner.plan(LATER)
    with CaptureQueriesContext(connection) as few:
        planner.plan(LATER)
    for person in members(trial, Arm.HELD):
        set_preferences(user=person, changes={"tips_by_mail": True})
    with CaptureQueriesContext(connection) as many:
        planner.plan(LATER)
    assert len(many) == len(few)


# --- What is counted -----------------------------------------------------------------------------


def test_the_funnel_counts_by_what_people_were_assigned_to(farid: User, people: list[User]) -> None:
    tip, other = make_tip(), make_tip()
    trial = running(farid, tip)
    given, held = members(trial, Arm.GIVEN), members(trial, Arm.HELD)
    for person in given[:5]:
        show(person, tip, LATER, source="mail")
    for person in given[5:10]:
        show(person, tip, LATER, response="tried")
        show(person, tip, LATER + timedelta(days=1), source="library", response="tried")
    show(given[10], tip, LATER, source="library", response="tried")
    show(given[11], tip, MONDAY - timedelta(days=1), response="tried")
    show(given[12], tip, MONDAY + timedelta(days=15), response="tried")
    show(given[13], other, LATER, response="tried")
    for person in held[:3]:
        show(person, tip, LATER, source="library", response="tried")
    slow = given[14]
    show(slow, tip, LATER)
    Nudge.objects.filter(user=slow).update(
        response="tried", responded_at=LATER + timedelta(days=7, minutes=1)
    )
    # Said to be still in use; of what was tried too late or was another tip it does not count.
    for person, word in zip(
        [*given[5:9], slow, given[13]], ["yes", "yes", "yes", "no", "yes", "yes"], strict=True
    ):
        Nudge.objects.filter(user=person).update(kept=word)

    actions.end(trial=trial, by=None, now=MONDAY + timedelta(days=28))
    counts = {row.arm: row for row in TrialCount.objects.filter(trial=trial)}
    found = counts[Arm.GIVEN]
    assert (found.people, found.delivered, found.seen, found.tried) == (len(given), 11, 6, 6)
    assert found.kept == 3
    found = counts[Arm.HELD]
    assert (found.people, found.delivered, found.tried) == (len(held), 2, 3)


def test_a_clear_effect_is_called_one(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    for person in members(trial, Arm.GIVEN)[:18]:
        show(person, tip, LATER, response="tried")
    ended = actions.end(trial=trial, by=None, now=MONDAY + timedelta(days=28))
    result = Result(ended)
    assert result.verdict == "works"
    assert result.points["low"] > 0
    assert result.lines[2].held == "höchstens 2"


def test_without_a_difference_nothing_is_claimed(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    for arm in Arm:
        for person in members(trial, arm)[:4]:
            show(person, tip, LATER, source="library", response="tried")
    assert Result(actions.end(trial=trial, by=farid, now=LATER + timedelta(days=1))).verdict == "too_few"


def test_of_a_group_that_shrank_below_the_smallest_nothing_is_kept(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    for person in members(trial, Arm.GIVEN)[:8]:
        show(person, tip, LATER, response="tried")
    for person in members(trial, Arm.HELD)[9:]:
        person.trial_assignments.all().delete()
    ended = actions.end(trial=trial, by=None, now=MONDAY + timedelta(days=28))
    assert not TrialCount.objects.exists()
    assert not Result(ended).is_shown


def test_the_gate_wants_ten_in_each_group_and_twenty_five_together() -> None:
    def groups(given: int, held: int) -> dict[str, frozenset[int]]:
        return {"given": frozenset(range(given)), "held": frozenset(range(1000, 1000 + held))}

    assert may_be_shown(groups(15, 10))
    assert not may_be_shown(groups(100, 9))
    assert not may_be_shown(groups(12, 12))


def test_when_it_is_over_nobody_can_tell_who_was_where(farid: User, people: list[User]) -> None:
    trial = running(farid)
    assert trial.salt
    assert actions.end_due(MONDAY + timedelta(days=27)) == 0
    assert actions.end_due(MONDAY + timedelta(days=28)) == 1
    assert actions.end_due(MONDAY + timedelta(days=28)) == 0
    trial.refresh_from_db()
    assert (trial.status, trial.salt, trial.assignments.count()) == ("ended", "", 0)


def test_who_is_erased_is_in_no_trial_and_no_count(farid: User, people: list[User]) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    gone = members(trial, Arm.GIVEN)[0]
    show(gone, tip, LATER, response="tried")
    before = trial.assignments.filter(arm=Arm.GIVEN).count()
    key = gone.pk
    gone.delete()
    assert not TrialAssignment.objects.filter(user_id=key).exists()
    actions.end(trial=trial, by=None, now=MONDAY + timedelta(days=28))
    assert TrialCount.objects.get(trial=trial, arm=Arm.GIVEN).people == before - 1


def test_start_and_end_stand_in_the_audit(farid: User, people: list[User]) -> None:
    trial = running(farid)
    actions.start(trial=trial, by=farid, now=LATER)
    actions.end(trial=trial, by=farid, now=LATER)
    actions.end(trial=trial, by=farid, now=LATER)
    acts = AuditEntry.objects.filter(object_type="trial").order_by("pk")
    assert [(act.action, act.actor_key) for act in acts] == [
        ("trial.started", farid.subject_key),
        ("trial.ended", farid.subject_key),
    ]
    assert acts[0].facts["people"] == trial.assignments.count() + User.objects.active().count()
    assert acts[1].facts["is_early"] is True


# --- Pages and API -------------------------------------------------------------------------------


def test_from_plan_to_result_on_the_pages(farid: User, people: list[User], sign_in: Any) -> None:
    tip = make_tip("Protokoll in zwei Minuten")
    client = sign_in(farid)
    assert "10 von 100" in client.get("/tips/trials/new/").content.decode()
    made = client.post("/tips/trials/new/", {"tip": tip.pk, "design": "waiting_list", "weeks": 4})
    trial = Trial.objects.get()
    assert made["Location"] == f"/tips/trials/{trial.pk}/"
    assert not trial.assignments.exists()
    client.post(f"/tips/trials/{trial.pk}/start/")
    for person in members(trial, Arm.GIVEN)[:18]:
        show(person, tip, MONDAY + timedelta(minutes=1), response="tried")
    trial.refresh_from_db()
    page = client.get(f"/tips/trials/{trial.pk}/").content.decode()
    assert "<table" not in page
    assert trial.salt not in page
    actions.end(trial=trial, by=None, now=MONDAY + timedelta(days=28))
    page = client.get(f"/tips/trials/{trial.pk}/").content.decode()
    assert "Der Tipp wirkt" in page
    assert "höchstens 2" in page
    assert "Protokoll in zwei Minuten" in client.get("/tips/trials/").content.decode()


def test_a_stranger_sees_and_does_nothing(people: list[User], sign_in: Any, cast: Any, api: Any) -> None:
    trial = make_trial()
    client = sign_in(cast.otto)
    for path in ("", "new/", f"{trial.pk}/"):
        assert client.get(f"/tips/trials/{path}").status_code == 403
    for act in ("start", "end", "discard"):
        assert client.post(f"/tips/trials/{trial.pk}/{act}/").status_code == 403
    assert api(cast.otto).get("/api/v1/trials/").status_code == 403
    assert api(cast.otto).get(f"/api/v1/trials/{trial.pk}/").status_code == 403
    trial.refresh_from_db()
    assert trial.status == "draft"


def test_the_works_council_reads_and_starts_nothing(people: list[User], sign_in: Any, cast: Any) -> None:
    trial = make_trial()
    client = sign_in(cast.walter)
    page = client.get(f"/tips/trials/{trial.pk}/")
    assert page.status_code == 200
    assert "/start/" not in page.content.decode()
    assert client.post(f"/tips/trials/{trial.pk}/start/").status_code == 403


def test_the_api_tells_figures_only_when_it_is_over(farid: User, people: list[User], api: Any) -> None:
    tip = make_tip()
    trial = running(farid, tip)
    for person in members(trial, Arm.GIVEN)[:18]:
        show(person, tip, LATER, response="tried")
    client = api(farid)
    body = client.get(f"/api/v1/trials/{trial.pk}/").json()
    assert (body["status"], body["result"], body["low_points"], body["counts"]) == ("running", None, None, [])
    actions.end(trial=trial, by=None, now=MONDAY + timedelta(days=28))
    [body] = client.get("/api/v1/trials/").json()["results"]
    assert body["result"] == "works"
    assert body["low_points"] > 0
    assert {row["arm"]: row["tried"] for row in body["counts"]} == {"given": 18, "held": 2}
    assert "salt" not in body
    assert client.post("/api/v1/trials/").status_code == 405


def test_a_draft_can_be_discarded_and_a_trial_cannot(farid: User, people: list[User]) -> None:
    actions.discard(trial=make_trial())
    assert not Trial.objects.exists()
    trial = running(farid)
    with pytest.raises(Refusal, match="has_started"):
        actions.discard(trial=trial)
    with pytest.raises(Refusal, match="not_started"):
        actions.end(trial=make_trial(), by=farid)
    actions.end(trial=trial, by=farid)
    with pytest.raises(Refusal, match="is_over"):
        actions.start(trial=trial, by=farid)


def test_a_form_that_names_no_tip_says_so(farid: User, sign_in: Any) -> None:
    answer = sign_in(farid).post("/tips/trials/new/", {"design": "all", "weeks": 5})
    assert answer.status_code == 422
    assert not Trial.objects.exists()
