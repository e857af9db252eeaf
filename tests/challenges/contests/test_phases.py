"""Draft, enrolling, running: what can be done when, and what has to be approved before anything counts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from challenges.contests import approving, claiming, deputies, entering
from challenges.contests.actions import change_challenge
from challenges.contests.baselines import fingerprint
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from challenges.processes.list_actions import set_numbers
from challenges.processes.models import Lane, Process
from challenges.sealed import deciding
from hub.notices.models import Notice
from hub.people.models import RoleGrant
from hub.refusals import Refusal
from tests.factories import a_tool, close, make_challenge, make_claim, make_entry, make_process, make_user

READY = {"data_source": "Bericht aus dem ERP", "keeps_data": "on", "is_stable": "on"}


@pytest.fixture
def bet(cast: Any) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


def starting(challenge: Challenge, in_days: float) -> Challenge:
    start = timezone.now() + timedelta(days=in_days)
    challenge.start_date, challenge.start_time = start.date(), start.time()
    challenge.time_zone = "UTC"
    closes = challenge.closes_at
    challenge.local_date, challenge.local_time = closes.date(), closes.time()
    challenge.save()
    return challenge


def test_a_draft_is_its_organisers_alone_until_it_is_opened(cast: Any, sign_in: Any) -> None:
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    form = {
        "title": "Noch geheim",
        "local_date": day,
        "local_time": "18:00",
        "time_zone": "Europe/Berlin",
        "referees": [cast.ruth.pk],
        "draft": "1",
    }
    farid = sign_in(cast.farid)
    made = farid.post("/challenges/new/", form)
    url = made["Location"]
    assert "Noch geheim" not in sign_in(cast.emma).get("/challenges/").content.decode()
    for person in (cast.emma, cast.ruth, cast.ada):
        assert sign_in(person).get(url).status_code == 404
    second = farid.post("/challenges/new/", {**form, "title": "Doch nicht"})["Location"]
    assert farid.post(f"{second}cancel/")["Location"] == "/challenges/"
    assert farid.get(second).status_code == 404
    assert farid.post(f"{url}publish/").status_code == 302
    assert Challenge.objects.get().phase() == "running"
    assert sign_in(cast.emma).get(url).status_code == 200


def test_one_enters_before_the_start_and_claims_after_it(cast: Any, bet: Challenge) -> None:
    starting(bet, 2)
    assert bet.phase() == "enrolling"
    entry = make_entry(bet, cast.carl)
    draft = make_claim(entry, is_draft=True)
    with pytest.raises(Refusal, match="not_started"):
        claiming.hand_in(claim=draft, entry=entry)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        bet.refresh_from_db()
        assert bet.phase() == "running"
        with pytest.raises(Refusal, match="started"):
            make_entry(bet, cast.bertha)
        entry.refresh_from_db()
        assert claiming.hand_in(claim=draft, entry=entry).state == Claim.State.SUBMITTED


def test_how_it_is_counted_stays_once_it_runs(cast: Any, sign_in: Any, bet: Challenge) -> None:
    starting(bet, 2)
    form = {
        "title": bet.title,
        "start_date": bet.start_date.isoformat(),
        "start_time": bet.start_time.isoformat("minutes"),
        "local_date": bet.local_date.isoformat(),
        "local_time": "18:00",
        "time_zone": "UTC",
        "referees": [cast.ruth.pk],
        "automated_weight": "0.50",
    }
    farid = sign_in(cast.farid)
    assert farid.post(f"/challenges/{bet.pk}/edit/", form).status_code == 302
    bet.refresh_from_db()
    assert bet.automated_weight == Decimal("0.5")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        again = sign_in(cast.farid)
        assert (
            again.post(f"/challenges/{bet.pk}/edit/", {**form, "automated_weight": "1.00"}).status_code == 409
        )
        later = (timezone.now() + timedelta(days=1)).date().isoformat()
        assert again.post(f"/challenges/{bet.pk}/edit/", {**form, "start_date": later}).status_code == 409


@pytest.mark.parametrize("missing", ["data_source", "keeps_data", "is_stable"])
def test_nothing_counts_before_owner_and_referee_approved_a_ready_process(
    missing: str, cast: Any, sign_in: Any, bet: Challenge
) -> None:
    process = make_process(cast.bertha, audience="company")
    entry = make_entry(bet, cast.carl, process, is_approved=False)
    carl, url = sign_in(cast.carl), f"/challenges/entries/{entry.pk}/baseline/"
    with pytest.raises(Refusal, match="not_approved"):
        make_claim(entry)
    assert not own_claims(entry).exists()
    incomplete = {name: value for name, value in READY.items() if name != missing}
    assert carl.post(url, incomplete).status_code == (422 if missing == "data_source" else 302)
    assert sign_in(cast.ruth).post(f"{url}approve/").status_code == 409
    assert not Notice.objects.filter(kind="baseline_waits").exists()

    assert carl.post(url, READY).status_code == 302
    told = Notice.objects.filter(kind="baseline_waits").values_list("user", flat=True)
    assert set(told) == {cast.bertha.pk, cast.ruth.pk}
    assert carl.post(f"{url}approve/").status_code == 403, "the contestant is neither owner nor referee"
    sign_in(cast.ruth).post(f"{url}approve/")
    with pytest.raises(Refusal, match="not_approved"):
        make_claim(entry)
    sign_in(cast.bertha).post(f"{url}approve/")
    entry.refresh_from_db()
    assert make_claim(entry).state == Claim.State.SUBMITTED
    assert Notice.objects.filter(kind="baseline_approved", user=cast.carl).count() == 1
    assert carl.post(url, READY).status_code == 409
    assert sign_in(cast.emma).get(url).status_code == 404


def test_a_baseline_is_sent_back_with_what_is_missing(cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl, is_approved=False)
    carl, ruth, url = sign_in(cast.carl), sign_in(cast.ruth), f"/challenges/entries/{entry.pk}/baseline/"
    carl.post(url, READY)
    assert ruth.post(f"{url}send-back/", {"words": ""}).status_code == 422
    assert ruth.post(f"{url}send-back/", {"words": "Welcher Monat?"}).status_code == 302
    assert "Welcher Monat?" in carl.get(url).content.decode()
    assert Notice.objects.filter(kind="baseline_sent_back", user=cast.carl).count() == 1
    carl.post(url, {**READY, "data_source": "ERP, Oktober 2026"})
    ruth.post(f"{url}approve/")
    sign_in(cast.farid).post(f"{url}approve/")
    entry.refresh_from_db()
    assert entry.baseline.is_approved


def test_a_referee_of_the_same_line_approves_and_decides_nothing(cast: Any, bet: Challenge) -> None:
    near = make_user("Nora", team=cast.carl.team, roles=("referee",))
    bet.referees.add(near)
    entry = make_entry(bet, cast.carl, is_approved=False)
    approving.tell_readiness(entry=entry, data_source="ERP", keeps_data=True, is_stable=True)
    with pytest.raises(Refusal, match="same_line"):
        approving.approve_baseline(entry=entry, by=near)
    approving.approve_baseline(entry=entry, by=cast.ruth)


def test_the_baseline_of_a_process_does_not_change_once_somebody_stands_on_it(
    cast: Any, bet: Challenge
) -> None:
    entry = make_entry(bet, cast.carl)
    steps = list(entry.process.steps.all())
    assert entry.baseline.sha256 == fingerprint(entry.process, steps)
    with pytest.raises(Refusal, match="in_use"):
        set_numbers(process=entry.process, numbers={steps[0].pk: {"touch_minutes": 99}}, cases_per_week=5)
    steps[0].touch_minutes = 99
    assert fingerprint(entry.process, steps) != entry.baseline.sha256


# --- teams and assistants -------------------------------------------------------------------------
def test_a_team_claims_together_and_an_assistant_only_drafts(cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.bertha, team_name="Die Kürzer")
    own = make_claim(entry, 0, method="Nur für uns")
    bertha, page = sign_in(cast.bertha), f"/challenges/{bet.pk}/"
    for email, part in ((cast.emma.email, "member"), (cast.otto.email, "assistant")):
        assert bertha.post(f"{page}people/", {"email": email, "part": part}).status_code == 302
    assert bertha.post(f"{page}people/", {"email": cast.ruth.email, "part": "member"}).status_code == 422
    assert (
        bertha.post(f"{page}people/", {"email": "niemand@example.com", "part": "member"}).status_code == 422
    )

    emma = sign_in(cast.emma).get(page).content.decode()
    assert 'data-mark="claimed"' in emma
    step = entry.process.steps.get(position=1)
    data = {"steps": [str(step.pk)], "method": "Der Assistent", "evidence": "40 Fälle", "system": a_tool().pk}
    assert sign_in(cast.emma).post(f"{page}claim/", data).status_code == 302
    assert own_claims(entry).count() == 2

    otto = sign_in(cast.otto)
    assert "Nur für uns" not in otto.get(page).content.decode()
    assert "data-mark" not in otto.get(page).content.decode()
    assert otto.get(f"/challenges/claims/{own.pk}/").status_code == 404
    assert otto.get(f"/challenges/entries/{entry.pk}/baseline/").status_code == 404
    # Also a step that is claimed already is offered: what is left out would tell.
    form = otto.get(f"{page}claim/").content.decode()
    assert form.count('name="steps"') == entry.process.steps.count()
    taken = {
        "steps": [str(entry.process.steps.get(position=0).pk)],
        "system": a_tool().pk,
        "method": "Vorschlag",
        "evidence": "Siehe Akte",
    }
    made = otto.post(f"{page}claim/", taken)
    draft = own_claims(entry).get(state=Claim.State.DRAFT)
    assert made["Location"] == f"/challenges/claims/{draft.pk}/"
    assert otto.post(f"/challenges/claims/{draft.pk}/hand-in/").status_code == 404
    assert not Notice.objects.filter(
        user=cast.ruth, path__contains="review", created_at__gt=draft.claimed_at
    ).exists()
    with pytest.raises(Refusal, match="already_claimed"):
        claiming.hand_in(claim=draft, entry=entry)
    assert bertha.post(f"/challenges/claims/{draft.pk}/withdraw/").status_code == 302
    assert own_claims(entry).count() == 2

    part = entry.others.get(user=cast.otto)
    assert sign_in(cast.emma).post(f"/challenges/people/{part.pk}/send-away/").status_code == 404
    bertha.post(f"/challenges/people/{part.pk}/send-away/")
    assert otto.get(f"{page}claim/").status_code == 404


def test_one_has_one_part_in_a_bet(cast: Any, bet: Challenge) -> None:
    first, second = make_entry(bet, cast.bertha), make_entry(bet, cast.carl)
    entering.bring_along(entry=first, user=cast.emma, part="member")
    for entry, user in ((second, cast.emma), (second, cast.bertha)):
        with pytest.raises(Refusal, match="takes_part"):
            entering.bring_along(entry=entry, user=user, part="member")
    with pytest.raises(Refusal, match="takes_part"):
        entering.enter(challenge=bet, user=cast.emma, process=make_process(cast.emma))
    cast.emma.role_grants.create(role=RoleGrant.Role.REFEREE)
    with pytest.raises(Refusal, match="referee_competes"):
        change_challenge(challenge=bet, by=cast.farid, referees=[cast.ruth, cast.emma])


def test_after_the_deadline_a_draft_stays_a_draft(cast: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    draft = make_claim(entry, is_draft=True)
    close(bet)
    with pytest.raises(Refusal, match="not_open"):
        claiming.hand_in(claim=draft, entry=entry)


# --- who runs it, and who judges ------------------------------------------------------------------
def test_whoever_runs_a_bet_and_takes_part_changes_nothing_in_it(cast: Any, sign_in: Any, api: Any) -> None:
    cast.bertha.role_grants.create(role=RoleGrant.Role.FACILITATOR)
    bet = make_challenge(cast.bertha, referees=(cast.ruth,), deputy=cast.farid)
    edit, page = f"/challenges/{bet.pk}/edit/", f"/challenges/{bet.pk}/"
    assert sign_in(cast.bertha).get(edit).status_code == 200
    make_entry(bet, cast.bertha)
    assert sign_in(cast.bertha).get(edit).status_code == 403
    assert api(cast.bertha).post(f"/api/v1/challenges/{bet.pk}/cancel/").status_code == 403
    shown = sign_in(cast.bertha).get(page).content.decode()
    assert edit not in shown
    assert "deiner eigenen Wette" in shown
    for other in (cast.farid, cast.ada):
        assert sign_in(other).get(edit).status_code == 200


def test_rules_and_organiser_are_told_whether_another_referee_looks_again(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    farid, rules, page = sign_in(cast.farid), f"/challenges/{bet.pk}/rules/", f"/challenges/{bet.pk}/"
    deputy, second = (make_user(name, roles=("referee",)) for name in ("Dora", "Zoe"))
    for others, has_second in ((), False), ((deputy,), False), ((deputy, second), True):
        if others == (deputy,):
            deputies.name_referees_deputy(challenge=bet, referee=cast.ruth, deputy=deputy)
        elif others:
            bet.referees.add(second)
        said = farid.get(rules).content.decode()
        assert ("Ein anderes Mitglied" in said) is has_second, others
        assert ("bisher nur ein Mitglied" in said) is (others == ())
        assert ("ein Mitglied des Schiedsgerichts und dessen Vertretung" in said) is (others == (deputy,))
        assert (
            "ein zweites Mitglied im Schiedsgericht" in farid.get(page).content.decode()
        ) is not has_second
    assert "ein zweites Mitglied im" not in sign_in(cast.emma).get(page).content.decode()


def test_referees_are_told_of_each_appeal(cast: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    told = Notice.objects.filter(user=cast.ruth, kind="claim_waits")
    assert told.count() == 1
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    claim = claiming.appeal(claim=claim, entry=entry, words="Siehe Anhang")
    assert told.count() == 2, "on the same day"


def test_the_count_waits_for_an_appeal_from_the_deadline_on(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), appeal_days=3)
    claim = make_claim(make_entry(bet, cast.carl))
    early = timezone.now() - timedelta(days=30)
    claim = deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Nein", now=early)
    assert claim.appeal_until == bet.closes_at + timedelta(days=3)


def test_the_bet_that_closes_next_stands_on_today(cast: Any) -> None:
    later, sooner, over = (
        make_challenge(cast.farid, referees=(cast.ruth,), closes_in=timedelta(days=days))
        for days in (9, 2, 5)
    )
    for one in (later, sooner, over):
        make_entry(one, cast.carl)
    close(over)
    assert Entry.objects.current_of(cast.carl).challenge == sooner
    close(sooner)
    close(later)
    assert Entry.objects.current_of(cast.carl) is not None


def test_too_late_for_an_approval_asks_for_nothing(cast: Any, sign_in: Any, bet: Challenge) -> None:
    make_entry(bet, cast.carl, is_approved=False)
    Challenge.objects.filter(pk=bet.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    page = sign_in(cast.carl).get(f"/challenges/{bet.pk}/").content.decode()
    assert "vor dem Start nicht freigegeben" in page
    assert "Mach zuerst die Startprüfung" not in page
    assert f"/challenges/{bet.pk}/claim/" not in page


def test_the_fingerprint_is_shown_only_where_no_time_could_be_guessed_from_it(
    cast: Any, bet: Challenge, sign_in: Any, api: Any
) -> None:
    entry = make_entry(bet, cast.carl)
    entry.process.steps.update(touch_minutes=7, lane="Kasse")
    Process.objects.filter(pk=entry.process_id).update(owner=cast.emma)
    page, path = f"/challenges/entries/{entry.pk}/baseline/", f"/api/v1/entries/{entry.pk}/baseline/"

    def shown(person: Any) -> list[bool]:
        known = entry.baseline.sha256
        told = sign_in(person).get(page).content.decode(), api(person).get(path).json()["sha256"]
        return [known in text for text in told]

    assert shown(cast.emma) == [True, True], "who wrote the times"
    assert shown(cast.ruth) == shown(cast.carl) == [False, False]
    Lane.objects.create(process=entry.process, name="Kasse", performers=3)
    assert shown(cast.ruth) == shown(cast.carl) == [True, True]
