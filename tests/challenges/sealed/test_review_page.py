"""What the page behind the seal says and asks: second looks, words that are needed, a conflict of interest."""

from types import SimpleNamespace
from typing import Any

import pytest

from challenges.contests.deputies import name_referees_deputy
from challenges.contests.models import Challenge, Entry
from challenges.sealed import breaking, deciding, sampling
from challenges.sealed.commitments import commit
from challenges.sealed.models import Conflict
from hub.people.models import User
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_team, make_user

QUESTION = "Ich habe einen Interessenkonflikt"
SECOND_LOOKS = "Hier prüft, wer im Schiedsgericht nicht selbst darüber entschieden hat"
NOBODY_LOOKS = "deshalb sieht sie niemand ein zweites Mal an"


@pytest.fixture
def rosa(cast: SimpleNamespace) -> User:
    return make_user("Rosa", team=make_team("Revision"), roles=("referee",))


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


@pytest.fixture
def entry(cast: SimpleNamespace, bet: Challenge) -> Entry:
    return make_entry(bet, cast.carl, make_process(cast.carl, steps=12))


def page_of(sign_in: Any, bet: Challenge, person: User) -> str:
    answer = sign_in(person).get(f"/challenges/{bet.pk}/review/")
    assert answer.status_code == 200
    return answer.content.decode()


# --- the second look --------------------------------------------------------------------------------
def test_where_one_referee_acts_nobody_is_said_to_look_again(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    deciding.decide(claim=make_claim(entry), referee=cast.ruth, is_confirmed=True)
    commit(close(bet))
    assert sampling.sample_of(bet)
    page = page_of(sign_in, bet, cast.ruth)
    assert NOBODY_LOOKS in page
    assert "zählt also, wie sie entschieden wurde" in page
    assert SECOND_LOOKS not in page
    assert "/second-look/" not in page, "no button that can only be refused"
    assert f"/challenges/{bet.pk}/count/" in page, "and the count does not wait"


def test_a_referees_deputy_is_no_second_one(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    name_referees_deputy(challenge=bet, referee=cast.ruth, deputy=rosa)
    deciding.decide(claim=make_claim(entry), referee=cast.ruth, is_confirmed=True)
    commit(close(bet))
    for referee in (cast.ruth, rosa):
        page = page_of(sign_in, bet, referee)
        assert NOBODY_LOOKS in page
        assert "nur ein Mensch im Schiedsgericht" not in page, "they are two, who count as one"
        assert "und dessen Vertretung, die als eins zählen" in page
        assert "/second-look/" not in page


def test_where_two_act_the_other_one_is_asked(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    bet.referees.add(rosa)
    deciding.decide(claim=make_claim(entry), referee=cast.ruth, is_confirmed=True)
    commit(close(bet))
    own, other = page_of(sign_in, bet, cast.ruth), page_of(sign_in, bet, rosa)
    for page in (own, other):
        assert SECOND_LOOKS in page
        assert NOBODY_LOOKS not in page
    assert "/second-look/" not in own
    assert "/second-look/" in other


# --- what is needed ---------------------------------------------------------------------------------
def test_it_says_when_words_are_needed_and_asks_for_them(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    claim = make_claim(entry)
    page = page_of(sign_in, bet, cast.ruth)
    assert "Nötig, wenn du sie nicht anerkennst" in page
    field = page.split(f'for="id_{claim.pk}-reason"')[1].split("</label>")[0]
    assert "optional" not in field, "one of the two buttons needs it"
    answer = sign_in(cast.ruth).post(
        f"/challenges/claims/{claim.pk}/verify/", {f"{claim.pk}-decision": "refuse"}
    )
    assert answer.status_code == 422
    assert "Sag, warum" in answer.content.decode()


# --- a conflict of interest -------------------------------------------------------------------------
def test_who_can_decide_a_claim_is_asked_and_nobody_else(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    near = make_user("Nora", team=cast.carl.team, roles=("referee",))
    bet.referees.add(rosa, near)
    make_claim(entry)
    breaking.agree(seal_break=breaking.ask(challenge=bet, by=cast.ada, reason="Verdacht"), by=cast.walter)
    for person, is_asked in ((cast.ruth, True), (rosa, True), (near, False), (cast.ada, False)):
        page = page_of(sign_in, bet, person)
        assert (QUESTION in page) == is_asked, person
        assert (f"/entries/{entry.pk}/conflict/" in page) == is_asked
    page = page_of(sign_in, bet, cast.ruth)
    said = page.split(QUESTION)[1].split("</form>")[0]
    assert "keine Meldung von Carl" in said
    assert "nicht zurücknehmen" in said, "before, not after"
    for person in (cast.ada, cast.carl, cast.emma):
        url = f"/challenges/{bet.pk}/entries/{entry.pk}/conflict/"
        assert sign_in(person).post(url).status_code == 403
    assert not Conflict.objects.exists()


def test_after_a_yes_all_claims_of_the_contestant_are_anothers_and_those_of_others_stay(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry, rosa: User
) -> None:
    bet.referees.add(rosa)
    first, second = make_claim(entry, 0), make_claim(entry, 1)
    other = make_claim(make_entry(bet, cast.bertha))
    ruth = sign_in(cast.ruth)
    url = f"/challenges/{bet.pk}/entries/{entry.pk}/conflict/"
    for _twice in range(2):
        assert ruth.post(url, follow=True).status_code == 200
    assert Conflict.objects.count() == 1
    page = page_of(sign_in, bet, cast.ruth)
    for claim, is_hers in ((first, False), (second, False), (other, True)):
        assert (f"/challenges/claims/{claim.pk}/verify/" in page) == is_hers
    assert page.count("Du hast einen Interessenkonflikt angegeben") == 2
    refused = ruth.post(f"/challenges/claims/{first.pk}/verify/", {f"{first.pk}-decision": "confirm"})
    assert refused.status_code == 409
    page = page_of(sign_in, bet, rosa)
    for claim in (first, second, other):
        assert f"/challenges/claims/{claim.pk}/verify/" in page


def test_whoever_says_nothing_decides_as_before(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    claim = make_claim(entry)
    data = {f"{claim.pk}-decision": "confirm"}
    assert sign_in(cast.ruth).post(f"/challenges/claims/{claim.pk}/verify/", data).status_code == 302
    assert not Conflict.objects.exists()
