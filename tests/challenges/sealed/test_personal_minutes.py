"""Minutes of a lane in which one person works are that person's: only the claimant and the controller see them."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.contests.claiming import add_file
from challenges.contests.models import Challenge, Claim, PublishedClaim, PublishedFreed, PublishedStanding
from challenges.processes import consent
from challenges.processes.list_actions import set_lanes
from challenges.processes.models import Lane, Process, Step
from challenges.sealed import breaking, control, deciding
from challenges.sealed.models import Look, Show
from challenges.sealed.revealing import reveal
from challenges.sealed.show import go_to, start
from hub.people.models import User
from tests.factories import close, make_challenge, make_claim, make_entry, make_process

SECRET = 37.25  # stands in no other number of these pages
WRITTEN = ("37.25", "37,25", "37,3", "37.3")


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


@pytest.fixture
def process(cast: SimpleNamespace) -> Process:
    """Two people in one lane, one in the other."""
    process = make_process(cast.carl, cases_per_week=60)
    Step.objects.filter(process=process, position=0).update(lane="Kasse")
    Lane.objects.create(process=process, name="Kasse", performers=1)
    return process


@pytest.fixture
def claim(cast: SimpleNamespace, bet: Challenge, process: Process) -> Claim:
    """Of the single person's step; another one, of the shared lane, is verified too."""
    entry = make_entry(bet, cast.carl, process)
    told = make_claim(entry, 1, before_minutes=20, after_minutes=8)
    own = make_claim(
        entry,
        0,
        before_minutes=SECRET,
        after_minutes=0,
        affects_jobs=True,
        jobs="Die Kasse wird anders besetzt.",
    )
    for one in (told, own):
        deciding.decide(claim=one, referee=cast.ruth, is_confirmed=True)
        deciding.decide_hours(claim=one, controller=cast.viktor, saved_minutes=one.claimed_minutes)
    return own


def test_those_behind_the_seal_do_not_see_them_and_the_controller_does(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, claim: Claim
) -> None:
    breaking.agree(seal_break=breaking.ask(challenge=bet, by=cast.ada, reason="Verdacht"), by=cast.walter)
    for person, page, program in (
        (cast.ruth, f"/challenges/{bet.pk}/review/", f"/api/v1/challenges/{bet.pk}/review/"),
        (cast.ada, f"/challenges/{bet.pk}/review/", f"/api/v1/challenges/{bet.pk}/review/"),
        (cast.walter, "/challenges/jobs/", "/api/v1/claims/jobs/"),
    ):
        for answer in (sign_in(person).get(page), api(person).get(program)):
            assert answer.status_code == 200
            assert claim.steps_title in answer.content.decode(), "the claim itself is shown"
            assert not [text for text in WRITTEN if text in answer.content.decode()]
    verified = api(cast.ruth).post(f"/api/v1/claims/{claim.pk}/verify/", {"decision": "confirm"})
    assert verified.json()["before_minutes"] is None
    assert "37" in sign_in(cast.viktor).get("/challenges/hours/").content.decode()
    assert str(SECRET) in api(cast.viktor).get("/api/v1/claims/hours/").content.decode()
    assert str(SECRET) in api(cast.carl).get(f"/api/v1/challenges/{bet.pk}/claims/").content.decode()


def test_no_published_hours_hold_them_until_there_are_two_or_the_person_agreed(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, process: Process, claim: Claim
) -> None:
    close(bet)
    shown = start(challenge=bet, referee=cast.ruth)
    reveal(challenge=bet, referee=cast.ruth)
    told = 12 * 48  # minutes a case * weeks, at sixty cases a week
    assert [row.mid for row in PublishedFreed.objects.all()] == [told]
    assert PublishedStanding.objects.get().hours_mid == told
    assert {row["mid"] for step in shown.steps if step["kind"] == "freed" for row in step["rows"]} == {told}
    lines = [line for step in shown.steps for line in step.get("lines", ())]
    assert [line["mid"] for line in lines] == [told]
    for page in ("", "standings/", "seal/", "ledger/", "control/"):
        text = sign_in(cast.otto).get(f"/challenges/{bet.pk}/{page}").content.decode()
        assert not [written for written in WRITTEN if written in text], page
    leaves = api(cast.otto).get(f"/api/v1/challenges/{bet.pk}/commitment/").json()["leaves"]
    assert sum('"minutes":[20.0,8.0]' in leaf["line"] for leaf in leaves) == 1, "what may be told is opened"

    Lane.objects.filter(process=process, name="Kasse").update(has_consent=True, person=cast.otto)
    deciding.decide_hours(claim=claim, controller=cast.viktor, saved_minutes=SECRET)
    assert PublishedFreed.objects.get().mid == pytest.approx(told + SECRET * 48)


