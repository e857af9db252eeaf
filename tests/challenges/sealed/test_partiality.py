"""Nobody judges their own: whoever looked takes no part, lines count for whole teams, conflicts hold."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.contests import approving, claiming, entering
from challenges.contests.actions import change_challenge
from challenges.contests.models import Baseline, Challenge, Claim, Entry, PublishedClaim
from challenges.contests.own_claims import own_claims
from challenges.sealed import breaking, control, counting, deciding, partiality, sampling
from challenges.sealed.commitments import commit, own_leaves, root_of
from challenges.sealed.models import SecondLook
from challenges.sealed.revealing import reveal
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user


@pytest.fixture
def rosa(cast: SimpleNamespace) -> User:
    return make_user("Rosa", roles=("referee",))


@pytest.fixture
def bet(cast: SimpleNamespace, rosa: User) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth, rosa))


@pytest.fixture
def entry(cast: SimpleNamespace, bet: Challenge) -> Entry:
    return make_entry(bet, cast.carl, make_process(cast.carl, steps=30))


# --- whoever has looked ---------------------------------------------------------------------------
def break_seal(bet: Challenge, one: User, other: User) -> None:
    breaking.agree(seal_break=breaking.ask(challenge=bet, by=one, reason="Verdacht"), by=other)


def test_whoever_looked_behind_the_seal_takes_no_part(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, entry: Entry
) -> None:
    make_claim(entry, before_minutes=30, after_minutes=5, affects_jobs=True, jobs="Die Ablage")
    controller = make_user("Conny", roles=("controller",))
    deciding.decide(claim=own_claims(entry).get(), referee=cast.ruth, is_confirmed=True)
    break_seal(bet, cast.ada, cast.walter)
    assert sign_in(controller).get("/challenges/hours/").status_code == 200
    for person in (cast.ada, cast.walter, controller):
        process = make_process(person)
        answer = sign_in(person).post(f"/challenges/{bet.pk}/enter/", {"process": str(process.pk)})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "hinter das Siegel" in page or "behind the seal" in page
        program = api(person).post(f"/api/v1/challenges/{bet.pk}/entries/", {"process": str(process.pk)})
        assert program.status_code == 409
        for part in ("member", "assistant"):
            with pytest.raises(Refusal, match="has_looked"):
                entering.bring_along(entry=entry, user=person, part=part)
    other = make_challenge(cast.farid, referees=(cast.ruth,))
    assert make_entry(other, controller), "only in that bet"


def test_a_seal_that_was_broken_before_taking_part_is_closed_again(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    file = make_claim(entry)
    break_seal(bet, cast.ada, cast.walter)
    assert sign_in(cast.ada).get(f"/challenges/{bet.pk}/review/").status_code == 200
    Entry.objects.create(
        challenge=bet, contestant=cast.ada, process=make_process(cast.ada), baseline_steps=4
    )  # as one from before whoever looked was kept out
    assert sign_in(cast.ada).get(f"/challenges/{bet.pk}/review/").status_code == 403
    evidence = f"/challenges/claims/{file.pk}/compared/"
    assert sign_in(cast.ada).get(evidence).status_code in {403, 404}


# --- lines and owners -----------------------------------------------------------------------------
def test_a_referee_of_a_team_members_line_decides_nothing(
    cast: SimpleNamespace, bet: Challenge, entry: Entry
) -> None:
    member = make_user("Mara", team=cast.ruth.team)
    entering.bring_along(entry=entry, user=member, part="member")
    claim = make_claim(entry)
    with pytest.raises(Refusal, match="same_line"):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    Baseline.objects.filter(entry=entry).update(referee_approved_at=None)
    with pytest.raises(Refusal, match="same_line"):
        approving.approve_baseline(entry=entry, by=cast.ruth)


def test_the_page_of_claims_says_whose_line_it_is(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    entering.bring_along(entry=entry, user=make_user("Mara", team=cast.ruth.team), part="member")
    make_claim(entry)
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/").content.decode()
    assert "derselben Berichtslinie" in page


def test_a_referee_who_owns_the_process_approves_as_the_owner_alone(
    cast: SimpleNamespace, bet: Challenge, rosa: User
) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.ruth), is_approved=False)
    approving.tell_readiness(entry=entry, data_source="Auswertung", keeps_data=True, is_stable=True)
    for _twice in range(2):
        once = approving.approve_baseline(entry=entry, by=cast.ruth)
        assert (once.owner_approved_by, once.referee) == (cast.ruth, None)
    assert approving.approve_baseline(entry=entry, by=rosa).is_approved


def test_whoever_declared_a_conflict_approves_nothing(
    cast: SimpleNamespace, bet: Challenge, rosa: User
) -> None:
    entry = make_entry(bet, cast.carl, is_approved=False)
    approving.tell_readiness(entry=entry, data_source="Auswertung", keeps_data=True, is_stable=True)
    deciding.declare_conflict(entry=entry, referee=rosa)
    assert rosa not in approving.owners_side(Entry.objects.get(pk=entry.pk))
    with pytest.raises(Refusal, match="conflict"):
        approving.approve_baseline(entry=entry, by=rosa)
    with pytest.raises(Refusal, match="conflict"):
        approving.send_baseline_back(entry=entry, by=rosa, words="Nein")
    assert approving.approve_baseline(entry=entry, by=cast.ruth).referee == cast.ruth


def test_whoever_was_in_an_entry_neither_judges_it_nor_competes_with_it(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, rosa: User
) -> None:
    mara = make_user("Mara")
    entering.bring_along(entry=entry, user=mara, part="assistant")
    claim = make_claim(entry, author=mara)
    entering.send_away(partaking=entry.others.get())
    assert not entry.others.exists()
    with pytest.raises(Refusal, match="took_part"):
        entering.enter(challenge=bet, user=mara, process=make_process(mara))
    mara.role_grants.create(role="referee")
    for code, act in {
        "referee_competes": lambda: change_challenge(
            challenge=bet, by=cast.farid, referees=[cast.ruth, rosa, mara]
        ),
        "wrote_it": lambda: deciding.decide(claim=claim, referee=mara, is_confirmed=True),
    }.items():
        with pytest.raises(Refusal, match=code):
            act()
    assert entering.bring_along(entry=entry, user=mara, part="member").ended_at is None, "may come back"


def test_a_referee_who_wrote_a_claim_does_not_judge_it(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, rosa: User
) -> None:
    claim = make_claim(entry, author=rosa)  # with a part from before it was kept
    with pytest.raises(Refusal, match="wrote_it"):
        deciding.decide(claim=claim, referee=rosa, is_confirmed=True)
    assert "wirkst an dieser Teilnahme mit" in partiality.barred([own_claims(entry).get()], rosa)[claim.pk]


def test_whoever_approved_a_process_takes_no_part(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, rosa: User
) -> None:
    theirs = make_entry(bet, cast.bertha)
    Baseline.objects.filter(entry=entry).update(owner_approved_by=cast.farid)
    with pytest.raises(Refusal, match="approved_one"):
        entering.enter(challenge=bet, user=cast.farid, process=make_process(cast.farid))
    with pytest.raises(Refusal, match="approved_it"):
        entering.bring_along(entry=theirs, user=cast.farid, part="member")


@pytest.mark.parametrize("agrees", [True, False])
def test_two_referees_reach_the_count_also_after_an_appeal(
    agrees: bool, cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    claiming.appeal(claim=claim, entry=entry, words="Siehe Anhang")
    deciding.decide(claim=claim, referee=rosa, is_confirmed=True)
    commit(close(bet))
    look = f"/challenges/claims/{claim.pk}/second-look/"
    pages = {user: sign_in(user).get(f"/challenges/{bet.pk}/review/") for user in (cast.ruth, rosa)}
    assert f'action="{look}"' in pages[cast.ruth].content.decode()
    assert f'action="{look}"' not in pages[rosa].content.decode()
    sign_in(cast.ruth).post(look, {"agrees" if agrees else "disagrees": "1"})
    if not agrees:
        assert not partiality.barred([own_claims(entry).get()], cast.ruth), "else nobody could"
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert counting.count(challenge=bet, referee=rosa).phase() == "counted"


def test_an_owner_in_the_line_approves_as_the_owner_alone(cast: SimpleNamespace, bet: Challenge) -> None:
    colleague = make_user("Cora", team=cast.ruth.team)
    entry = make_entry(bet, colleague, make_process(cast.ruth), is_approved=False)
    approving.tell_readiness(entry=entry, data_source="Auswertung", keeps_data=True, is_stable=True)
    baseline = approving.approve_baseline(entry=entry, by=cast.ruth)
    assert baseline.owner_approved_at is not None
    assert baseline.referee_approved_at is None


def test_nothing_is_approved_after_the_start(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = make_entry(bet, cast.bertha, is_approved=False)
    approving.tell_readiness(entry=entry, data_source="x", keeps_data=True, is_stable=True)
    Challenge.objects.filter(pk=bet.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refusal, match="started"):
        approving.approve_baseline(entry=entry, by=cast.ruth)
    with pytest.raises(Refusal, match="started"):
        approving.tell_readiness(entry=entry, data_source="y", keeps_data=True, is_stable=True)


# --- second looks ---------------------------------------------------------------------------------
@pytest.fixture
def sampled(cast: SimpleNamespace, bet: Challenge, entry: Entry) -> Claim:
    """Verified by Ruth and drawn for a second look; the bet has closed."""
    deciding.decide(claim=make_claim(entry), referee=cast.ruth, is_confirmed=True)
    commit(close(bet))
    return sampling.sample_of(bet)[0]


def test_the_count_waits_for_the_second_look(
    cast: SimpleNamespace, bet: Challenge, sampled: Claim, rosa: User
) -> None:
    with pytest.raises(Refusal, match="sample_waits"):
        counting.count(challenge=bet, referee=cast.ruth)
    deciding.look_again(claim=sampled, referee=rosa, agrees=True)
    assert counting.count(challenge=bet, referee=cast.ruth).phase() == "counted"


def test_one_has_one_word_in_the_second_look(bet: Challenge, sampled: Claim, rosa: User) -> None:
    first = deciding.look_again(claim=sampled, referee=rosa, agrees=True)
    assert deciding.look_again(claim=sampled, referee=rosa, agrees=True) == first, "said twice is said once"
    with pytest.raises(Refusal, match="looked_already"):
        deciding.look_again(claim=sampled, referee=rosa, agrees=False)
    assert SecondLook.objects.count() == 1
    sampled.refresh_from_db()
    assert sampled.state == Claim.State.VERIFIED


def test_who_disagreed_once_does_not_put_it_back_again(
    cast: SimpleNamespace, bet: Challenge, sampled: Claim, rosa: User
) -> None:
    third = make_user(roles=("referee",))
    bet.referees.add(third)
    deciding.look_again(claim=sampled, referee=rosa, agrees=False)
    deciding.decide(claim=sampled, referee=third, is_confirmed=True)
    with pytest.raises(Refusal, match="looked_already"):
        deciding.look_again(claim=sampled, referee=rosa, agrees=False)
    assert counting.count(challenge=bet, referee=cast.ruth).phase() == "counted"


def test_one_referee_alone_is_enough_where_there_is_no_second(cast: SimpleNamespace) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    claim = make_claim(make_entry(bet, cast.carl))
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert counting.count(challenge=close(bet), referee=cast.ruth).phase() == "counted"


def test_whoever_was_not_agreed_with_does_not_decide_again(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, sampled: Claim, rosa: User
) -> None:
    deciding.look_again(claim=sampled, referee=rosa, agrees=False)
    with pytest.raises(Refusal, match="disagreed"):
        deciding.decide(claim=sampled, referee=cast.ruth, is_confirmed=True)
    assert deciding.decide(
        claim=sampled, referee=rosa, is_confirmed=False, reason="Es gibt ihn noch"
    ).state == (Claim.State.REFUSED)


def test_a_conflict_of_interest_also_keeps_from_the_second_look(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, sampled: Claim, rosa: User
) -> None:
    deciding.declare_conflict(entry=entry, referee=rosa)
    with pytest.raises(Refusal, match="conflict"):
        deciding.look_again(claim=sampled, referee=rosa, agrees=True)
    assert counting.count(challenge=bet, referee=cast.ruth).phase() == "counted", "nobody else could"


# --- two at once ----------------------------------------------------------------------------------
def test_a_decision_read_before_another_one_does_not_overturn_it(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    claim = make_claim(entry)
    read = {f"{claim.pk}-based_on": claim.decision_stamp}
    url = f"/challenges/claims/{claim.pk}/verify/"
    ruth, second = sign_in(cast.ruth), sign_in(rosa)
    assert read[f"{claim.pk}-based_on"] in ruth.get(f"/challenges/{bet.pk}/review/").content.decode()
    assert ruth.post(url, {**read, f"{claim.pk}-decision": "confirm"}).status_code == 302
    late = {**read, f"{claim.pk}-decision": "refuse", f"{claim.pk}-reason": "Nein"}
    answer = second.post(url, late)
    assert answer.status_code == 409
    assert "inzwischen jemand anders" in answer.content.decode()
    assert own_claims(entry).get().state == Claim.State.VERIFIED
    anew = {**late, f"{claim.pk}-based_on": own_claims(entry).get().decision_stamp}
    assert second.post(url, anew).status_code == 302
    assert own_claims(entry).get().state == Claim.State.REFUSED


# --- once overruled, always another one -----------------------------------------------------------
def test_whoever_was_appealed_against_does_not_decide_again_after_the_other_one(cast: Any) -> None:
    other = make_user(roles=("referee",))
    bet = make_challenge(cast.farid, referees=(cast.ruth, other))
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    claiming.appeal(claim=claim, entry=entry, words="Siehe Anhang")
    deciding.decide(claim=claim, referee=other, is_confirmed=True)
    with pytest.raises(Refusal, match="appealed"):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Doch nicht.")
    deciding.decide(claim=claim, referee=other, is_confirmed=False, reason="Bei näherem Hinsehen nicht.")


def test_whoever_is_too_close_does_not_settle_the_control_period(cast: Any) -> None:
    other = make_user(roles=("referee",))
    bet = make_challenge(cast.farid, referees=(cast.ruth, other))
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    bet = close(bet)
    commit(bet)
    deciding.look_again(claim=claim, referee=other, agrees=True)
    reveal(challenge=bet, referee=cast.ruth)
    deciding.declare_conflict(entry=entry, referee=other)
    published, later = PublishedClaim.objects.get(), timezone.now() + timedelta(weeks=7)
    for holds in (True, False):
        with pytest.raises(Refusal, match="conflict"):
            control.settle(claim=published, referee=other, holds=holds, reason="x", now=later)
    with pytest.raises(Refusal, match="conflict"):
        control.make_final(challenge=bet, referee=other, now=later)
    control.settle(claim=published, referee=cast.ruth, holds=True, now=later)
    assert control.make_final(challenge=bet, referee=other, now=later).phase() == "final", (
        "nothing is left to decide"
    )


def test_nobody_works_the_fingerprint_out_from_their_own_claims(cast: Any) -> None:
    """Else the only one who claimed anything would know to be alone."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    entry = make_entry(bet, cast.carl)
    for position in range(2):
        make_claim(entry, position)
    commitment = commit(close(bet))
    own = [leaf.digest for leaf in own_leaves(commitment, entry)]
    assert len(own) == 2
    assert commitment.root != root_of(own)
    empty = commit(close(make_challenge(cast.farid, referees=(cast.ruth,))))
    assert empty.root != root_of([])


def test_what_a_second_referee_did_not_share_is_decided_also_where_undecided_claims_drop(cast: Any) -> None:
    other = make_user(roles=("referee",))
    bet = make_challenge(cast.farid, referees=(cast.ruth, other), pending_rule="drop")
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    bet = close(bet)
    commit(bet)
    deciding.look_again(claim=claim, referee=other, agrees=False)
    with pytest.raises(Refusal, match="disagreed_waits"):
        counting.count(challenge=bet, referee=cast.ruth)
    deciding.decide(claim=claim, referee=other, is_confirmed=False, reason="Zu kurz.")
    assert counting.count(challenge=bet, referee=cast.ruth).phase() == "counted"
