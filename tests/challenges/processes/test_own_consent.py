"""Times of a lane in which one person works: that person alone says whether they are shown."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.contests.entering import enter
from challenges.processes import consent
from challenges.processes.actions import change_process
from challenges.processes.list_actions import rewrite_list, set_numbers
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import costs_of, is_told, shown_lanes
from challenges.processes.steps_csv import StepLine
from hub.demo.bets import ask_for_times
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_challenge, make_process

MINUTES = 77.5


@pytest.fixture
def process(cast: SimpleNamespace) -> Process:
    """Emma wrote it down; what is done at the till is Otto's alone."""
    process = make_process(cast.emma, steps=2, title="Vom Beleg zur Buchung", cases_per_week=10)
    till = Step.objects.get(process=process, position=0)
    till.name, till.lane, till.touch_minutes = "Kasse zählen", "Kasse", MINUTES
    till.save()
    return process


def named(client: Any, process: Process, address: str, performers: str = "1") -> Any:
    return client.post(
        f"/processes/{process.pk}/lanes/",
        {"lane-0-performers": performers, "lane-0-person": address, "lane-1-performers": "2"},
    )


def read(lane: Lane) -> str:
    """What the person who is asked about it has before them now."""
    return consent.with_own_steps([Lane.objects.select_related("process").get(pk=lane.pk)])[0].written


def is_seen(sign_in: Any, api: Any, process: Process, by: Any) -> bool:
    """On the page and in the interface for programs alike."""
    page = sign_in(by).get(f"/processes/{process.pk}/").content.decode()
    told = api(by).get(f"/api/v1/processes/{process.pk}/").json()
    seen = told["steps"][0]["touch_minutes"] is not None
    assert bool(told["figures"] and told["figures"]["minutes_a_case"] >= MINUTES) == seen, (
        "the sum would tell it"
    )
    # Addresses and tokens, in the tags, hold such digits by chance.
    assert bool(re.search(r"\b7[78]\b", re.sub(r"<[^>]*>", " ", page))) == seen
    return seen


def test_the_person_is_asked_says_yes_and_takes_it_back(
    sign_in: Any, api: Any, cast: Any, process: Any
) -> None:
    emma, otto = sign_in(cast.emma), sign_in(cast.otto)
    old_tick = {"lane-0-performers": "1", "lane-0-has_consent": "on"}
    emma.post(f"/processes/{process.pk}/lanes/", old_tick)
    assert not is_seen(sign_in, api, process, cast.carl), "the owner's own word opens nothing"
    assert named(emma, process, cast.otto.email).status_code == 302
    lane = process.lanes.get(name="Kasse")
    notice = Notice.objects.get(user=cast.otto, kind="lane_asked")
    assert notice.path == "/processes/my-work/"
    assert "Vom Beleg zur Buchung" in otto.get("/inbox/").content.decode()
    assert not is_seen(sign_in, api, process, cast.carl)
    page = otto.get("/processes/my-work/").content.decode()
    assert "Kasse zählen" in page
    assert "77,5" in page, "it is about these minutes"
    assert "/processes/my-work/" in otto.get("/processes/").content.decode()
    answer = f"/processes/my-work/{lane.pk}/"
    assert otto.post(answer, {"agrees": "yes", "read": read(lane)}).status_code == 302
    assert is_seen(sign_in, api, process, cast.carl)
    assert "hat ja gesagt" in emma.get(f"/processes/{process.pk}/lanes/").content.decode()
    assert named(emma, process, cast.otto.email).status_code == 302
    assert is_seen(sign_in, api, process, cast.carl), "saving the page changes no answer"
    otto.post(answer, {"agrees": "no"})
    assert not is_seen(sign_in, api, process, cast.carl)
    assert is_seen(sign_in, api, process, cast.emma), "the owner wrote it"
    named(emma, process, "")
    named(emma, process, cast.otto.email)
    assert Notice.objects.filter(user=cast.otto, kind="lane_asked").count() == 1, "a no is not asked again"


