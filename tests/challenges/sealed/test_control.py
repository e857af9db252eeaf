"""After the reveal: what held is confirmed for good, what came back is taken back by entries of its own."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from challenges.contests.facts import eliminations_revealed_between
from challenges.contests.ledger import sums_of
from challenges.contests.models import Challenge, LedgerEntry, PublishedClaim, PublishedStanding
from challenges.contests.own_claims import tally_of
from challenges.sealed import control, deciding
from challenges.sealed.revealing import reveal
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.points.models import PointEntry
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user


@pytest.fixture
def bet(cast: Any) -> Challenge:
    """Revealed: Bertha 3, Carl 2."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,), control_weeks=4)
    for user, steps in ((cast.bertha, 3), (cast.carl, 2)):
        entry = make_entry(bet, user, make_process(user, steps=6))
        for position in range(steps):
            deciding.decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    return reveal(challenge=close(bet), referee=cast.ruth)


def settle(client: Any, claim: PublishedClaim, **data: str) -> int:
    values = {f"{claim.pk}-{name}" if name == "reason" else name: value for name, value in data.items()}
    return client.post(f"/challenges/published/{claim.pk}/settle/", values).status_code


def test_what_comes_back_is_taken_back_with_its_points(cast: Any, sign_in: Any, bet: Challenge) -> None:
    ruth = sign_in(cast.ruth)
    first, second = PublishedClaim.objects.filter(entry__contestant=cast.bertha)[:2]
    assert settle(sign_in(cast.farid), first, back="1", reason="x") == 403
    assert settle(ruth, first, back="1") == 422, "not without a reason"
    assert settle(ruth, first, holds="1") == 409, "the control period is not over"
    for claim in (first, second):
        assert settle(ruth, claim, back="1", reason="Wird wieder von Hand gemacht") == 302
    assert settle(ruth, first, back="1", reason="Noch einmal") == 302
    assert PointEntry.objects.of(cast.bertha).total() == 20
    assert PointEntry.objects.of(cast.bertha).count() == 5, "three entries and two that take back"
    assert Notice.objects.filter(user=cast.bertha, kind="claim_taken_back").count() == 2
    page = sign_in(cast.emma).get(f"/challenges/{bet.pk}/control/").content.decode()
    assert "Wird wieder von Hand gemacht" in page
    since = timezone.now() - timedelta(days=1)
    counted = eliminations_revealed_between(since, timezone.now() + timedelta(days=1))
    assert counted == {cast.bertha.pk: 1, cast.carl.pk: 2}


def test_the_result_becomes_final_after_the_control_period(cast: Any, sign_in: Any, bet: Challenge) -> None:
    ruth, url = sign_in(cast.ruth), f"/challenges/{bet.pk}/final/"
    for claim in PublishedClaim.objects.filter(entry__contestant=cast.bertha)[:2]:
        settle(ruth, claim, back="1", reason="Zurück")
    assert ruth.post(url).status_code == 409
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        ruth = sign_in(cast.ruth)
        held = PublishedClaim.objects.filter(entry__contestant=cast.carl).first()
        assert settle(ruth, held, holds="1") == 302
        for _time in range(2):
            assert ruth.post(url).status_code == 302
        bet.refresh_from_db()
        assert bet.phase() == "final"
        places = PublishedStanding.objects.order_by("final_rank").values_list(
            "entry__contestant__first_name", "final_rank", "final_net", "rank", "net"
        )
        assert list(places) == [("Carl", 1, 2, 2, 2), ("Bertha", 2, 1, 1, 3)]
        assert set(PublishedClaim.objects.values_list("outcome", flat=True)) == {"confirmed", "reversed"}
        assert AuditEntry.objects.filter(action="challenge.final").count() == 1
        page = sign_in(cast.emma).get(f"/challenges/{bet.pk}/").content.decode()
        assert page.index("Carl Brandt") < page.index("Bertha Ringer")
        assert settle(ruth, held, back="1", reason="Zu spät") == 409


def test_before_the_reveal_there_is_no_control_page(cast: Any, sign_in: Any) -> None:
    sealed = make_challenge(cast.farid, referees=(cast.ruth,))
    answer = sign_in(cast.emma).get(f"/challenges/{sealed.pk}/control/")
    assert answer["Location"] == f"/challenges/{sealed.pk}/"


def test_whoever_can_make_it_final_is_reminded_once_a_week(cast: Any, bet: Challenge) -> None:
    def told() -> list[int]:
        return list(
            Notice.objects.filter(kind="control_over").order_by("user").values_list("user", flat=True)
        )

    over = bet.revealed_at + timedelta(weeks=4, minutes=1)
    assert control.remind(over - timedelta(hours=1)) == 0
    assert control.remind(over) == control.remind(over + timedelta(days=6)) == 1
    assert told() == sorted([cast.farid.pk, cast.ruth.pk])
    control.remind(over + timedelta(days=7))
    assert len(told()) == 4
    control.make_final(challenge=bet, referee=cast.ruth, now=over)
    assert control.remind(over + timedelta(days=15)) == 0
    assert len(told()) == 4


