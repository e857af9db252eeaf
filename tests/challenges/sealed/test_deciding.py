"""Who decides what behind the seal: evidence, lines and conflicts, appeals, the sample, hours, jobs."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.contests import claiming, entering
from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.models.challenge import is_in_line
from challenges.contests.own_claims import own_claims, tally_of
from challenges.sealed import deciding, sampling
from challenges.sealed.commitments import commit
from challenges.sealed.models import HoursDecision, Look, SealedStanding, SecondLook
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.clamd_server import ClamdServer
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_team, make_user

SCRIPT = b"<html><script>alert(1)</script></html>"


@pytest.fixture
def bet(cast: Any) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


@pytest.fixture
def entry(bet: Challenge, cast: Any) -> Entry:
    return make_entry(bet, cast.carl, make_process(cast.carl, steps=12))


@pytest.fixture
def second(bet: Challenge) -> User:
    """Another referee, of nobody's line."""
    referee = make_user("Rosa", roles=("referee",))
    bet.referees.add(referee)
    return referee


@pytest.fixture
def controller(db: None) -> User:
    return make_user("Conny", roles=("controller",))


# --- evidence -------------------------------------------------------------------------------------
def test_evidence_files_are_handed_out_as_downloads_to_those_who_may(
    cast: Any, sign_in: Any, api: Any, entry: Entry
) -> None:
    claim = make_claim(entry)
    upload = {"file": SimpleUploadedFile("../../beleg.html", SCRIPT, content_type="text/html")}
    made = api(cast.carl).post(f"/api/v1/claims/{claim.pk}/files/", upload, format="multipart")
    assert (made.status_code, made.json()["name"]) == (201, "beleg.html")
    file = made.json()["id"]
    own, behind = (
        f"/challenges/claims/{claim.pk}/files/{file}/",
        f"/challenges/claims/{claim.pk}/evidence/{file}/",
    )
    for person, url in ((cast.carl, own), (cast.ruth, behind)):
        answer = sign_in(person).get(url)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == SCRIPT
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "nosniff" in answer["X-Content-Type-Options"]
    for person in (cast.bertha, cast.ada, cast.farid, cast.walter):
        assert sign_in(person).get(own).status_code == 404
        assert sign_in(person).get(behind).status_code == 403
    assert Look.objects.filter(actor_key=cast.ruth.subject_key).count() == 1


def test_a_file_counts_once_and_stays_once_decided(
    cast: Any, sign_in: Any, entry: Entry, settings: Any
) -> None:
    claim = make_claim(entry)
    for _time in range(2):
        claiming.add_file(claim=claim, entry=entry, file=SimpleUploadedFile("a.txt", b"gleich"))
    assert len(own_claims(entry).get().files.all()) == 1
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(Refusal, match="too_large"):
        claiming.add_file(claim=claim, entry=entry, file=SimpleUploadedFile("b.txt", b"viel zu lang"))
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    kept = own_claims(entry).get().files.all()[0]
    url = f"/challenges/claims/{claim.pk}/files/{kept.pk}/remove/"
    assert sign_in(cast.carl).post(url).status_code == 409
    with pytest.raises(Refusal, match="decided"):
        claiming.add_file(claim=claim, entry=entry, file=SimpleUploadedFile("c.txt", b"neu"))


@pytest.mark.parametrize(
    ("reply", "code"), [("stream: OK", ""), ("stream: Eicar FOUND", "malware"), ("what?", "scanner")]
)
def test_evidence_is_scanned_before_it_is_kept(reply: str, code: str, entry: Entry, settings: Any) -> None:
    claim, file = make_claim(entry), SimpleUploadedFile("a.txt", b"Beleg")
    with ClamdServer(reply) as server:
        settings.CLAMD_ADDRESS = server.address
        if code:
            with pytest.raises(Refusal, match=code):
                claiming.add_file(claim=claim, entry=entry, file=file)
        else:
            claiming.add_file(claim=claim, entry=entry, file=file)
    assert server.received == [b"Beleg"]
    assert len(own_claims(entry).get().files.all()) == (0 if code else 1)


def test_a_draft_thrown_away_takes_its_files_with_it(
    cast: Any, entry: Entry, django_capture_on_commit_callbacks: Any
) -> None:
    draft = make_claim(entry, is_draft=True)
    kept = claiming.add_file(claim=draft, entry=entry, file=SimpleUploadedFile("a.txt", b"weg damit"))
    storage, name = kept.file.storage, kept.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        claiming.withdraw(claim=draft, entry=entry)
    assert not storage.exists(name)
    assert not own_claims(entry).exists()


# --- lines, conflicts, appeals --------------------------------------------------------------------
def test_a_referee_above_the_contestant_does_not_decide(cast: Any, sign_in: Any, bet: Challenge) -> None:
    boss = make_user("Otto", team=cast.bertha.team, roles=("referee",))
    bet.referees.add(boss)
    claim = make_claim(make_entry(bet, cast.bertha))
    answer = sign_in(boss).post(f"/challenges/claims/{claim.pk}/verify/", {f"{claim.pk}-decision": "confirm"})
    assert answer.status_code == 409
    assert all_claims(bet).get().state == Claim.State.SUBMITTED
    assert "verify" not in sign_in(boss).get(f"/challenges/{bet.pk}/review/").content.decode()
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)