def test_nobody_else_answers_or_sees_the_question(sign_in: Any, api: Any, cast: Any, process: Any) -> None:
    named(sign_in(cast.emma), process, cast.otto.email)
    lane = process.lanes.get(name="Kasse")
    for other in (cast.emma, cast.carl, cast.ada):
        assert "Kasse" not in sign_in(other).get("/processes/my-work/").content.decode()
        assert sign_in(other).post(f"/processes/my-work/{lane.pk}/", {"agrees": "yes"}).status_code == 404
        assert api(other).put(f"/api/v1/own-lanes/{lane.pk}/", {"agrees": True}).status_code == 404
        assert api(other).get("/api/v1/own-lanes/").json() == []
        if other != cast.emma:
            assert api(other).get(f"/api/v1/processes/{process.pk}/lanes/").status_code == 403
    lane.refresh_from_db()
    assert (lane.has_consent, lane.answered_at) == (False, None)


def test_a_yes_is_for_whoever_gave_it(sign_in: Any, api: Any, cast: Any, process: Any) -> None:
    emma = sign_in(cast.emma)
    named(emma, process, cast.otto.email)
    lane = process.lanes.get(name="Kasse")
    sign_in(cast.otto).post(f"/processes/my-work/{lane.pk}/", {"agrees": "yes", "read": read(lane)})
    named(emma, process, cast.carl.email)
    assert not is_seen(sign_in, api, process, cast.ruth), "Carl was not heard"
    assert Notice.objects.filter(user=cast.carl, kind="lane_asked").exists()
    api(cast.carl).put(f"/api/v1/own-lanes/{lane.pk}/", {"agrees": True, "read": read(lane)}, format="json")
    assert is_seen(sign_in, api, process, cast.ruth)
    cast.carl.delete()
    assert not is_seen(sign_in, api, process, cast.ruth), "with the person the yes is gone"


def test_a_wrong_address_and_a_crowd_are_refused(sign_in: Any, cast: Any, process: Any) -> None:
    emma = sign_in(cast.emma)
    for address, performers, said in (
        ("niemand@hatpin.example", "1", "Diese Adresse hat hier niemand"),
        ("otto", "1", "E-Mail"),
        (cast.otto.email, "3", "wird niemand gefragt"),
    ):
        page = named(emma, process, address, performers)
        assert page.status_code == 422
        assert said in page.content.decode()
    assert not Lane.objects.exclude(person=None).exists()
    assert not Notice.objects.filter(kind="lane_asked").exists()
    named(emma, process, cast.otto.email)
    lane = process.lanes.get(name="Kasse")
    assert sign_in(cast.otto).post(f"/processes/my-work/{lane.pk}/", {"agrees": "maybe"}).status_code == 422


def test_programs_ask_and_answer_alike(api: Any, cast: Any, process: Any) -> None:
    path = f"/api/v1/processes/{process.pk}/lanes/"
    lanes = {"lanes": [{"name": "Kasse", "performers": 1, "person": cast.otto.email, "has_consent": True}]}
    assert api(cast.emma).put(path, lanes, format="json").status_code == 204
    told = {lane["name"]: lane for lane in api(cast.emma).get(path).json()}["Kasse"]
    assert (told["person"], told["has_consent"]) == (cast.otto.email, False)
    asked = api(cast.otto).get("/api/v1/own-lanes/").json()
    assert [(lane["process"], [step["touch_minutes"] for step in lane["steps"]]) for lane in asked] == [
        ("Vom Beleg zur Buchung", [MINUTES])
    ]
    api(cast.otto).put(
        f"/api/v1/own-lanes/{asked[0]['id']}/", {"agrees": True, "read": asked[0]["written"]}, format="json"
    )
    assert costs_of(process, cast.carl).figures.minutes_a_case
    wrong = {"lanes": [{"name": "Kasse", "person": "niemand@hatpin.example"}]}
    refused = api(cast.emma).put(path, wrong, format="json")
    assert refused.status_code == 400
    assert "Adresse" in refused.content.decode()


