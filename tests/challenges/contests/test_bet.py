"""A bet from the participants' side: open it, enter, claim, withdraw."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from challenges.contests import claiming, entering
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims, tally_of
from challenges.processes.models import Process
from hub.notices.models import Notice
from hub.refusals import Refusal
from tests.factories import a_tool, close, make_challenge, make_claim, make_entry, make_process

FORM = {
    "title": "Wer streicht am meisten?",
    "description": "Es zählt, was wirklich wegfällt.",
    "local_date": (timezone.now() + timedelta(days=30)).date().isoformat(),
    "local_time": "18:00",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def bet(cast: Any) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


def claim_data(entry: Entry, position: int = 0, **more: Any) -> dict[str, Any]:
    step = entry.process.steps.get(position=position)
    told = {"method": "Der Assistent", "evidence": "40 Fälle", "system": a_tool().pk}
    return {"steps": [str(step.pk)], **told, **more}


def test_a_facilitator_opens_a_bet_and_everybody_finds_it(cast: Any, sign_in: Any) -> None:
    response = sign_in(cast.farid).post("/challenges/new/", {**FORM, "referees": [cast.ruth.pk]})
    challenge = Challenge.objects.get()
    assert response["Location"] == f"/challenges/{challenge.pk}/"
    assert challenge.closes_at.astimezone(challenge.closes_at.tzinfo).minute == 0
    assert FORM["title"] in sign_in(cast.otto).get("/challenges/").content.decode()
    assert FORM["title"] in sign_in(cast.otto).get(f"/challenges/{challenge.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"local_date": "2020-01-01"}, "local_date"),
        ({"local_date": "9999-12-31"}, "local_date"),
        ({"local_date": "0001-01-01"}, "local_date"),
        ({"local_date": "morgen"}, "local_date"),
        ({"local_time": "25:00"}, "local_time"),
        ({"local_date": "2027-03-28", "local_time": "02:30"}, "local_time"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"referees": []}, "referees"),
        ({"referees": ["0"]}, "referees"),
    ],
)
def test_a_bet_that_cannot_be_is_refused(
    change: dict[str, Any], field: str, cast: Any, sign_in: Any, api: Any
) -> None:
    data = {**FORM, "referees": [cast.ruth.pk], **change}
    response = sign_in(cast.farid).post("/challenges/new/", data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Challenge.objects.exists()


def test_only_who_is_a_referee_can_be_named_as_one(cast: Any, sign_in: Any) -> None:
    response = sign_in(cast.farid).post("/challenges/new/", {**FORM, "referees": [cast.carl.pk]})
    assert response.status_code == 422
    assert not Challenge.objects.exists()


def test_entering_keeps_the_baseline_and_shows_the_process_to_everybody(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    process = make_process(cast.carl, audience="private", steps=5)
    url = f"/challenges/{bet.pk}/enter/"
    assert sign_in(cast.carl).post(url, {"process": process.pk}).status_code == 302
    entry = Entry.objects.get()
    assert (entry.contestant, entry.baseline_steps) == (cast.carl, 5)
    process.refresh_from_db()
    assert process.audience == Process.Audience.COMPANY
    page = sign_in(cast.otto).get(f"/challenges/{bet.pk}/").content.decode()
    assert process.title in page
    assert "Carl Brandt" in page


def test_entering_twice_is_one_entry(cast: Any, sign_in: Any, api: Any, bet: Challenge) -> None:
    process = make_process(cast.carl)
    program, url = api(cast.carl), f"/api/v1/challenges/{bet.pk}/entries/"
    assert program.post(url, {"process": process.pk}).status_code == 201
    assert program.post(url, {"process": make_process(cast.carl).pk}).status_code == 200
    assert Entry.objects.get().process == process


def test_a_private_process_of_somebody_else_cannot_be_entered_with(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    process = make_process(cast.bertha, audience="private")
    response = sign_in(cast.carl).post(f"/challenges/{bet.pk}/enter/", {"process": process.pk})
    assert response.status_code == 422
    missing = api(cast.carl).post(f"/api/v1/challenges/{bet.pk}/entries/", {"process": process.pk})
    assert missing.status_code == 400
    assert not Entry.objects.exists()


def test_a_referee_of_the_bet_cannot_take_part(cast: Any, sign_in: Any, bet: Challenge) -> None:
    process = make_process(cast.ruth)
    response = sign_in(cast.ruth).post(f"/challenges/{bet.pk}/enter/", {"process": process.pk})
    assert response.status_code == 422
    assert not Entry.objects.exists()


def test_a_contestant_cannot_become_a_referee_and_a_referee_cannot_leave(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    make_entry(bet, cast.carl)
    cast.carl.role_grants.create(role="referee")
    client, url = sign_in(cast.farid), f"/challenges/{bet.pk}/edit/"
    data = {**FORM, "title": bet.title}
    assert client.post(url, {**data, "referees": [cast.ruth.pk, cast.carl.pk]}).status_code == 422
    cast.hanna.role_grants.create(role="referee")
    assert client.post(url, {**data, "referees": [cast.hanna.pk]}).status_code == 422
    assert list(bet.referees.all()) == [cast.ruth]
    assert client.post(url, {**data, "referees": [cast.ruth.pk, cast.hanna.pk]}).status_code == 302
    assert set(bet.referees.all()) == {cast.ruth, cast.hanna}
    cast.ruth.role_grants.all().delete()
    assert client.post(url, {**data, "title": "Neu", "referees": [cast.hanna.pk]}).status_code == 302
    assert set(bet.referees.all()) == {cast.ruth, cast.hanna}, "whoever lost the role is offered no more"


def test_contestants_are_told_when_the_deadline_moves(cast: Any, sign_in: Any, bet: Challenge) -> None:
    make_entry(bet, cast.carl)
    data = {**FORM, "title": bet.title, "referees": [cast.ruth.pk]}
    assert sign_in(cast.farid).post(f"/challenges/{bet.pk}/edit/", data).status_code == 302
    assert Notice.objects.filter(user=cast.carl, kind="challenge_moved").count() == 1


def test_a_claim_is_shown_to_its_owner_and_told_to_the_referee(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    entry = make_entry(bet, cast.carl)
    client = sign_in(cast.carl)
    response = client.post(f"/challenges/{bet.pk}/claim/", claim_data(entry))
    assert response.status_code == 302
    page = client.get(f"/challenges/{bet.pk}/").content.decode()
    assert 'data-confirmed="0"' in page
    assert 'data-mark="claimed"' in page
    assert list(Notice.objects.values_list("user", "kind")) == [(cast.ruth.pk, "claim_waits")]


def test_a_step_is_claimed_once_also_by_program(cast: Any, sign_in: Any, api: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    url = f"/api/v1/challenges/{bet.pk}/claims/"
    program = api(cast.carl)
    assert program.post(url, claim_data(entry, system=a_tool().slug)).status_code == 201
    again = program.post(url, claim_data(entry, system=a_tool().slug))
    assert (again.status_code, again.json()["type"]) == (409, "urn:hatpin:problem:already_claimed")
    page = sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", claim_data(entry))
    assert page.status_code == 409
    with pytest.raises(Refusal) as refusal:
        make_claim(entry)
    assert refusal.value.status == 409
    body = program.get(url).json()
    hours = dict.fromkeys(("hours_low", "hours_mid", "hours_high"), 0)
    counts = {"confirmed": 0, "waiting": 1, "refused": 0, "drafts": 0, "baseline": 4}
    assert body["tally"] == {**counts, "executed_before": 4, "executed_after": 4, **hours}
    assert len(body["claims"]) == 1


@pytest.mark.parametrize("missing", ["steps", "method", "evidence"])
def test_a_claim_needs_a_step_a_method_and_evidence(
    missing: str, cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    entry = make_entry(bet, cast.carl)
    data = {**claim_data(entry), missing: ""}
    response = sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    assert api(cast.carl).post(f"/api/v1/challenges/{bet.pk}/claims/", data).status_code == 400
    assert not own_claims(entry).exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://host/file", "data:text/html,x", "nicht da"])
def test_a_link_that_is_no_web_address_is_refused(link: str, cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    response = sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", claim_data(entry, link=link))
    assert response.status_code == 422
    assert not own_claims(entry).exists()


def test_a_step_of_another_process_cannot_be_claimed(cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry, rival = make_entry(bet, cast.carl), make_entry(bet, cast.bertha)
    response = sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", claim_data(rival))
    assert response.status_code == 422
    with pytest.raises(Refusal):
        claiming.claim(entry=entry, steps=[rival.process.steps.first()], method="x", evidence="y")


def test_nobody_claims_on_somebody_elses_entry(cast: Any, sign_in: Any, api: Any, bet: Challenge) -> None:
    """There is no address of a rival's claims; without an entry of one's own the bet has none either."""
    entry = make_entry(bet, cast.carl)
    made = make_claim(entry)
    for person in (cast.bertha, cast.otto, cast.farid, cast.hanna, cast.ada, cast.ruth):
        page = sign_in(person).post(f"/challenges/{bet.pk}/claim/", claim_data(entry, 1))
        assert page.status_code == 404
        program = api(person)
        claims = f"/api/v1/challenges/{bet.pk}/claims/"
        assert program.post(claims, claim_data(entry, 1)).status_code == 404
        assert program.get(claims).status_code == 404
        assert program.post(f"/api/v1/claims/{made.pk}/withdraw/").status_code == 404
        assert sign_in(person).post(f"/challenges/claims/{made.pk}/withdraw/").status_code == 404
    assert own_claims(entry).get().state == Claim.State.SUBMITTED


def test_after_the_deadline_nothing_is_entered_claimed_or_left(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    entry, process = make_entry(bet, cast.carl), make_process(cast.bertha)
    close(bet)
    assert sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", claim_data(entry)).status_code == 409
    response = api(cast.carl).post(
        f"/api/v1/challenges/{bet.pk}/claims/", claim_data(entry, system=a_tool().slug)
    )
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    late = sign_in(cast.bertha).post(f"/challenges/{bet.pk}/enter/", {"process": process.pk})
    assert late.status_code == 409
    assert sign_in(cast.carl).post(f"/challenges/{bet.pk}/leave/").status_code == 409
    assert not own_claims(entry).exists()
    assert Entry.objects.get() == entry


def test_a_claim_can_be_withdrawn_and_made_again(cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    made = make_claim(entry)
    client = sign_in(cast.carl)
    for _time in range(2):
        assert client.post(f"/challenges/claims/{made.pk}/withdraw/").status_code == 302
    assert tally_of(entry).waiting == 0
    assert client.post(f"/challenges/{bet.pk}/claim/", claim_data(entry)).status_code == 302
    assert tally_of(entry).waiting == 1


def test_one_can_leave_while_one_has_claimed_nothing(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    entry = make_entry(bet, cast.carl)
    make_claim(entry)
    assert sign_in(cast.carl).post(f"/challenges/{bet.pk}/leave/").status_code == 409
    other = make_entry(bet, cast.bertha)
    assert api(cast.bertha).post(f"/api/v1/challenges/{bet.pk}/leave/").status_code == 204
    assert not Entry.objects.filter(pk=other.pk).exists()
    assert sign_in(cast.otto).post(f"/challenges/{bet.pk}/leave/").status_code == 404


def test_a_cancelled_bet_stands_still_until_it_goes_on(cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    client = sign_in(cast.farid)
    assert client.post(f"/challenges/{bet.pk}/cancel/").status_code == 302
    assert sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", claim_data(entry)).status_code == 409
    assert client.post(f"/challenges/{bet.pk}/restore/").status_code == 302
    assert sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", claim_data(entry)).status_code == 302
    kinds = Notice.objects.filter(user=cast.carl).values_list("kind", flat=True)
    assert set(kinds) == {"challenge_cancelled", "challenge_restored"}


def test_markup_stays_text(cast: Any, sign_in: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), title="<script>alert(1)</script>")
    process = make_process(cast.carl, title='"><img src=x onerror=alert(1)>')
    entry = make_entry(bet, cast.carl, process)
    make_claim(entry, evidence="<b>sicher</b>", link="https://example.com/?q=<script>")
    process.steps.filter(position=1).update(name="<svg onload=alert(1)>")
    for client, path in (
        (sign_in(cast.carl), f"/challenges/{bet.pk}/"),
        (sign_in(cast.carl), f"/challenges/{bet.pk}/claim/"),
        (sign_in(cast.otto), f"/challenges/entries/{entry.pk}/"),
        (sign_in(cast.ruth), f"/challenges/{bet.pk}/review/"),
    ):
        page = client.get(path)
        assert page.status_code == 200
        for text in ("<script>alert", "<img src=x", "<svg onload", "<b>sicher"):
            assert text not in page.content.decode()


def test_the_list_costs_the_same_with_many_bets(
    cast: Any, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        make_entry(make_challenge(cast.farid, referees=(cast.ruth,)), cast.carl)
    client = sign_in(cast.carl)
    with django_assert_max_num_queries(7):
        client.get("/challenges/")


def test_the_page_of_a_bet_costs_the_same_with_many_contestants(
    cast: Any, sign_in: Any, bet: Challenge, django_assert_max_num_queries: Any
) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.carl, steps=30))
    for position in range(10):
        make_claim(entry, position)
    for person in (cast.emma, cast.farid, cast.bertha, cast.hanna, cast.ada, cast.otto):
        make_entry(bet, person)
    client = sign_in(cast.carl)
    with django_assert_max_num_queries(12):
        assert client.get(f"/challenges/{bet.pk}/").status_code == 200


def test_a_process_brought_for_a_bet_leads_back_to_it(cast: Any, sign_in: Any, bet: Challenge) -> None:
    client, enter = sign_in(cast.carl), f"/challenges/{bet.pk}/enter/"
    assert f"/processes/new/?next={enter}" in client.get(enter).content.decode()
    page = client.get("/processes/new/", {"next": enter}).content.decode()
    assert f'name="next" value="{enter}"' in page
    data = {"template": "order-to-cash", "language": "de", "next": enter}
    made = client.post("/processes/from-template/", data)
    process = Process.objects.get(owner=cast.carl)
    assert made["Location"] == f"{enter}?process={process.pk}"
    assert "checked" in client.get(made["Location"]).content.decode()
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        response = client.post("/processes/from-template/", {**data, "next": elsewhere})
        assert response["Location"] == f"/processes/{process.pk}/"


def test_after_the_deadline_a_referee_can_be_added_and_the_deadline_stays(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    close(bet)
    cast.hanna.role_grants.create(role="referee")
    data = {
        "title": bet.title,
        "local_date": bet.local_date.isoformat(),
        "local_time": bet.local_time.isoformat(),
        "time_zone": bet.time_zone,
        "referees": [cast.ruth.pk, cast.hanna.pk],
    }
    client, url = sign_in(cast.farid), f"/challenges/{bet.pk}/edit/"
    assert client.post(url, {**data, "local_date": FORM["local_date"]}).status_code == 409
    assert client.post(url, data).status_code == 302
    assert set(bet.referees.all()) == {cast.ruth, cast.hanna}
    closes_at = bet.closes_at
    bet.refresh_from_db()
    assert bet.closes_at == closes_at


def test_referees_are_told_once_a_day_and_only_while_they_hold_the_role(cast: Any, bet: Challenge) -> None:
    cast.hanna.role_grants.create(role="referee")
    bet.referees.add(cast.hanna)
    cast.hanna.role_grants.filter(role="referee").delete()
    entry = make_entry(bet, cast.carl)
    for position in range(3):
        make_claim(entry, position)
    make_claim(entry, 3, now=timezone.now() + timedelta(days=1))
    told = list(Notice.objects.values_list("user", flat=True))
    assert told == [cast.ruth.pk] * 2


def test_a_process_is_ones_own_again_after_leaving(cast: Any, api: Any, bet: Challenge) -> None:
    process = make_process(cast.carl, audience="private")
    entry = make_entry(bet, cast.carl, process)
    url = f"/api/v1/processes/{process.pk}/"
    assert api(cast.carl).patch(url, {"audience": "private"}).status_code == 409
    entering.leave(entry=entry)
    assert api(cast.carl).patch(url, {"audience": "private"}).status_code == 200


def test_whoever_is_in_or_too_late_is_offered_no_form(cast: Any, sign_in: Any, bet: Challenge) -> None:
    make_entry(bet, cast.carl)
    make_process(cast.emma)
    url = f"/challenges/{bet.pk}/enter/"
    assert 'name="process"' not in sign_in(cast.carl).get(url).content.decode()
    assert 'name="process"' in sign_in(cast.emma).get(url).content.decode()
    close(bet)
    assert 'name="process"' not in sign_in(cast.emma).get(url).content.decode()


def test_a_link_without_its_scheme_is_taken(cast: Any, sign_in: Any, api: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    data = claim_data(entry, link="example.com/beleg")
    assert sign_in(cast.carl).post(f"/challenges/{bet.pk}/claim/", data).status_code == 302
    made = api(cast.carl).post(
        f"/api/v1/challenges/{bet.pk}/claims/",
        claim_data(entry, 1, link="example.com/beleg", system=a_tool().slug),
    )
    assert made.json()["link"] == "https://example.com/beleg"


def test_the_api_does_not_tell_which_addresses_exist(cast: Any, api: Any) -> None:
    program = api(cast.farid)
    answers = [
        program.post("/api/v1/challenges/", {**FORM, "referees": [address]})
        for address in (cast.carl.email, "niemand@hatpin.example")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].json() == answers[1].json()
    made = program.post("/api/v1/challenges/", {**FORM, "referees": [cast.ruth.email]})
    assert (made.status_code, made.json()["referees"]) == (201, [cast.ruth.email])
