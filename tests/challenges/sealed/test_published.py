"""What a revealed bet says stays right: after a claim is taken back, with two entries on one process, in words."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models.signals import post_init

from challenges.contests.facts import eliminations_revealed_between
from challenges.contests.freed import without_overlaps
from challenges.contests.models import Challenge, Claim, PublishedClaim, PublishedFreed, PublishedStanding
from challenges.processes.models import Step
from challenges.sealed import control, deciding, show
from challenges.sealed.revealing import reveal
from hub.audit.models import AuditEntry
from hub.people.models import User
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,), control_weeks=0)


@pytest.fixture
def controller() -> User:
    return make_user("Conny", roles=("controller",))


def verified(
    entry: Any, referee: User, position: int = 0, *, controller: User | None = None, **fields: Any
) -> Any:
    claim = deciding.decide(claim=make_claim(entry, position, **fields), referee=referee, is_confirmed=True)
    if controller:
        minutes = claim.claimed_minutes
        deciding.decide_hours(claim=claim, controller=controller, saved_minutes=minutes)
    return claim


def test_executed_steps_follow_what_is_taken_back(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    for position in range(2):
        verified(entry, cast.ruth, position)
    reveal(challenge=close(bet), referee=cast.ruth)
    standing = PublishedStanding.objects.get()
    assert (standing.executed_before, standing.executed_after) == (4, 2)
    control.settle(
        claim=PublishedClaim.objects.first(), referee=cast.ruth, holds=False, reason="Er ist wieder da"
    )
    standing.refresh_from_db()
    assert (standing.executed_before, standing.executed_after) == (4, 3)


def test_a_step_of_a_process_that_two_stand_on_is_freed_once(
    cast: SimpleNamespace, bet: Challenge, controller: User
) -> None:
    process = make_process(cast.carl, cases_per_week=60, title="Auftrag")
    alike = make_process(cast.hanna, cases_per_week=60, title="Auftrag")
    minutes = {"before_minutes": 20, "after_minutes": 2}
    for who in (cast.carl, cast.bertha):
        verified(make_entry(bet, who, process), cast.ruth, controller=controller, **minutes)
    verified(make_entry(bet, cast.hanna, alike), cast.ruth, controller=controller, **minutes)
    hours = 18 * 48  # minutes a case, sixty cases a week
    started = show.start(challenge=close(bet), referee=cast.ruth)
    (shown,) = [step for step in started.steps if step["kind"] == "freed"]
    assert [(row["process"], row["mid"]) for row in shown["rows"]] == [("Auftrag", hours)] * 2
    reveal(challenge=bet, referee=cast.ruth)
    assert sorted(PublishedFreed.objects.values_list("process", "mid")) == sorted(
        [(process.pk, hours), (alike.pk, hours)]
    )
    own = PublishedClaim.objects.get(entry__contestant=cast.carl)
    control.settle(claim=own, referee=cast.ruth, holds=False, reason="Er ist wieder da")
    assert PublishedFreed.objects.get(process=process).mid == hours, "the other one still freed it"
    others = PublishedClaim.objects.get(entry__contestant=cast.bertha)
    control.settle(claim=others, referee=cast.ruth, holds=False, reason="Auch er")
    assert not PublishedFreed.objects.filter(process=process).exists()


def test_of_claims_that_name_the_same_step_the_larger_one_stays() -> None:
    def claim(pk: int, confirmed: float | None, claimed: float, *steps: str) -> Any:
        return SimpleNamespace(
            pk=pk, saved_minutes=confirmed, most_minutes=max(claimed or 0, confirmed or 0), steps=steps
        )

    small, large = claim(1, 5, 5, "a"), claim(2, 9, 9, "a", "b")
    open_one, apart = claim(3, None, 30, "b"), claim(4, None, 3, "c")
    kept = without_overlaps([small, large, open_one, apart])
    assert [one.pk for one in kept] == [2, 4]
    assert without_overlaps([]) == []


def test_what_became_of_a_step_is_said_in_words(cast: SimpleNamespace, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.carl, steps=6))
    steps = list(entry.process.steps.all())
    verified(entry, cast.ruth, 0)
    verified(entry, cast.ruth, change="moved", steps=[steps[1]])
    verified(entry, cast.ruth, change="merged", steps=steps[2:5])
    found = reveal(challenge=close(bet), referee=cast.ruth)
    page = sign_in(cast.otto).get(f"/challenges/{bet.pk}/standings/").content.decode()
    assert page.count("<s>") == 1
    assert page.count(">zusammengelegt<") == 3
    assert page.count(">verschoben<") == 1
    counted = eliminations_revealed_between(found.revealed_at, found.revealed_at.replace(year=2100))
    assert counted == {cast.carl.pk: 1 + 0 + 2}


def test_the_page_of_an_entry_hides_the_times_that_the_process_hides(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge
) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.carl, performers=1))
    Step.objects.filter(process=entry.process).update(touch_minutes=37)
    address = f"/challenges/entries/{entry.pk}/"
    assert "37" in sign_in(cast.carl).get(address).content.decode()
    assert "37 min" not in sign_in(cast.bertha).get(address).content.decode().replace("\u00a0", " ")
    assert "37\u00a0Min" not in sign_in(cast.bertha).get(address).content.decode()


def test_ones_own_tally_says_executed_steps_and_hours_beside_the_net_count(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, controller: User
) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.carl, cases_per_week=60))
    verified(entry, cast.ruth, controller=controller, before_minutes=20, after_minutes=2)
    page = sign_in(cast.carl).get(f"/challenges/{bet.pk}/").content.decode().replace("\u202f", ".")
    assert "Ausgeführte Schritte je Fall: 4,0 → 3,0" in page
    assert f"{18 * 44} / {18 * 48} / {18 * 52}" in page


def test_the_referees_standing_says_it_too(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, controller: User
) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.carl, cases_per_week=60))
    verified(entry, cast.ruth, controller=controller, before_minutes=20, after_minutes=2)
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/").content.decode()
    standing = page.split('id="standing"')[1]
    assert "4,0 → 3,0" in standing
    assert f"{18 * 44} / {18 * 48} / {18 * 52}" in standing


def test_each_claim_that_held_is_in_the_audit(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    for position in range(2):
        verified(entry, cast.ruth, position)
    reveal(challenge=close(bet), referee=cast.ruth)
    control.make_final(challenge=bet, referee=cast.ruth)
    assert AuditEntry.objects.filter(action="claim.held").count() == 2


def test_hours_decided_after_the_reveal_read_no_claim_of_other_contestants(
    cast: SimpleNamespace, bet: Challenge, controller: User
) -> None:
    """What it costs does not grow with the bet."""
    entry = make_entry(bet, cast.carl, make_process(cast.carl, cases_per_week=10))
    own = verified(entry, cast.ruth, controller=controller, before_minutes=30, after_minutes=0)
    for _other in range(5):
        user = make_user()
        other = make_entry(bet, user, make_process(user, cases_per_week=10))
        verified(other, cast.ruth, controller=controller, before_minutes=20, after_minutes=0)
    reveal(challenge=close(bet), referee=cast.ruth)
    read: set[object] = set()

    def note(instance: Claim, **_more: object) -> None:
        read.add(instance.entry_id)

    post_init.connect(note, sender=Claim)
    try:
        deciding.decide_hours(claim=own, controller=controller, saved_minutes=12)
    finally:
        post_init.disconnect(note, sender=Claim)
    assert read == {entry.pk}
    assert sorted(row.confirmed_minutes for row in PublishedFreed.objects.all()) == [12, 20, 20, 20, 20, 20]
