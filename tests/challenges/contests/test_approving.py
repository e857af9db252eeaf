"""Nobody approves what they compete with, and no rival's: then somebody stands in for the process' owner."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.contests import approving, entering
from challenges.contests.models import Baseline, Challenge, Entry
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_challenge, make_entry, make_process, make_user


@pytest.fixture
def rosa(cast: SimpleNamespace) -> User:
    return make_user("Rosa", roles=("referee",))


@pytest.fixture
def bet(cast: SimpleNamespace, rosa: User) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth, rosa))


def ready(bet: Challenge, user: User, process: Any = None) -> Entry:
    entry = make_entry(bet, user, process, is_approved=False)
    approving.tell_readiness(entry=entry, data_source="Auswertung", keeps_data=True, is_stable=True)
    entry.refresh_from_db()
    return entry


def refuses(entry: Entry, user: User, code: str) -> None:
    for act in (approving.approve_baseline, approving.send_baseline_back):
        more = {"words": "Nein"} if act is approving.send_baseline_back else {}
        with pytest.raises(Refusal, match=code):
            act(entry=entry, by=user, **more)


def test_an_owner_who_competes_approves_neither_the_own_nor_a_rivals(
    cast: SimpleNamespace, bet: Challenge, sign_in: Any, api: Any
) -> None:
    own = ready(bet, cast.bertha)
    assert own.baseline.owner_approved_at is None, "the readiness check approves nothing"
    rival = ready(bet, cast.carl, make_process(cast.bertha))
    for entry in (own, rival):
        refuses(entry, cast.bertha, "owner_competes")
    assert sign_in(cast.bertha).get(f"/challenges/entries/{rival.pk}/baseline/").status_code == 404
    assert api(cast.bertha).post(f"/api/v1/entries/{rival.pk}/baseline/approve/").status_code == 404
    told = Notice.objects.filter(kind="baseline_waits", path__contains=str(rival.pk))
    assert cast.bertha.pk not in told.values_list("user", flat=True)
    assert cast.farid.pk in told.values_list("user", flat=True), "the organiser stands in"


def test_a_member_of_a_team_is_no_better_off(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.emma), is_approved=False)
    entering.bring_along(entry=entry, user=cast.emma, part="member")
    approving.tell_readiness(entry=entry, data_source="Auswertung", keeps_data=True, is_stable=True)
    refuses(entry, cast.emma, "owner_competes")


def test_a_second_referee_stands_in_and_nobody_gives_both_approvals(
    cast: SimpleNamespace, bet: Challenge, rosa: User
) -> None:
    entry = ready(bet, cast.bertha)
    once = approving.approve_baseline(entry=entry, by=cast.ruth)
    again = approving.approve_baseline(entry=entry, by=cast.ruth)
    assert not once.is_approved
    assert not again.is_approved
    baseline = approving.approve_baseline(entry=entry, by=rosa)
    assert (baseline.referee, baseline.owner_approved_by) == (cast.ruth, rosa)
    assert baseline.is_approved


def test_whoever_stands_in_is_of_another_line_and_has_no_part(
    cast: SimpleNamespace, bet: Challenge, sign_in: Any
) -> None:
    near, far = make_user("Nah", team=cast.carl.team), make_user("Fern", team=cast.otto.team)
    process = make_process(cast.carl, deputy=near)
    entry = ready(bet, cast.carl, process)
    refuses(entry, near, "not_yours")
    process.deputy = far
    process.save()
    entry.refresh_from_db()
    page = sign_in(far).get(f"/challenges/entries/{entry.pk}/baseline/").content.decode()
    assert "Farid Nassar" in page
    assert approving.approve_baseline(entry=entry, by=far).owner_approved_by == far
    with pytest.raises(Refusal, match="approved_it"):
        entering.bring_along(entry=Entry.objects.get(pk=entry.pk), user=far, part="member")


def test_an_owners_deputy_approves_as_the_owner_does(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = ready(bet, cast.carl, make_process(cast.bertha, deputy=cast.emma))
    refuses(entry, cast.farid, "not_yours")
    assert approving.approve_baseline(entry=entry, by=cast.emma).owner_approved_by == cast.emma
    with pytest.raises(Refusal, match="approved_one"):
        make_entry(bet, cast.emma)
    other = ready(bet, cast.otto, make_process(cast.bertha, deputy=cast.hanna))
    make_entry(bet, cast.hanna)
    refuses(other, cast.hanna, "not_yours")


def test_what_was_sent_back_is_asked_for_again(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = ready(bet, cast.carl, make_process(cast.bertha))
    asked = Notice.objects.filter(user=cast.bertha, kind="baseline_waits")
    same = {"data_source": "Auswertung", "keeps_data": True, "is_stable": True}
    approving.tell_readiness(entry=entry, **same)
    assert asked.count() == 1, "nothing new"
    approving.send_baseline_back(entry=entry, by=cast.bertha, words="Welcher Monat?")
    approving.tell_readiness(entry=entry, **same)
    assert asked.count() == 2


def test_nothing_is_sent_back_after_the_start(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = ready(bet, cast.carl, make_process(cast.bertha))
    Challenge.objects.filter(pk=bet.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refusal, match="started"):
        approving.send_baseline_back(entry=entry, by=cast.bertha, words="Zu spät")


def test_other_answers_are_approved_anew(cast: SimpleNamespace, bet: Challenge) -> None:
    entry = ready(bet, cast.carl, make_process(cast.bertha))
    approving.approve_baseline(entry=entry, by=cast.bertha)
    told = {"keeps_data": True, "is_stable": True}
    same = approving.tell_readiness(entry=entry, data_source="Auswertung", **told)
    assert same.owner_approved_by == cast.bertha
    other = approving.tell_readiness(entry=entry, data_source="Geschätzt", **told)
    assert other.owner_approved_at is None
    assert Baseline.objects.get(entry=entry).owner_approved_by is None


def test_the_owner_names_the_deputy_by_address(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    process = make_process(cast.bertha)
    form = {"title": process.title, "language": "de", "audience": "company"}
    url = f"/processes/{process.pk}/edit/"
    bertha = sign_in(cast.bertha)
    for wrong in ("niemand@example.com", cast.bertha.email):
        assert bertha.post(url, {**form, "deputy": wrong}).status_code == 422
    assert bertha.post(url, {**form, "deputy": cast.emma.email}).status_code == 302
    process.refresh_from_db()
    assert process.deputy == cast.emma
    address = f"/api/v1/processes/{process.pk}/"
    assert (
        api(cast.bertha).patch(address, {"title": "Neu"}, format="json").json()["deputy"] == cast.emma.email
    )
    assert api(cast.bertha).patch(address, {"deputy": None}, format="json").json()["deputy"] is None
    assert api(cast.emma).patch(address, {"title": "X"}, format="json").status_code == 403
