"""Before and after: what is proposed, what a person confirms, what it comes to, and who sees it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from challenges.processes.actions import import_process
from challenges.processes.comparing import outcome_of, propose
from challenges.processes.list_actions import write_list
from challenges.processes.models import Comparison, Process
from challenges.processes.redrawing import flags_of
from challenges.processes.steps_csv import StepLine
from tests.factories import make_process


def step(pk: int, name: str, lane: str = "Vertrieb", kind: str = "user", element_id: str = "") -> Any:
    return SimpleNamespace(pk=pk, name=name, lane=lane, kind=kind, element_id=element_id or f"e{pk}")


BEFORE = [
    step(1, "Bestellung ins System übertragen", kind="manual"),
    step(2, "Preise prüfen"),
    step(3, "Kreditrahmen des Kunden prüfen", "Kreditprüfung"),
    step(4, "Rechnung schreiben", "Buchhaltung"),
    step(5, "Rechnung verschicken", "Buchhaltung", "send"),
    step(6, "Statusmail an den Kunden schreiben"),
]
AFTER = [
    step(11, "Bestellung ins System übertragen", kind="service"),
    step(12, "Preise prüfen", "Einkauf"),
    step(13, "Kreditrahmen eines Kunden prüfen", "Kreditprüfung"),
    step(14, "Rechnung schreiben und verschicken", "Buchhaltung"),
    step(15, "Vorschlag des Werkzeugs prüfen"),
]


def went(before: list[Any], after: list[Any], *, ids_count: bool = False) -> dict[Any, Any]:
    return {pk: found.target for pk, found in propose(before, after, ids_count=ids_count).items()}


def test_every_kind_of_change_is_proposed() -> None:
    proposals = propose(BEFORE, AFTER, ids_count=False)
    assert {pk: (found.target, found.how) for pk, found in proposals.items()} == {
        1: (11, "name"),
        2: (12, "name"),
        3: (13, "likeness"),
        4: (14, "words"),
        5: (14, "likeness"),
        6: (None, "nothing"),
    }
    outcome = outcome_of(BEFORE, AFTER, {pk: found.target for pk, found in proposals.items()})
    assert outcome.changes == {
        1: "automated",
        2: "moved",
        3: "kept",
        4: "merged",
        5: "kept",
        6: "eliminated",
    }
    assert outcome.added == (15,)
    assert outcome.net == 1 + 1 + 1 - 1


def test_the_same_process_has_not_changed_and_an_empty_one_lost_everything() -> None:
    same = outcome_of(BEFORE, BEFORE, went(BEFORE, BEFORE))
    assert (set(same.changes.values()), same.added, same.net) == ({"kept"}, (), 0)
    gone = outcome_of(BEFORE, [], went(BEFORE, []))
    assert (set(gone.changes.values()), gone.net) == ({"eliminated"}, 6)
    assert outcome_of([], AFTER, {}).net == -4, "what a system does is no step more by people"


def test_what_a_system_did_is_no_step_fewer_by_people() -> None:
    before = [
        step(1, "Mail abrufen", kind="service"),
        step(2, "Mail lesen"),
        step(3, "Mail ablegen", kind="script"),
    ]
    after = [step(12, "Mail lesen"), step(13, "Mail verschlagworten", kind="rule")]
    found = outcome_of(before, after, {1: None, 2: 12, 3: None})
    assert found.counts == {"eliminated": 2, "kept": 1, "added": 1}
    assert found.net == 0
    by_system = outcome_of(before, [step(11, "Mail abrufen", kind="service")], {1: 11, 2: None, 3: None})
    assert by_system.changes == {1: "kept", 2: "eliminated", 3: "eliminated"}, (
        "a system's step is not automated"
    )
    assert by_system.net == 1


def test_ids_count_only_where_a_tool_kept_them_and_the_words_agree() -> None:
    before = [step(1, "Antrag prüfen", element_id="a"), step(2, "Antrag ablegen", element_id="b")]
    renamed = [step(11, "Anträge prüfen lassen", element_id="a"), step(12, "Post holen", element_id="b")]
    assert went(before, renamed, ids_count=True) == {1: 11, 2: None}
    swapped = [step(11, "Antrag ablegen", element_id="a"), step(12, "Antrag prüfen", element_id="b")]
    assert went(before, swapped, ids_count=False) == {1: 12, 2: 11}


def test_steps_of_one_name_go_in_their_order_and_none_goes_twice() -> None:
    before = [step(n, "Prüfen") for n in range(3)]
    after = [step(10 + n, "Prüfen") for n in range(2)]
    assert went(before, after) == {0: 10, 1: 11, 2: None}


def test_two_versions_of_a_real_process_are_compared(data_folder: Path, cast: Any) -> None:
    files = sorted((data_folder / "bpmn" / "camunda7").glob("*nvoice*.bpmn"))
    found = [
        import_process(user=cast.emma, file_name=path.name, content=path.read_bytes())[0]
        for path in files[:2]
    ]
    one, other = (list(process.steps.all()) for process in found)
    same = outcome_of(one, one, went(one, one, ids_count=True))
    assert set(same.changes.values()) == {"kept"}
    between = outcome_of(one, other, went(one, other, ids_count=True))
    counts = between.counts
    assert sum(counts[name] for name in ("kept", "moved", "automated", "merged", "eliminated")) == len(one)
    assert len(other) - counts["added"] <= len(one)


def two(user: Any) -> tuple[Process, Process]:
    lists = [
        [
            StepLine("Vertrieb", "Bestellung übertragen", "manual"),
            StepLine("Vertrieb", "Status mailen", "send"),
        ],
        [StepLine("Vertrieb", "Bestellung übertragen", "service"), StepLine("Vertrieb", "Vorschlag prüfen")],
    ]
    made = [
        write_list(user=user, title=f"Auftrag {n}", language="de", audience="private", lines=lines)[0]
        for n, lines in enumerate(lists)
    ]
    return made[0], made[1]


def test_a_person_confirms_where_each_step_went(sign_in: Any, cast: Any) -> None:
    before, after = two(cast.emma)
    emma = sign_in(cast.emma)
    assert "Auftrag 1" in emma.get(f"/processes/{before.pk}/compare/").content.decode()
    begun = emma.post(f"/processes/{before.pk}/compare/", {"other": after.pk})
    comparison = Comparison.objects.get()
    here = f"/processes/comparisons/{comparison.pk}/"
    assert begun["Location"] == here
    page = emma.get(here).content.decode()
    assert "automatisiert" in page
    assert "gestrichen" in page
    assert "Vorschlag prüfen" in page
    first, second = before.steps.all()
    new = after.steps.get(name="Vorschlag prüfen")
    said = {
        f"step-{first.position}-to": str(after.steps.first().pk),
        f"step-{second.position}-to": str(new.pk),
    }
    assert emma.post(here, said)["Location"] == here
    comparison.refresh_from_db()
    assert comparison.went == {str(first.pk): said["step-1-to"], str(second.pk): str(new.pk)}
    page = emma.get(here)
    assert page.context["found"].outcome.net == 1, "what was said counts: nothing is gone, nothing is new"
    for wrong in ("x", str(first.pk)):
        assert emma.post(here, {**said, "step-2-to": wrong}).status_code == 422
    emma.post(f"{here}reset/")
    assert emma.get(here).context["found"].outcome.net == 1 + 1 - 1
    same = emma.post(f"/processes/{before.pk}/compare/", {"other": before.pk})
    assert same.status_code == 422
    emma.post(f"{here}delete/")
    assert not Comparison.objects.exists()
    assert Process.objects.count() == 2


def test_a_comparison_is_its_owners_alone_and_ends_with_the_view_of_a_process(
    sign_in: Any, api: Any, cast: Any
) -> None:
    before, after = make_process(cast.otto), make_process(cast.otto)
    comparison = Comparison.objects.create(owner=cast.emma, before=before, after=after)
    here = f"/processes/comparisons/{comparison.pk}/"
    assert sign_in(cast.emma).get(here).status_code == 200
    for path in (here, f"/api/v1/process-comparisons/{comparison.pk}/"):
        assert sign_in(cast.otto).get(path).status_code == 404
    Process.objects.filter(pk=after.pk).update(audience="private")
    assert sign_in(cast.emma).get(here).status_code == 404
    hidden = api(cast.emma).post("/api/v1/process-comparisons/", {"before": before.pk, "after": after.pk})
    assert hidden.status_code == 404


def test_programs_compare_too(api: Any, cast: Any) -> None:
    before, after = two(cast.emma)
    emma = api(cast.emma)
    begun = emma.post("/api/v1/process-comparisons/", {"before": before.pk, "after": after.pk}).json()
    assert (begun["net"], begun["counts"]["automated"], begun["confirmed_at"]) == (1, 1, None)
    path = f"/api/v1/process-comparisons/{begun['id']}/"
    second = before.steps.last()
    told = {"changes": [{"step": str(second.pk), "target": str(after.steps.first().pk)}]}
    confirmed = emma.patch(path, told, format="json").json()
    assert confirmed["counts"]["merged"] == 1
    assert confirmed["confirmed_at"]
    foreign = {"changes": [{"step": str(make_process(cast.emma).steps.first().pk), "target": None}]}
    assert emma.patch(path, foreign, format="json").status_code == 422
    assert emma.delete(path).status_code == 204
    assert emma.get(path).status_code == 404


@pytest.mark.parametrize("count", [2, 40])
def test_a_comparison_costs_the_same_queries_for_many_steps(
    count: int, sign_in: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    before, after = make_process(cast.emma, steps=count), make_process(cast.emma, steps=count)
    comparison = Comparison.objects.create(owner=cast.emma, before=before, after=after)
    emma = sign_in(cast.emma)
    with django_assert_max_num_queries(7):
        emma.get(f"/processes/comparisons/{comparison.pk}/")


def test_what_may_only_be_another_drawing_is_flagged(sign_in: Any, cast: Any) -> None:
    before = [step(1, "Prüfen"), step(2, "Prüfen"), step(3, "Packen", "Lager"), step(4, "Buchen")]
    after = [step(11, "Prüfen"), step(12, "Alles Weitere", kind="subprocess"), step(14, "Buchen")]
    outcome = outcome_of(before, after, {1: 11, 4: 14})
    assert flags_of(before, after, outcome, (4.0, 4.0)) == {
        "same_name": 1,
        "closed": 1,
        "lanes": 1,
        "executed": 1,
    }
    honest = outcome_of(BEFORE, AFTER, went(BEFORE, AFTER))
    assert flags_of(BEFORE, AFTER, honest, (6.0, 5.0)) == {}
    lists = (
        [StepLine("A", "Prüfen"), StepLine("A", "Prüfen"), StepLine("B", "Packen")],
        [StepLine("A", "Prüfen", loop_factor=3)],
    )
    one, other = (
        write_list(user=cast.emma, title=f"L{n}", language="de", audience="private", lines=lines)[0]
        for n, lines in enumerate(lists)
    )
    emma = sign_in(cast.emma)
    page = emma.post(f"/processes/{one.pk}/compare/", {"other": other.pk}, follow=True).content.decode()
    assert "nur einmal weniger gezeichnet" in page
    assert "ausgeführt werden je Fall nicht weniger" in page
    assert "woanders" in page
