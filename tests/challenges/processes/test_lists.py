"""Lists of steps: written, rewritten, drawn; their numbers; and what a bet keeps as it is."""

from typing import Any

import pytest

from challenges.processes.actions import create_from_template, import_process
from challenges.processes.bpmn import read_bpmn
from challenges.processes.list_actions import MOST_LISTED, rewrite_list
from challenges.processes.models import Lane, Process, Step
from challenges.processes.steps_csv import StepLine
from hub.refusals import Refusal
from tests.challenges.processes.drawings import process as drawing

OPEN = {"lane": "A", "name": "Open", "touch_minutes": 3}


def rows(*given: dict[str, Any], **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"steps-TOTAL_FORMS": len(given), "steps-INITIAL_FORMS": 0, **fields}
    for number, row in enumerate(given):
        full = {"ORDER": number + 1, "lane": "", "kind": "task", "percent": 100, "loop_factor": 1, **row}
        data |= {f"steps-{number}-{name}": value for name, value in full.items()}
    return data


NEW = {"title": "Reklamation", "language": "de", "audience": "company", "cases_per_week": "12.5"}
READ = {"lane": "Service", "name": "Mail lesen", "touch_minutes": "4.5", "wait_hours": 2, "kind": "user"}
ASK = {"lane": "Lager", "name": "<b>Nachfragen</b>", "touch_minutes": 10, "percent": 25, "value": "waste"}


def test_a_list_is_written_and_drawn(sign_in: Any, cast: Any) -> None:
    emma = sign_in(cast.emma)
    assert emma.get("/processes/write/").status_code == 200
    done = emma.post(
        "/processes/write/", rows({**ASK, "ORDER": 2}, {**READ, "ORDER": 1}, {"name": ""}, **NEW)
    )
    process = Process.objects.get()
    assert done["Location"] == f"/processes/{process.pk}/"
    assert (process.origin, process.cases_per_week, process.handoff_count) == ("list", 12.5, 1)
    assert [
        (step.name, step.lane, step.kind, step.touch_minutes, step.probability, step.value)
        for step in process.steps.all()
    ] == [
        ("Mail lesen", "Service", "user", 4.5, 1.0, ""),
        ("<b>Nachfragen</b>", "Lager", "task", 10.0, 0.25, "waste"),
    ]
    assert [step.name for step in read_bpmn(process.bpmn.encode()).steps] == [
        "Mail lesen",
        "<b>Nachfragen</b>",
    ]
    page = emma.get(f"/processes/{process.pk}/").content.decode()
    assert "&lt;b&gt;Nachfragen" in page
    assert "7 min" in page  # 4.5 + 0.25 * 10
    again = emma.post("/processes/write/", rows(READ, ASK, **NEW))
    assert again["Location"] == f"/processes/{process.pk}/"
    assert Process.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (rows(**NEW), "Schreib mindestens einen Schritt"),
        (rows({"lane": "Service", "name": ""}, **NEW), "was in diesem Schritt getan wird"),
        (rows({**READ, "touch_minutes": "viel"}, **NEW), "Schreib eine Zahl"),
        (rows({**READ, "touch_minutes": "-3"}, **NEW), "Mindestens 0"),
        (rows({**READ, "percent": "101"}, **NEW), "Höchstens 100"),
        (rows({**READ, "kind": "robot"}, **NEW), "robot"),
        (rows(READ, **{**NEW, "title": " "}), "Titel"),
    ],
)
def test_what_is_wrong_with_a_list_is_said(given: dict[str, Any], said: str, sign_in: Any, cast: Any) -> None:
    page = sign_in(cast.emma).post("/processes/write/", given)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Process.objects.exists()


def test_a_list_is_rewritten_by_its_owner_until_somebody_stands_on_it(
    sign_in: Any, cast: Any, api: Any
) -> None:
    process, _new = create_from_template(
        user=cast.emma, key="travel-expenses", language="de", audience="company"
    )
    Lane.objects.create(process=process, name="Reisende", performers=3)
    Lane.objects.create(process=process, name="Leitung", performers=1)
    here, emma = f"/processes/{process.pk}/steps/", sign_in(cast.emma)
    page = emma.get(here).content.decode()
    assert "Belege einscannen" in page
    emma.post(here, rows({**READ, "lane": "Reisende"}, cases_per_week="3"))
    process.refresh_from_db()
    assert [step.name for step in process.steps.all()] == ["Mail lesen"]
    assert [lane.name for lane in process.lanes.all()] == ["Reisende"]
    assert process.cases_per_week == 3
    assert "Mail lesen" in process.bpmn
    fresh, is_new = create_from_template(user=cast.emma, key="travel-expenses", language="de")
    assert is_new, "the template is there to begin with again"
    with pytest.raises(Refusal) as same:
        rewrite_list(process=fresh, lines=[StepLine("Reisende", "Mail lesen", "user")])
    assert same.value.code == "same_list" or fresh.title != process.title
    Process.objects.filter(pk=process.pk).update(is_baseline=True)
    assert emma.get(here)["Location"] == f"/processes/{process.pk}/"
    refused = api(cast.emma).put(
        f"/api/v1/processes/{process.pk}/steps/", {"steps": [{"name": "Weniger"}]}, format="json"
    )
    assert (refused.status_code, "Wette" in refused.json()["detail"]) == (409, True)
    assert sign_in(cast.otto).get(here).status_code == 403


