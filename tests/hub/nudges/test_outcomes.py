"""Counts of groups behind the draw: made of showings, of no person, and read where a tip is chosen."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.notices.models import Preference
from hub.nudges import cards, outcomes, planner
from hub.nudges.actions import record_showing, respond, see, show_again
from hub.nudges.models import Nudge, Tip, TipOutcome
from tests.factories import make_tip, make_user

NOW = timezone.now()


def shown(tip: Tip, *, tried: bool, role: str = "", source: str = "today", at: datetime = NOW) -> Nudge:
    user = make_user()
    if role:
        Preference.objects.create(user=user, role=role)
    nudge = record_showing(user=user, tip=tip, day=at.date(), source=source, reason="new", now=at)
    if tried:
        Nudge.objects.filter(pk=nudge.pk).update(response="tried", responded_at=at)
    return nudge


def counts() -> dict[tuple[str, str], tuple[int, int]]:
    return {(row.role_group, row.channel): (row.shown, row.tried) for row in TipOutcome.objects.all()}


@pytest.mark.django_db
def test_what_groups_did_is_counted_by_role_and_channel() -> None:
    tip = make_tip()
    for tried in (True, False, False):
        shown(tip, tried=tried, role="sales")
    shown(tip, tried=True, source="mail")
    shown(tip, tried=True, at=NOW - timedelta(days=85))
    for _night in range(2):
        outcomes.tally(NOW)
        assert counts() == {("", "today"): (3, 1), ("", "mail"): (1, 1), ("sales", "today"): (3, 1)}


@pytest.mark.django_db
def test_what_was_put_aside_is_counted_apart_from_what_was_let_pass() -> None:
    tip = make_tip()
    for answer in ("tried", "not_for_me", "not_for_me", "", "later"):
        nudge = shown(tip, tried=False)
        if answer:
            Nudge.objects.filter(pk=nudge.pk).update(response=answer, responded_at=NOW)
    outcomes.tally(NOW)
    row = TipOutcome.objects.get()
    assert (row.shown, row.tried, row.put_aside) == (5, 1, 2)


@pytest.mark.django_db
def test_a_small_group_is_asked_through_everybody() -> None:
    good, bad = make_tip(), make_tip()
    TipOutcome.objects.create(tip=good, channel="today", shown=400, tried=300)
    TipOutcome.objects.create(tip=bad, channel="today", shown=400, tried=4)
    TipOutcome.objects.create(tip=bad, channel="today", role_group="it", shown=3, tried=3)
    TipOutcome.objects.create(tip=bad, channel="today", role_group="hr", shown=300, tried=290)
    ids, day = [good.pk, bad.pk], date(2026, 11, 30)
    picked = {
        role: outcomes.posterior_for(role, "today", day, ids).draw(ids, key=b"\xff" * 16)
        for role in ("it", "hr")
    }
    assert {role: draw.tip_id for role, draw in picked.items()} == {"it": good.pk, "hr": bad.pk}


@pytest.mark.django_db
def test_how_likely_a_tip_was_is_kept_with_its_showing(cast: Any) -> None:
    for _number in range(5):
        make_tip()
    card = cards.day_card(cast.emma, NOW)
    assert 0 < card.propensity < 1
    assert see(user=cast.emma, card=card, now=NOW).propensity == card.propensity
    Preference.objects.update_or_create(user=cast.otto, defaults={"tips_by_mail": True})
    monday = datetime(2026, 11, 16, 9, tzinfo=NOW.tzinfo)
    planner.plan(monday)
    facts = cast.otto.deliveries.get().facts
    assert 0 < facts["propensity"] < 1


@pytest.mark.django_db
def test_a_tip_that_is_new_takes_part_at_once(cast: Any) -> None:
    make_tip()
    cards.day_card(cast.emma, NOW)
    Tip.objects.update(is_active=False)
    fresh = make_tip()
    assert cards.day_card(cast.emma, NOW).tip == fresh


@pytest.mark.django_db
def test_the_card_that_today_showed_keeps_it_too(cast: Any, sign_in: Any) -> None:
    """The browser says which card it showed by its id alone."""
    for _number in range(5):
        make_tip()
    card = cards.day_card(cast.emma, timezone.now())
    assert sign_in(cast.emma).post(f"/nudges/{card.id}/seen/").status_code == 204
    assert Nudge.objects.get(pk=card.id).propensity == card.propensity


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["page", "api"])
def test_what_is_tried_on_a_later_day_is_credited_to_the_way_that_brought_it(
    way: str, cast: Any, sign_in: Any, api: Any
) -> None:
    tip = make_tip()
    for days, source in ((20, "today"), (2, "mail")):
        at = timezone.now() - timedelta(days=days)
        record_showing(user=cast.emma, tip=tip, day=at.date(), source=source, reason=source, now=at)
    if way == "page":
        sign_in(cast.emma).post(f"/tips/{tip.pk}/answer/", {"response": "tried"})
    else:
        own = cards.library_card(cast.emma, tip, timezone.now()).id
        said = api(cast.emma).post(f"/api/v1/nudges/{own}/respond/", {"response": "tried"}).json()
        assert said["response"] == "tried"
    outcomes.tally(timezone.now())
    assert counts() == {("", "today"): (1, 0), ("", "mail"): (1, 1)}
    card = cards.library_card(cast.emma, tip, timezone.now())
    respond(user=cast.emma, card=card, response="later")
    assert [*Nudge.objects.values_list("source", "response")] == [
        ("library", "later"),
        ("mail", "tried"),
        ("today", ""),
    ], "another word of a later day takes nothing from it"


@pytest.mark.django_db
@pytest.mark.parametrize("is_recalled", [False, True])
def test_what_nothing_brought_within_three_weeks_is_the_librarys(is_recalled: bool, cast: Any) -> None:
    tip, now = make_tip(), timezone.now()
    at = now - timedelta(days=2 if is_recalled else 22)
    record_showing(user=cast.emma, tip=tip, day=at.date(), source="mail", reason="mail", now=at)
    if is_recalled:
        show_again(user=cast.emma, tip=tip)
    respond(user=cast.emma, card=cards.library_card(cast.emma, tip, now), response="tried", now=now)
    assert Nudge.objects.get(response="tried").source == "library"


@pytest.mark.django_db
def test_taken_back_it_is_no_longer_credited(cast: Any) -> None:
    tip, now = make_tip(), timezone.now()
    at = now - timedelta(days=2)
    record_showing(user=cast.emma, tip=tip, day=at.date(), source="mail", reason="mail", now=at)
    card = cards.library_card(cast.emma, tip, now)
    respond(user=cast.emma, card=card, response="tried", now=now)
    respond(user=cast.emma, card=card, response="", now=now)
    assert [*Nudge.objects.values_list("source", "response")] == [("mail", "")]