def test_the_head_of_a_whole_entity_can_be_judged_by_somebody_of_it(cast: Any) -> None:
    board = make_team("Vorstand", entity="Kleine Firma GmbH")
    below = make_team("Werkstatt", entity="Kleine Firma GmbH", parent=board)
    head, near, apart = (
        make_user(name, team=team) for name, team in (("Hede", board), ("Nina", below), ("Bo", board))
    )
    assert not is_in_line(near, head)
    assert is_in_line(apart, head)
    make_team("Zweite Wurzel", entity="Kleine Firma GmbH")
    assert is_in_line(near, head), "with two roots they are departments"


def test_a_declared_conflict_leaves_the_decision_to_another(
    cast: Any, sign_in: Any, entry: Entry, second: User
) -> None:
    claim = make_claim(entry)
    url = f"/challenges/{entry.challenge_id}/entries/{entry.pk}/conflict/"
    assert sign_in(cast.emma).post(url).status_code == 403
    assert sign_in(cast.ruth).post(url).status_code == 302
    with pytest.raises(Refusal, match="conflict"):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    deciding.decide(claim=claim, referee=second, is_confirmed=True)


def test_an_appeal_is_decided_by_another_referee_once(
    cast: Any, sign_in: Any, entry: Entry, second: User
) -> None:
    claim = make_claim(entry)
    carl, url = sign_in(cast.carl), f"/challenges/claims/{claim.pk}/appeal/"
    assert carl.post(url, {"words": "Bitte noch einmal"}).status_code == 409, "nothing was refused yet"
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    assert carl.post(url, {"words": ""}).status_code == 422
    assert carl.post(url, {"words": "Siehe Anhang"}).status_code == 302
    assert sign_in(cast.bertha).post(url, {"words": "Fremd"}).status_code == 404
    with pytest.raises(Refusal, match="appealed"):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Immer noch.")
    deciding.decide(claim=claim, referee=second, is_confirmed=False, reason="Auch nicht.")
    assert carl.post(url, {"words": "Und noch einmal"}).status_code == 409


def test_an_appeal_does_not_take_a_step_that_was_claimed_anew(cast: Any, entry: Entry) -> None:
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    make_claim(entry)
    with pytest.raises(Refusal, match="already_claimed"):
        claiming.appeal(claim=claim, entry=entry, words="Doch")
    assert own_claims(entry).get(pk=claim.pk).state == Claim.State.REFUSED


# --- several steps, and what they count -----------------------------------------------------------
def test_a_claim_names_several_steps_which_no_other_can_name(cast: Any, sign_in: Any, entry: Entry) -> None:
    steps = [entry.process.steps.get(position=n) for n in range(4)]
    merged = make_claim(entry, steps=steps[:3], change="merged", added_steps=1)
    with pytest.raises(Refusal, match="already_claimed"):
        make_claim(entry, steps=steps[2:])
    with pytest.raises(Refusal, match="merge_two"):
        make_claim(entry, steps=[steps[3]], change="merged")
    deciding.decide(claim=merged, referee=cast.ruth, is_confirmed=True)
    assert tally_of(entry).confirmed == SealedStanding.objects.get(entry=entry).net == 1
    page = sign_in(cast.carl).get(f"/challenges/{entry.challenge_id}/").content.decode()
    assert page.count('data-mark="merged"') == 3


# --- the sample -----------------------------------------------------------------------------------
def test_every_tenth_verified_claim_is_looked_at_by_a_second_referee(
    cast: Any, sign_in: Any, bet: Challenge, entry: Entry, second: User
) -> None:
    for position in range(11):
        deciding.decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    assert sampling.sample_of(bet) == []
    commit(close(bet))
    sample = sampling.sample_of(bet)
    assert len(sample) == 2
    assert [claim.pk for claim in sampling.sample_of(bet)] == [claim.pk for claim in sample]
    url = f"/challenges/claims/{sample[0].pk}/second-look/"
    assert sign_in(cast.ruth).post(url, {"agrees": "1"}).status_code == 409
    rosa = sign_in(second)
    assert rosa.post(url, {"agrees": "1"}).status_code == 302
    rosa.post(f"/challenges/claims/{sample[1].pk}/second-look/", {"disagrees": "1"})
    assert SecondLook.objects.count() == 2
    assert own_claims(entry).get(pk=sample[1].pk).state == Claim.State.SUBMITTED
    assert SealedStanding.objects.get(entry=entry).net == 10
    others = all_claims(bet).exclude(pk__in=[claim.pk for claim in sample]).first()
    assert rosa.post(f"/challenges/claims/{others.pk}/second-look/", {"agrees": "1"}).status_code == 409