def test_the_page_asks_for_all_lanes_at_once(sign_in: Any, cast: Any, process: Any) -> None:
    otto, counts = sign_in(cast.otto), []
    for _more in range(2):
        Lane.objects.create(
            process=make_process(cast.emma, performers=None), name="Vertrieb", person=cast.otto
        )
        with CaptureQueriesContext(connection) as queries:
            assert otto.get("/processes/my-work/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def agreed(sign_in: Any, cast: Any, process: Process) -> Lane:
    named(sign_in(cast.emma), process, cast.otto.email)
    lane = process.lanes.get(name="Kasse")
    sign_in(cast.otto).post(f"/processes/my-work/{lane.pk}/", {"agrees": "yes", "read": read(lane)})
    lane.refresh_from_db()
    assert lane.has_consent
    return lane


@pytest.mark.parametrize("what", ["minutes", "another lane", "the list", "readers", "entered", "title"])
def test_a_yes_is_for_what_was_written_then(what: str, sign_in: Any, cast: Any, process: Process) -> None:
    if what in ("readers", "entered"):
        Process.objects.filter(pk=process.pk).update(audience="private")
        process.refresh_from_db()
    lane = agreed(sign_in, cast, process)
    till, other = process.steps.all()
    for again in range(2):
        if what == "minutes":
            set_numbers(process=process, numbers={till.pk: {"touch_minutes": 5.0 + again}}, cases_per_week=10)
        elif what == "another lane":
            set_numbers(process=process, numbers={other.pk: {"touch_minutes": 5.0}}, cases_per_week=9)
        elif what == "the list":
            lines = [StepLine("Kasse", f"Geld zählen {again}", touch_minutes=MINUTES)]
            rewrite_list(process=process, lines=lines, cases_per_week=10)
        elif what == "entered":
            enter(challenge=make_challenge(cast.farid), user=cast.emma, process=process)
        else:
            process.audience = "company"
            process.title = f"Anders {again}"
            change_process(process=process)
        lane.refresh_from_db()
        stays = what in ("another lane", "title") or (again == 1 and what in ("readers", "entered"))
        assert lane.has_consent is stays
        assert (lane.answered_at is not None) is stays
        sign_in(cast.otto).post(f"/processes/my-work/{lane.pk}/", {"agrees": "yes", "read": read(lane)})
    told = Notice.objects.filter(user=cast.otto, kind="lane_asked_anew").count()
    assert told == {"minutes": 2, "the list": 2, "readers": 1, "entered": 1}.get(what, 0), "once for each yes"


def test_a_no_stays_when_the_minutes_change(sign_in: Any, cast: Any, process: Process) -> None:
    lane = agreed(sign_in, cast, process)
    sign_in(cast.otto).post(f"/processes/my-work/{lane.pk}/", {"agrees": "no"})
    till = process.steps.first()
    set_numbers(process=process, numbers={till.pk: {"touch_minutes": 5.0}}, cases_per_week=10)
    lane.refresh_from_db()
    assert lane.answered_at
    assert not Notice.objects.filter(kind="lane_asked_anew").exists()


def test_whoever_was_named_while_the_page_was_open_answers_for_nobody_else(
    cast: Any, process: Process
) -> None:
    lane = Lane.objects.create(process=process, name="Kasse", person=cast.otto)
    Lane.objects.filter(pk=lane.pk).update(person=cast.carl)
    with pytest.raises(Refusal, match="not_asked"):
        consent.answer(lane=lane, agrees=True)
    lane.refresh_from_db()
    assert not lane.has_consent


def test_the_yes_of_somebody_who_left_ends(sign_in: Any, api: Any, cast: Any, process: Process) -> None:
    agreed(sign_in, cast, process)
    assert is_seen(sign_in, api, process, cast.carl)
    cast.otto.status = User.Status.LEFT
    cast.otto.save(update_fields=["status"])
    assert not is_seen(sign_in, api, process, cast.carl)
    assert not Lane.objects.filter(is_told(), process=process, name="Kasse").exists()
    assert (process.pk, "Kasse") not in shown_lanes([process.pk])


def test_whoever_comes_back_is_asked_like_anybody(
    sign_in: Any, api: Any, cast: Any, process: Process, tmp_path: Any
) -> None:
    agreed(sign_in, cast, process)
    for active in ("no", "yes"):
        roster = tmp_path / "roster.csv"
        otto = f"{cast.otto.email},{cast.otto.first_name},{cast.otto.last_name}"
        roster.write_text(f"email,first_name,last_name,active\n{otto},{active}\n")
        call_command("import_people", str(roster))
    cast.otto.refresh_from_db()
    assert cast.otto.is_active
    assert not is_seen(sign_in, api, process, cast.carl)
    assert "Du hast noch nicht geantwortet" in sign_in(cast.otto).get("/processes/my-work/").content.decode()
    assert Notice.objects.filter(user=cast.otto, kind="lane_asked").count() == 2, "named, and come back"


def test_a_yes_to_what_was_not_read_is_none(sign_in: Any, api: Any, cast: Any, process: Process) -> None:
    named(sign_in(cast.emma), process, cast.otto.email)
    lane = process.lanes.get(name="Kasse")
    before, path = read(lane), f"/processes/my-work/{lane.pk}/"
    Step.objects.filter(process=process, lane="Kasse").update(touch_minutes=MINUTES + 1)
    otto = sign_in(cast.otto)
    for answer in ({"agrees": "yes", "read": before}, {"agrees": "yes"}):
        refused = otto.post(path, answer)
        assert refused.status_code == 409
        assert "Lies es noch einmal" in refused.content.decode()
    told = {"agrees": True, "read": before}
    assert api(cast.otto).put(f"/api/v1/own-lanes/{lane.pk}/", told, format="json").status_code == 409
    after, process.audience = read(lane), Process.Audience.PRIVATE
    process.save(update_fields=["audience"])
    assert otto.post(path, {"agrees": "yes", "read": after}).status_code == 409, "other readers, too"
    assert otto.post(path, {"agrees": "no"}).status_code == 302, "a no needs no reading"
    lane.refresh_from_db()
    assert not lane.has_consent
    assert otto.post(path, {"agrees": "yes", "read": read(lane)}).status_code == 302


def test_of_three_who_work_alone_each_yes_shows_its_own_times_and_no_others(
    sign_in: Any, api: Any, cast: Any, process: Process
) -> None:
    """Whoever noted what was told before each yes, and knows the own times, learns nothing of who did not agree."""
    process.steps.filter(position=1).update(lane="Prüfung", touch_minutes=10)
    Step.objects.create(
        process=process, position=2, element_id="c", name="ablegen", lane="Ablage", touch_minutes=5
    )
    process.lanes.all().delete()
    for name, person in (("Kasse", cast.otto), ("Prüfung", cast.carl), ("Ablage", cast.bertha)):
        Lane.objects.create(process=process, name=name, performers=1, person=person)
    assert costs_of(process, cast.ruth).figures is None
    whole, left = 0.0, {"Kasse", "Prüfung", "Ablage"}
    for name, person, minutes in (("Prüfung", cast.carl, 10), ("Ablage", cast.bertha, 5)):
        lane = process.lanes.get(name=name)
        sign_in(person).post(f"/processes/my-work/{lane.pk}/", {"agrees": "yes", "read": read(lane)})
        whole, left = whole + minutes, left - {name}
        seen = costs_of(process, cast.ruth)
        assert set(seen.hidden) == left
        assert seen.figures.minutes_a_case == whole, "the sum of what is shown"
        assert [lane["is_shown"] for lane in api(person).get("/api/v1/own-lanes/").json()] == [True]
    assert {name for _process, name in shown_lanes([process.pk])} == {"Prüfung", "Ablage"}


def test_in_the_demo_a_yes_shows_more_and_takes_nothing_away(cast: Any, sign_in: Any) -> None:
    ask_for_times(cast.farid, cast.emma)
    process = Process.objects.get(title="Reisekosten abrechnen")
    before = costs_of(process, cast.otto)
    assert (before.own, before.unsaid) == (("Reisestelle",), ())
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert "erst nach einem Ja gezeigt werden: Reisestelle." in page
    lane = process.lanes.get(person=cast.emma)
    sign_in(cast.emma).post(f"/processes/my-work/{lane.pk}/", {"agrees": "yes", "read": read(lane)})
    after = costs_of(process, cast.otto)
    assert after.figures.minutes_a_case > before.figures.minutes_a_case
    assert {name for name, _figures in before.by_lane} < {name for name, _figures in after.by_lane}


def test_whoever_said_no_hears_that_several_are_said_to_do_it(
    sign_in: Any, cast: Any, process: Process
) -> None:
    emma = sign_in(cast.emma)
    named(emma, process, cast.otto.email)
    lane = process.lanes.get(name="Kasse")
    sign_in(cast.otto).post(f"/processes/my-work/{lane.pk}/", {"agrees": "no"})
    named(emma, process, "", performers="3")
    told = Notice.objects.get(user=cast.otto, kind="lane_several")
    assert told.path == f"/processes/{process.pk}/"
    assert "jetzt mehrere machen" in sign_in(cast.otto).get("/inbox/").content.decode()
    named(emma, process, "", performers="3")
    assert Notice.objects.filter(kind="lane_several").count() == 1


@pytest.mark.parametrize("agrees", ["yes", "no"])
def test_a_lane_that_is_only_called_otherwise_keeps_its_answer(
    agrees: str, sign_in: Any, cast: Any, process: Process
) -> None:
    lane = agreed(sign_in, cast, process)
    if agrees == "no":
        consent.answer(lane=lane, agrees=False)
    other = process.steps.get(position=1)
    lines = [
        StepLine("Bargeld", "Kasse zählen", touch_minutes=MINUTES),
        StepLine(other.lane, other.name, touch_minutes=3),
    ]
    rewrite_list(process=process, lines=lines, cases_per_week=10)
    kept = process.lanes.get(person=cast.otto)
    assert (kept.pk, kept.name, kept.has_consent) == (lane.pk, "Bargeld", agrees == "yes")
    assert kept.answered_at
    assert not Notice.objects.filter(user=cast.otto, kind__in=["lane_ended", "lane_asked_anew"]).exists()


def test_an_answer_that_ends_with_its_lane_is_told(sign_in: Any, cast: Any, process: Process) -> None:
    agreed(sign_in, cast, process)
    lines = [StepLine("Bargeld", "Kasse schließen", touch_minutes=MINUTES)]
    rewrite_list(process=process, lines=lines, cases_per_week=10)
    assert not Lane.objects.filter(process=process, person=cast.otto).exists(), "something else was read"
    assert Notice.objects.get(user=cast.otto, kind="lane_ended").path == "/processes/my-work/"
    assert "Deine Antwort gilt nicht mehr" in sign_in(cast.otto).get("/inbox/").content.decode()


def test_whoever_said_no_hears_that_a_step_went_to_several(sign_in: Any, cast: Any, process: Process) -> None:
    lane = agreed(sign_in, cast, process)
    consent.answer(lane=lane, agrees=False)
    process.lanes.filter(name="Vertrieb").update(performers=4)
    steps = [("Vertrieb", "Kasse zählen", MINUTES), ("Kasse", "Kasse öffnen", 2)]
    lines = [StepLine(lane_name, name, touch_minutes=minutes) for lane_name, name, minutes in steps]
    rewrite_list(process=process, lines=lines, cases_per_week=10)
    assert Notice.objects.filter(user=cast.otto, kind="lane_several").count() == 1
    lane.refresh_from_db()
    assert lane.answered_at, "a no stays one"


def test_whoever_was_left_out_and_is_named_again_is_told_and_asked_again(
    sign_in: Any, cast: Any, process: Process
) -> None:
    emma = sign_in(cast.emma)
    lane = agreed(sign_in, cast, process)
    named(emma, process, "")
    assert Notice.objects.filter(user=cast.otto, kind="lane_ended").count() == 1
    named(emma, process, cast.otto.email)
    assert Notice.objects.filter(user=cast.otto, kind="lane_asked").count() == 2, "also on the same day"
    lane.refresh_from_db()
    assert (lane.has_consent, lane.answered_at) == (False, None)
    consent.answer(lane=lane, agrees=False)
    for _again in range(2):
        named(emma, process, "")
        named(emma, process, cast.otto.email)
    assert Notice.objects.filter(user=cast.otto, kind="lane_asked").count() == 2, "a no is not asked again"
    assert Notice.objects.filter(user=cast.otto, kind="lane_ended").count() == 1