# --- the public ledger ----------------------------------------------------------------------------
def test_what_held_and_what_came_back_stands_in_a_ledger_that_everybody_reads(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    ruth, emma = sign_in(cast.ruth), sign_in(cast.emma)
    url = f"/challenges/{bet.pk}/ledger/"
    assert not LedgerEntry.objects.exists()
    back, *_others = PublishedClaim.objects.filter(entry__contestant=cast.bertha)
    for _time in range(2):
        settle(ruth, back, back="1", reason="Kommt <b>wieder</b>")
    with time_machine.travel(timezone.now() + timedelta(weeks=4, hours=1)):
        ruth, emma = sign_in(cast.ruth), sign_in(cast.emma)
        held = PublishedClaim.objects.filter(entry__contestant=cast.carl).first()
        for _time in range(2):
            settle(ruth, held, holds="1")
        ruth.post(f"/challenges/{bet.pk}/final/")
        page = emma.get(url).content.decode()
        body = emma.get(f"/api/v1/challenges/{bet.pk}/ledger/").json()
    kinds = list(LedgerEntry.objects.order_by("pk").values_list("kind", "credit"))
    assert kinds == [("reversed", -1), *[("confirmed", 0)] * 4], (
        "one entry a claim, however often it is asked"
    )
    final = PublishedStanding.objects.aggregate(n=Sum("final_net"))["n"]
    assert sums_of(bet) == {"revealed": 5, "now": final, "open": 0, "confirmed": 4, "reversed": 1}
    assert "Kommt &lt;b&gt;wieder" in page
    assert page.count("state-done") == 4
    assert body["count"] == 5
    oldest = body["results"][-1]
    assert (oldest["claim"], oldest["kind"], oldest["credit"]) == (str(back.pk), "reversed", -1.0)
    assert oldest["who"] == "Bertha Ringer"
    assert len(oldest["steps"]) == 1


def test_a_claim_confirmed_too_soon_is_put_right_by_a_further_entry(cast: Any, bet: Challenge) -> None:
    claim = PublishedClaim.objects.filter(entry__contestant=cast.carl).first()
    later = timezone.now() + timedelta(weeks=5)
    control.settle(claim=claim, referee=cast.ruth, holds=True, now=later)
    control.settle(claim=claim, referee=cast.ruth, holds=False, reason="Doch nicht", now=later)
    assert list(LedgerEntry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "confirmed",
        "reversed",
    ]
    entry = LedgerEntry.objects.first()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE contests_ledgerentry SET credit = 7")


def test_a_sealed_bet_has_no_ledger(cast: Any, sign_in: Any) -> None:
    sealed = make_challenge(cast.farid, referees=(cast.ruth,))
    emma = sign_in(cast.emma)
    assert "beginnt mit der Enthüllung" in emma.get(f"/challenges/{sealed.pk}/ledger/").content.decode()
    assert emma.get(f"/api/v1/challenges/{sealed.pk}/ledger/").json()["results"] == []
    draft = make_challenge(cast.farid, referees=(cast.ruth,))
    Challenge.objects.filter(pk=draft.pk).update(status="draft")
    for url in (f"/challenges/{draft.pk}/ledger/", f"/api/v1/challenges/{draft.pk}/ledger/"):
        assert emma.get(url).status_code == 404


def test_a_page_of_the_ledger_costs_the_same_however_long_it_is(
    cast: Any, sign_in: Any, bet: Challenge, django_assert_max_num_queries: Any
) -> None:
    emma = sign_in(cast.emma)
    later = timezone.now() + timedelta(weeks=5)
    for claim in PublishedClaim.objects.all():
        control.settle(claim=claim, referee=cast.ruth, holds=True, now=later)
    emma.get(f"/challenges/{bet.pk}/ledger/")
    with django_assert_max_num_queries(12):
        emma.get(f"/challenges/{bet.pk}/ledger/")


def test_the_owner_sees_what_was_taken_back(cast: Any, sign_in: Any, bet: Challenge) -> None:
    claim = PublishedClaim.objects.filter(entry__contestant=cast.bertha).first()
    control.settle(claim=claim, referee=cast.ruth, holds=False, reason="Zurück")
    page = sign_in(cast.bertha).get(f"/challenges/{bet.pk}/").content.decode()
    assert page.count("zurückgenommen") >= 1
    assert page.count('data-mark="eliminated"') == 2
    assert tally_of(claim.entry).confirmed == 2


def test_hours_decided_after_the_reveal_stand_in_the_audit(cast: Any) -> None:
    controller = make_user(roles=("controller",))
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    claim = make_claim(make_entry(bet, cast.carl), before_minutes=20, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    reveal(challenge=close(bet), referee=cast.ruth)
    deciding.decide_hours(claim=claim, controller=controller, saved_minutes=10)
    assert AuditEntry.objects.filter(action="claim.hours_decided", object_id=str(claim.pk)).count() == 1