# --- hours and jobs -------------------------------------------------------------------------------
def test_a_controller_confirms_hours_of_verified_claims(
    cast: Any, sign_in: Any, api: Any, entry: Entry, controller: User
) -> None:
    claim = make_claim(entry, before_minutes=30, after_minutes=5)
    conny, url = sign_in(controller), f"/challenges/claims/{claim.pk}/hours/"
    assert claim.steps_title not in conny.get("/challenges/hours/").content.decode()
    assert (
        conny.post(url, {f"{claim.pk}-decision": "confirm", f"{claim.pk}-saved_minutes": 20}).status_code
        == 404
    )
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert Notice.objects.filter(user=controller, kind="hours_wait").count() == 1
    assert claim.steps_title in conny.get("/challenges/hours/").content.decode()
    assert conny.post(url, {f"{claim.pk}-decision": "confirm"}).status_code == 422
    more = {f"{claim.pk}-decision": "confirm", f"{claim.pk}-saved_minutes": 26}
    assert conny.post(url, more).status_code == 422
    assert conny.post(url, {**more, f"{claim.pk}-saved_minutes": 20}).status_code == 302
    own = own_claims(entry).get()
    assert (own.hours_state, own.saved_minutes) == (Claim.Hours.CONFIRMED, 20)
    assert HoursDecision.objects.get().actor_key == controller.subject_key
    assert Look.objects.filter(actor_key=controller.subject_key).exists()
    assert not AuditEntry.objects.filter(action__contains="hours").exists(), "a hint before the reveal"
    again = api(controller).post(
        f"/api/v1/claims/{claim.pk}/hours/", {"decision": "refuse", "words": "Nicht belegt"}
    )
    assert again.json()["hours_state"] == "refused"


def test_a_controller_who_competes_sees_nothing_of_that_bet(
    cast: Any, sign_in: Any, bet: Challenge, entry: Entry, controller: User
) -> None:
    make_entry(bet, controller)
    claim = make_claim(entry, before_minutes=30, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert claim.steps_title not in sign_in(controller).get("/challenges/hours/").content.decode()
    url = f"/challenges/claims/{claim.pk}/hours/"
    assert sign_in(controller).post(url, {f"{claim.pk}-decision": "refuse"}).status_code == 404
    assert not Notice.objects.filter(user=controller, kind="hours_wait").exists()


def test_the_works_council_sees_claims_that_touch_jobs_at_once_and_rivals_do_not(
    cast: Any, sign_in: Any, api: Any, bet: Challenge, entry: Entry
) -> None:
    make_entry(bet, cast.bertha)
    claim = make_claim(entry, affects_jobs=True, jobs="Zwei Stellen in der Ablage")
    make_claim(entry, 1)
    assert Notice.objects.filter(user=cast.walter, kind="jobs_affected").count() == 1
    page = sign_in(cast.walter).get("/challenges/jobs/").content.decode()
    assert "Zwei Stellen in der Ablage" in page
    assert len(api(cast.walter).get("/api/v1/claims/jobs/").json()) == 1
    assert Look.objects.filter(actor_key=cast.walter.subject_key).count() == 2
    for person in (cast.bertha, cast.hanna, cast.ada, cast.farid):
        assert sign_in(person).get("/challenges/jobs/").status_code == 403
    elsewhere = make_user("Wanda", team=cast.ada.team)
    elsewhere.role_grants.create(role="works_council", legal_entity=cast.ada.team.legal_entity)
    assert "Zwei Stellen" not in sign_in(elsewhere).get("/challenges/jobs/").content.decode()
    assert claim.steps_title


def test_a_works_council_member_who_competes_sees_nothing_of_that_bet(
    cast: Any, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    entering.bring_along(entry=make_entry(bet, cast.bertha), user=cast.walter, part="assistant")
    make_claim(entry, affects_jobs=True, jobs="Zwei Stellen in der Ablage")
    assert "Zwei Stellen" not in sign_in(cast.walter).get("/challenges/jobs/").content.decode()
    assert not Notice.objects.filter(user=cast.walter, kind="jobs_affected").exists()


def test_jobs_and_minutes_are_said_completely(cast: Any, sign_in: Any, entry: Entry) -> None:
    step = entry.process.steps.get(position=0)
    data = {"steps": [str(step.pk)], "method": "Der Assistent", "evidence": "40 Fälle"}
    url = f"/challenges/{entry.challenge_id}/claim/"
    for more, field in (
        ({"affects_jobs": "on"}, "jobs"),
        ({"before_minutes": "10"}, "after_minutes"),
        ({"before_minutes": "10", "after_minutes": "12"}, "after_minutes"),
        ({"change": "merged"}, "steps"),
        ({"added_steps": "-1"}, "added_steps"),
    ):
        answer = sign_in(cast.carl).post(url, {**data, **more})
        assert answer.status_code == 422, more
        assert list(answer.context["form"].errors) == [field]
    assert not own_claims(entry).exists()