HANDS = {"Kasse": 1, "Prüfung": 1, "Ablage": 5, "Leitung": 2, "Vertrieb": 2}
WALK: tuple[tuple[str, int | None, str], ...] = (
    ("Ablage", 1, "bertha"),  # what was a crowd's is said to be one person's, who agrees
    ("Prüfung", 1, "emma"),
    ("Leitung", 9, ""),
    ("Ablage", 5, ""),
    ("Leitung", 1, ""),
    ("Prüfung", 3, ""),
)


def told_of(stranger: Any, referee: Any, bet: Challenge, process: Process) -> list[Any]:
    """Everything with a time in it that somebody without a part in the bet is shown of one process and bet."""
    seen = stranger.get(f"/api/v1/processes/{process.pk}/").json()
    steps = [(step["name"], step["touch_minutes"], step["wait_hours"]) for step in seen["steps"]]
    freed = [
        (row.low, row.mid, row.high, row.claims, row.confirmed_minutes, row.claimed_minutes)
        for row in PublishedFreed.objects.filter(challenge=bet)
    ]
    standings = PublishedStanding.objects.filter(challenge=bet).values_list(
        "executed_before", "executed_after", "hours_low", "hours_mid", "hours_high"
    )
    leaves = stranger.get(f"/api/v1/challenges/{bet.pk}/commitment/").json()["leaves"]
    opened = sorted(str(json.loads(leaf["line"])["minutes"]) for leaf in leaves if leaf["line"])
    review = referee.get(f"/api/v1/challenges/{bet.pk}/review/").json()
    return [steps, seen["figures"], seen["notes"], freed, list(standings), opened, minutes_in(review)]


def minutes_in(told: Any) -> list[Any]:
    """Every number that is called minutes, in order."""
    if isinstance(told, list):
        return [one for part in told for one in minutes_in(part)]
    if not isinstance(told, dict):
        return []
    own = [(name, value) for name, value in sorted(told.items()) if name.endswith("minutes")]
    return own + [one for part in told.values() for one in minutes_in(part)]


def test_claims_in_every_lane_tell_nothing_of_one_person_whatever_the_others_answer(
    cast: SimpleNamespace, api: Any
) -> None:
    """Two bets that differ in the minutes at the till alone, which Otto never agreed to show. Claims repeat the minutes
    of the steps in all lanes; others agree, take it back, are said to be several, or one.
    """
    stranger, referee = api(cast.selma), api(cast.ruth)
    worlds = []
    for secret in (SECRET, 4 * SECRET):
        process = make_process(cast.carl, steps=5, cases_per_week=60, title="Zwei Welten")
        process.lanes.all().delete()
        for number, (name, performers) in enumerate(HANDS.items()):
            minutes = secret if name == "Kasse" else 3.0 + 2**number
            process.steps.filter(position=number).update(lane=name, touch_minutes=minutes, wait_hours=minutes)
            person = {"Kasse": cast.otto, "Prüfung": cast.emma}.get(name)
            Lane.objects.create(process=process, name=name, performers=performers, person=person)
        bet = make_challenge(cast.farid, referees=(cast.ruth,))
        entry = make_entry(bet, cast.carl, process)
        for step in process.steps.all():
            one = make_claim(entry, step.position, before_minutes=step.touch_minutes, after_minutes=0)
            deciding.decide(claim=one, referee=cast.ruth, is_confirmed=True)
            deciding.decide_hours(claim=one, controller=cast.viktor, saved_minutes=step.touch_minutes)
        reveal(challenge=close(bet), referee=cast.ruth)
        worlds.append((bet, process))
    assert told_of(stranger, referee, *worlds[0]) == told_of(stranger, referee, *worlds[1])
    for name, performers, person in WALK:
        for _bet, process in worlds:
            set_lanes(process=process, lanes=[(name, performers, getattr(cast, person, None))])
        for agrees in (True, False, True) if person else ():
            for _bet, process in worlds:
                lane = process.lanes.get(name=name)
                written = consent.with_own_steps([lane])[0].written
                consent.answer(lane=lane, agrees=agrees, read=written)
            assert told_of(stranger, referee, *worlds[0]) == told_of(stranger, referee, *worlds[1]), (
                name,
                agrees,
            )
        first = told_of(stranger, referee, *worlds[0])
        assert first == told_of(stranger, referee, *worlds[1]), name
    assert first[3], "hours are published all the same"


