"""Deputies of referees and of controllers: the same rights, the same rules, and no second opinion on each other."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.contests import claiming, deputies
from challenges.contests.models import Challenge, Claim, Entry, HoursDeputy
from challenges.contests.own_claims import own_claims
from challenges.sealed import control, counting, deciding, sampling
from challenges.sealed.commitments import commit
from challenges.sealed.models import Opening
from challenges.sealed.revealing import reveal
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import close, make_challenge, make_claim, make_entry, make_user


@pytest.fixture
def rosa(cast: SimpleNamespace) -> User:
    return make_user("Rosa", roles=("referee",))


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


@pytest.fixture
def entry(cast: SimpleNamespace, bet: Challenge) -> Entry:
    return make_entry(bet, cast.carl)


def test_a_referee_names_one_deputy_who_may_what_referees_may(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    claim = make_claim(entry)
    ruth, review = sign_in(cast.ruth), f"/challenges/{bet.pk}/review/"
    assert sign_in(rosa).get(review).status_code == 403
    assert str(rosa) in ruth.get(review).content.decode()
    wrong = ruth.post(f"/challenges/{bet.pk}/deputy/", {"deputy": cast.emma.pk})
    assert wrong.status_code == 422
    assert 'name="deputy"' in wrong.content.decode(), "the form, not a page of its own"
    assert ruth.post(f"/challenges/{bet.pk}/deputy/", {"deputy": rosa.pk}).status_code == 302
    assert sign_in(rosa).get(review).status_code == 200
    assert Notice.objects.filter(user=rosa, kind="referee_deputy").count() == 1
    assert AuditEntry.objects.filter(action="challenge.deputy_named").count() == 1
    assert api(cast.ruth).get(f"/api/v1/challenges/{bet.pk}/deputy/").json() == {"email": rosa.email}
    third = make_user("Theo", roles=("referee",))
    for by, code in ((cast.ruth, "has_deputy"), (rosa, "is_deputy")):
        with pytest.raises(Refusal, match=code):
            deputies.name_referees_deputy(challenge=bet, referee=by, deputy=third)
    assert deciding.decide(claim=claim, referee=rosa, is_confirmed=True).state == Claim.State.VERIFIED
    assert rosa.email not in str(api(cast.emma).get(f"/api/v1/challenges/{bet.pk}/deputy/").content)


@pytest.mark.parametrize("who", ["contestant", "no referee"])
def test_a_deputy_is_bound_as_a_referee_is(who: str, cast: SimpleNamespace, bet: Challenge) -> None:
    person = make_user("Ida", roles=("referee",) if who == "contestant" else ())
    if who == "contestant":
        make_entry(bet, person)
    with pytest.raises(Refusal, match="referee_competes" if who == "contestant" else "no_referee"):
        deputies.name_referees_deputy(challenge=bet, referee=cast.ruth, deputy=person)


def test_a_deputy_is_no_second_opinion(
    cast: SimpleNamespace, bet: Challenge, entry: Entry, rosa: User
) -> None:
    third = make_user("Theo", roles=("referee",))
    bet.referees.add(third)
    deputies.name_referees_deputy(challenge=bet, referee=cast.ruth, deputy=rosa)
    appealed, sampled = make_claim(entry, 0), make_claim(entry, 1)
    deciding.decide(claim=appealed, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    claiming.appeal(claim=own_claims(entry).get(pk=appealed.pk), entry=entry, words="Siehe Anhang")
    with pytest.raises(Refusal, match="appealed"):
        deciding.decide(claim=appealed, referee=rosa, is_confirmed=True)
    deciding.decide(claim=appealed, referee=third, is_confirmed=False, reason="Bleibt dabei.")
    deciding.decide(claim=sampled, referee=cast.ruth, is_confirmed=True)
    bet = close(bet)
    commit(bet)
    with pytest.raises(Refusal, match="own_decision"):
        deciding.look_again(claim=sampled, referee=rosa, agrees=True)
    assert sampling.sample_waiting(bet), "a third one could"
    bet.referees.remove(third)
    assert counting.count(challenge=bet, referee=cast.ruth).phase() == "counted", "a deputy is nobody else"


def test_a_controllers_deputy_confirms_hours_under_the_same_rules(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, entry: Entry
) -> None:
    viktor, claim = cast.viktor, make_claim(entry, before_minutes=30, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert sign_in(cast.emma).get("/challenges/hours/").status_code == 403
    named = sign_in(viktor).post("/challenges/hours/deputy/", {"email": "niemand@example.com"})
    assert named.status_code == 422
    assert 'value="niemand@example.com"' in named.content.decode(), "what was typed stays"
    assert sign_in(viktor).post("/challenges/hours/deputy/", {"email": cast.emma.email}).status_code == 302
    assert AuditEntry.objects.filter(action="controller.deputy_named").count() == 1
    emma = sign_in(cast.emma)
    assert claim.steps_title in emma.get("/challenges/hours/").content.decode()
    assert cast.emma.pk in deciding.controllers_of(bet)
    assert emma.post("/challenges/hours/deputy/", {"email": cast.otto.email}).status_code == 403
    other = make_challenge(cast.farid, referees=(cast.ruth,))
    make_entry(other, cast.emma)
    make_entry(bet, make_user("Ira"), team_name="Die Kürzer")
    make_entry(other, cast.carl)
    assert cast.emma.pk not in deciding.controllers_of(other), "takes part there"
    address = "/api/v1/claims/hours/deputy/"
    assert api(viktor).get(address).json() == {"email": cast.emma.email}
    assert api(viktor).put(address, {"email": None}, format="json").json() == {"email": None}
    assert not HoursDeputy.objects.exists()
    assert sign_in(cast.emma).get("/challenges/hours/").status_code == 403


def test_hours_are_confirmed_by_somebody_else_than_the_claim(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    bet.referees.add(rosa)
    deputies.name_hours_deputy(controller=cast.viktor, deputy=rosa)
    near = make_user("Nah", team=cast.carl.team, roles=("controller",))
    claim = make_claim(entry, before_minutes=30, after_minutes=5)
    deciding.decide(claim=claim, referee=rosa, is_confirmed=True)
    for person, code in ((rosa, "own_decision"), (near, "same_line"), (cast.carl, "takes_part")):
        with pytest.raises(Refusal, match=code):
            deciding.decide_hours(claim=claim, controller=person, saved_minutes=5)
    for person in (rosa, near):
        assert claim.steps_title not in sign_in(person).get("/challenges/hours/").content.decode()
        answer = sign_in(person).post(f"/challenges/claims/{claim.pk}/hours/", {})
        assert answer.status_code == 404
    commit(close(bet))
    deciding.look_again(claim=claim, referee=cast.ruth, agrees=True)
    reveal(challenge=bet, referee=cast.ruth)
    bet.refresh_from_db()
    with pytest.raises(Refusal, match="hours_wait"):
        control.refuse_while_hours_wait(bet)
    cast.viktor.role_grants.all().delete()
    control.refuse_while_hours_wait(bet)


def test_what_was_typed_stays_where_hours_are_refused(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    claim = make_claim(entry, before_minutes=30, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    typed = {"decision": "confirm", "saved_minutes": "99", "words": "Gemessen im Mai"}
    data = {f"{claim.pk}-{name}": value for name, value in typed.items()}
    answer = sign_in(cast.viktor).post(f"/challenges/claims/{claim.pk}/hours/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Gemessen im Mai" in page
    assert "Mehr, als" in page
    assert "(optional)" not in page.split('id="deputy"')[0], "one of the two buttons needs it"


def test_while_a_worker_opens_a_bet_no_hours_are_asked_for(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    claim = make_claim(entry, before_minutes=30, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    Opening.objects.create(challenge=bet, asked_by=cast.ruth, asked_at=timezone.now())
    assert f"/claims/{claim.pk}/hours/" not in sign_in(cast.viktor).get("/challenges/hours/").content.decode()


def test_where_nobody_can_be_named_there_is_no_form(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge
) -> None:
    bet.referees.add(*deputies.offered_to(bet))
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/").content.decode()
    assert 'name="deputy"' not in page
    assert "Niemand steht zur Wahl" in page


def test_a_deputy_acts_as_long_as_the_controller_holds_the_role(cast: SimpleNamespace) -> None:
    deputies.name_hours_deputy(controller=cast.viktor, deputy=cast.emma)
    assert deputies.confirms_hours(cast.emma)
    cast.viktor.role_grants.all().delete()
    assert not deputies.confirms_hours(cast.emma)