def test_a_drawing_keeps_its_steps_and_takes_numbers_page_by_page(sign_in: Any, cast: Any) -> None:
    tasks = "".join(f'<task id="t{n}" name="Schritt {n}"/>' for n in range(60))
    process, _new = import_process(user=cast.emma, file_name="a.bpmn", content=drawing(tasks).encode())
    here, emma = f"/processes/{process.pk}/steps/", sign_in(cast.emma)
    page = emma.get(here).content.decode()
    assert "Schritt 49" in page
    assert "Schritt 50" not in page
    data = {"cases_per_week": "8"}
    for position in range(1, 51):
        data |= {f"step-{position}-percent": "50", f"step-{position}-touch_minutes": "2"}
    saved = emma.post(here, data)
    assert saved["Location"] == f"{here}?page=2"
    timed = process.steps.filter(touch_minutes=2, probability=0.5)
    assert (timed.count(), process.steps.filter(touch_minutes=None).count()) == (50, 10)
    wrong = emma.post(f"{here}?page=2", {"step-51-touch_minutes": "x"})
    assert wrong.status_code == 422
    with pytest.raises(Refusal) as refused:
        rewrite_list(process=process, lines=[StepLine("", "Neu")])
    assert refused.value.code == "not_a_list"


def test_who_works_in_a_lane_is_said_by_the_owner(sign_in: Any, cast: Any) -> None:
    process, _new = create_from_template(
        user=cast.emma, key="travel-expenses", language="de", audience="company"
    )
    here, emma = f"/processes/{process.pk}/lanes/", sign_in(cast.emma)
    assert "Reisestelle" in emma.get(here).content.decode()
    assert emma.post(here, {"lane-0-performers": "-1"}).status_code == 422
    emma.post(here, {"lane-0-performers": "5", "lane-1-performers": "1", "lane-1-person": cast.otto.email})
    assert set(process.lanes.values_list("name", "performers", "person")) == {
        ("Reisende", 5, None), ("Leitung", 1, cast.otto.pk), ("Reisestelle", None, None), ("Buchhaltung", None, None),
    }  # fmt: skip
    assert sign_in(cast.otto).post(here, {}).status_code == 403


def test_programs_write_lists_numbers_and_lanes(api: Any, cast: Any) -> None:
    emma = api(cast.emma)
    made = emma.post(
        "/api/v1/processes/from-list/",
        {"title": "Post", "language": "en", "steps": [OPEN, {"name": "File"}]},
        format="json",
    )
    assert made.status_code == 201
    process = Process.objects.get()
    path = f"/api/v1/processes/{process.pk}"
    steps = made.json()["steps"]
    assert [step["touch_minutes"] for step in steps] == [3.0, None]
    told = emma.patch(
        f"{path}/steps/",
        {"cases_per_week": 2, "steps": [{"id": steps[1]["id"], "touch_minutes": 7}]},
        format="json",
    ).json()
    assert (told["cases_per_week"], told["figures"]["minutes_a_case"]) == (2.0, 10.0)
    assert emma.patch(f"{path}/steps/", {"steps": []}, format="json").json()["cases_per_week"] == 2.0
    lanes = {"lanes": [{"name": "A", "performers": 2}, {"name": "none", "performers": 2}]}
    assert emma.put(f"{path}/lanes/", lanes, format="json").status_code == 204
    assert process.lanes.get().name == "A"
    rewritten = emma.put(f"{path}/steps/", {"steps": [{"name": "Only one"}]}, format="json").json()
    assert [step["name"] for step in rewritten["steps"]] == ["Only one"]
    assert api(cast.otto).put(f"{path}/steps/", {"steps": [{"name": "x"}]}, format="json").status_code == 404
    for wrong in (
        {"steps": [{"name": "\x07"}]},
        {"steps": [{"name": "x", "probability": 2}]},
        {"steps": "x"},
        {},
    ):
        assert emma.put(f"{path}/steps/", wrong, format="json").status_code == 400, wrong
    many = {"steps": [{"name": f"Step {n}"} for n in range(MOST_LISTED + 1)]}
    assert "höchstens 100 Schritte" in emma.put(f"{path}/steps/", many, format="json").json()["detail"]
    assert Step.objects.count() == 1