def test_what_the_screen_has_not_shown_follows_a_yes_taken_back(
    cast: SimpleNamespace, bet: Challenge, process: Process, claim: Claim
) -> None:
    """Shown in the order of places: the last one first, then Carl, then what is freed."""
    set_lanes(process=process, lanes=[("Kasse", 1, cast.otto)])
    till = till_of(process)
    consent.answer(lane=till, agrees=True, read=consent.with_own_steps([till])[0].written)
    make_entry(bet, cast.emma)
    close(bet)
    shown = start(challenge=bet, referee=cast.ruth)
    kinds = [step["kind"] for step in shown.steps]
    assert kinds == ["opening", "place", "drum", "winner", "freed", "end"]
    both, told = round((12 + SECRET) * 52), 12 * 52

    def highs() -> list[int]:
        steps = Show.objects.get(pk=shown.pk).steps
        assert [step["kind"] for step in steps] == kinds
        return [steps[3]["lines"][0]["high"], steps[4]["rows"][0]["high"]]

    assert highs() == [both, both]
    consent.answer(lane=till, agrees=False)
    assert highs() == [told, told], "nothing of it was shown"
    consent.answer(lane=till, agrees=True, read=consent.with_own_steps([till])[0].written)
    for position in range(1, 4):
        go_to(show=shown, position=position, by=cast.ruth)
    consent.answer(lane=till, agrees=False)
    assert highs() == [both, told], "the winner was shown, what is freed was not"
    for position in range(4, 6):
        go_to(show=shown, position=position, by=cast.ruth)
    assert PublishedFreed.objects.get().high == told


def test_without_anything_left_to_free_the_screen_goes_to_its_end(
    cast: SimpleNamespace, bet: Challenge, process: Process
) -> None:
    claim = make_claim(make_entry(bet, cast.carl, process), 0, before_minutes=SECRET, after_minutes=0)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    lane = Lane.objects.filter(process=process, name="Kasse")
    lane.update(person=cast.otto, has_consent=True)
    close(bet)
    for reached, left in ((3, ["end"]), (2, ["end"])):
        Show.objects.all().delete()
        lane.update(has_consent=True)
        shown = start(challenge=bet, referee=cast.ruth)
        assert [step["kind"] for step in shown.steps] == ["opening", "drum", "winner", "freed", "end"]
        for position in range(1, reached + 1):
            go_to(show=shown, position=position, by=cast.ruth)
        consent.answer(lane=lane.get(), agrees=False)
        shown.refresh_from_db()
        assert [step["kind"] for step in shown.steps[reached + 1 :]] == left


def till_of(process: Process) -> Lane:
    return Lane.objects.select_related("process", "person").get(process=process, name="Kasse")


# --- evidence -------------------------------------------------------------------------------------
def test_published_hours_follow_who_works_in_a_lane(
    cast: SimpleNamespace, bet: Challenge, process: Process, claim: Claim
) -> None:
    set_lanes(process=process, lanes=[("Kasse", 1, cast.otto)])
    till = Lane.objects.get(process=process, name="Kasse")
    written = consent.with_own_steps([till])[0].written
    consent.answer(lane=till, agrees=True, read=written)
    reveal(challenge=close(bet), referee=cast.ruth)
    assert PublishedFreed.objects.get().high == (12 + SECRET) * 52
    consent.answer(lane=till, agrees=False)
    assert PublishedFreed.objects.get().high == 12 * 52, "consent was taken back"
    assert PublishedStanding.objects.get(entry=claim.entry).hours_high == 12 * 52


def test_hours_of_a_claim_that_was_taken_back_are_not_asked_for(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, claim: Claim
) -> None:
    reveal(challenge=close(bet), referee=cast.ruth)
    viktor = sign_in(cast.viktor)
    assert f'id="claim-{claim.pk}"' in viktor.get("/challenges/hours/").content.decode()
    published = PublishedClaim.objects.get(claim_key=claim.pk)
    control.settle(claim=published, referee=cast.ruth, holds=False, reason="Wieder da")
    assert f'id="claim-{claim.pk}"' not in viktor.get("/challenges/hours/").content.decode()


def test_a_controller_opens_the_evidence_of_what_is_to_be_confirmed_and_nothing_else(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, process: Process
) -> None:
    entry = make_entry(bet, cast.carl, process)
    timed, untimed = make_claim(entry, 1, before_minutes=20, after_minutes=8), make_claim(entry, 2)
    addresses = []
    for claim in (timed, untimed):
        file = add_file(claim=claim, entry=entry, file=SimpleUploadedFile("beleg.txt", b"40 Faelle"))
        addresses.append(f"/challenges/claims/{claim.pk}/evidence/{file.pk}/")
    viktor: User = cast.viktor
    assert sign_in(viktor).get(addresses[0]).status_code == 404, "not verified yet"
    for claim in (timed, untimed):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert addresses[0] in sign_in(viktor).get("/challenges/hours/").content.decode()
    before = Look.objects.filter(actor_key=viktor.subject_key).count()
    answer = sign_in(viktor).get(addresses[0])
    assert b"".join(answer.streaming_content) == b"40 Faelle"
    assert Look.objects.filter(actor_key=viktor.subject_key).count() == before + 1
    assert sign_in(viktor).get(addresses[1]).status_code == 404, "no hours, no business"
    assert sign_in(cast.emma).get(addresses[0]).status_code == 403
