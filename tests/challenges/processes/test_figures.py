"""What a process costs, and whose times are shown to whom."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, combinations_with_replacement, product
from typing import Any

import pytest

from challenges.processes.actions import create_from_template
from challenges.processes.figures import WEEKS_A_YEAR, figures_of, heat_of
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import Costs, costs_of, costs_without, hidden_among
from challenges.processes.steps_csv import StepLine
from hub.people.models import User


def test_the_sums_are_those_of_value_stream_mapping() -> None:
    steps = [
        StepLine("A", "prüfen", touch_minutes=10, wait_hours=4),
        StepLine("A", "nachfragen", touch_minutes=6, wait_hours=24, probability=0.25, loop_factor=2),
        StepLine("B", "ablegen", touch_minutes=3),
        StepLine("B", "unbekannt"),
    ]
    found = figures_of(steps, 100)
    # 1 + 0.25*2 + 1 + 1 steps; 10 + 0.5*6 + 3 minutes; 16/60 + 4 + 0.5*24 hours; 16 * 100 * 52 / 60 hours
    assert (found.drawn, found.timed, found.executed, found.minutes_a_case) == (4, 3, 3.5, 16)
    assert found.lead_hours == pytest.approx(16.2666667)
    assert found.hours_a_year == pytest.approx(16 * 100 * WEEKS_A_YEAR / 60)
    assert found.flow_efficiency == pytest.approx(16 / 60 / 16.2666667)
    assert not found.is_complete
    assert figures_of(steps, None).hours_a_year is None
    assert figures_of(steps, 0).hours_a_year == 0
    nothing = figures_of([], 5)
    assert (nothing.executed, nothing.flow_efficiency) == (0, None)


def test_the_warmest_step_is_where_most_work_of_a_case_is() -> None:
    steps = [
        StepLine("", "viel", touch_minutes=100),
        StepLine("", "selten", touch_minutes=100, probability=0.1),
        StepLine("", "halb", touch_minutes=25, loop_factor=2),
        StepLine("", "nichts", touch_minutes=0),
        StepLine("", "unbekannt"),
    ]
    assert heat_of(steps) == [4, 1, 3, 0, 0]
    assert heat_of([]) == []


def person(pk: int) -> User:
    return User(pk=pk, status=User.Status.ACTIVE)


def lane(name: str, performers: int | None = None, *, yes: int | None = None, no: int | None = None) -> Lane:
    """`yes` and `no` are whoever was named and answered so."""
    named = yes or no
    return Lane(
        name=name, performers=performers, has_consent=yes is not None, person=person(named) if named else None
    )


def steps_in(lanes: Iterable[str], names: Iterable[str] = ("touch_minutes",)) -> list[Step]:
    """One step a lane, whose numbers are powers of two: a sum tells what it is made of."""
    return [
        Step(lane=name, element_id=name, name=name, **dict.fromkeys(names, 2.0**power))
        for power, name in enumerate(lanes)
    ]


def hidden(timed: list[str], lanes: list[Lane]) -> set[str]:
    return set(hidden_among(steps_in(timed), lanes).names)


def test_times_of_one_person_are_shown_only_if_that_person_agreed() -> None:
    lanes = [lane("two", 2), lane("one", 1), lane("agreed", 1, yes=1), lane("unsaid"), lane("more", 9)]
    assert hidden(["two", "agreed", "more"], lanes) == set()
    assert hidden(["two", "one", "unsaid", "more"], lanes) == {"one", "unsaid", "two"}
    # One alone would be told by the sum of the whole: the smallest other is left out with it.
    assert hidden(["two", "one", "more"], lanes) == {"one", "two"}
    assert hidden(["one"], lanes) == {"one"}
    assert hidden(["one", "agreed"], lanes) == {"one"}, "who agreed is no cover for somebody who did not"
    assert hidden(["one", "agreed", "more"], lanes) == {"one", "more"}
    ticked = Lane(name="ticked", performers=1, has_consent=True)
    assert hidden(["ticked"], [ticked]) == {"ticked"}, "nobody is named who could have agreed"
    assert hidden(["nobody knows"], lanes) == {"nobody knows"}
    left = lane("left", 1, yes=1)
    left.person.status = User.Status.LEFT
    assert hidden(["left"], [left]) == {"left"}, "the yes ended with the work"


KINDS = {
    "nobody said": {},
    "unnamed": {"performers": 1},
    "said no": {"performers": 1, "no": 1},
    "said yes": {"performers": 1, "yes": 2},
    "also of who said no": {"performers": 1, "no": 1},
    "another's yes": {"performers": None, "yes": 3},
    "five": {"performers": 5},
}
CARRIED = ((), ("touch_minutes",), ("wait_hours",), ("touch_minutes", "wait_hours"))


def learned(costs: Costs, known: set[str], steps: list[Step]) -> Iterator[int]:
    """What is left of each sum for whoever knows the times of these lanes, as a sum of powers of two."""
    figures = costs.figures
    if figures is None:
        return
    sums = {"touch_minutes": figures.minutes_a_case, "wait_hours": figures.waiting_hours}
    if figures.lead_hours is not None and figures.minutes_a_case is not None:
        sums["wait_hours"] = figures.lead_hours - figures.minutes_a_case / 60
    for name, whole in sums.items():
        if whole is None:
            continue
        shown = {step.lane: getattr(step, name) or 0 for step in costs.steps}
        own = {step.lane: getattr(step, name) or 0 for step in steps if step.lane in known}
        yield round(whole - sum((shown | own).values()))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_nobody_computes_the_times_of_one_person_who_did_not_agree(count: int) -> None:
    """Everybody who works in a lane alone knows their own times and subtracts them, whatever they answered."""
    tried = 0
    for kinds in combinations_with_replacement(KINDS, count):
        lanes = [lane(str(at), **KINDS[kind]) for at, kind in enumerate(kinds)]
        whose = {one.name: one.person_id or one.name for one in lanes if (one.performers or 0) < 2}
        theirs = {who: {name for name, other in whose.items() if other == who} for who in whose.values()}
        secret = {
            sum(2 ** int(name) for name in chosen)
            for who, names in theirs.items()
            if not any(one.has_consent for one in lanes if one.name in names)
            for size in range(1, len(names) + 1)
            for chosen in combinations(names, size)
        }
        for carried in product(CARRIED[: 6 - count], repeat=count):
            steps = [
                Step(lane=str(at), element_id=str(at), name="x", **dict.fromkeys(names, 2.0**at))
                for at, names in enumerate(carried)
            ]
            costs = costs_without(hidden_among(steps, lanes), steps, 10)
            for who, known in [("a stranger", set()), *theirs.items()]:
                tried += 1
                others = secret - {sum(2 ** int(name) for name in part) for part in _parts(known)}
                assert not others & set(learned(costs, known, steps)), (kinds, carried, who, costs)
            shown = {one.lane for one in costs.steps if one.touch_minutes or one.wait_hours}
            agreed = {one.name for one in lanes if one.has_consent and carried[int(one.name)]}
            costly = hidden_among(steps, lanes)
            assert agreed <= shown | costly.waiting, "who agreed is shown, or waits for the others"
    assert tried > 100


def _parts(names: set[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))


def _states(lanes: Sequence[Lane], never: str) -> Iterator[list[Lane]]:
    """Every way in which the others may have answered, while this one never agreed."""
    named = [one.name for one in lanes if one.person_id is not None and one.name != never]
    for said in product((0, 1), repeat=len(named)):
        answered = dict(zip(named, said, strict=True))
        yield [
            lane(one.name, one.performers, yes=int(one.name) + 1)
            if answered.get(one.name)
            else lane(one.name, one.performers, no=int(one.name) + 1)
            if one.person_id is not None
            else lane(one.name, one.performers)
            for one in lanes
        ]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_nobody_computes_them_from_what_was_noted_before_others_answered(count: int) -> None:
    """Whoever noted all that was ever shown, over every yes and every one taken back, and knows their own times."""
    tried = told = 0
    for kinds in combinations_with_replacement(("alone", "nobody said", "five"), count):
        lanes = [
            lane(str(at), 1, no=at + 1) if kind == "alone" else lane(str(at), 5 if kind == "five" else None)
            for at, kind in enumerate(kinds)
        ]
        single = [one.name for one in lanes if (one.performers or 0) < 2]
        for carried in product(CARRIED if count < 4 else CARRIED[1::2], repeat=count):
            steps = [
                Step(lane=str(at), element_id=str(at), name="x", **dict.fromkeys(names, 2.0**at))
                for at, names in enumerate(carried)
            ]
            for never in single:
                noted: dict[str, dict[str, float]] = {"touch_minutes": {}, "wait_hours": {}}
                sums: dict[str, float] = {}
                for state in _states(lanes, never):
                    costs = costs_without(hidden_among(steps, state), steps, 10)
                    for step in costs.steps:
                        for name, known in noted.items():
                            known |= {step.lane: getattr(step, name)} if getattr(step, name) else {}
                    if costs.figures is None:
                        continue
                    minutes, waiting, lead = (
                        costs.figures.minutes_a_case, costs.figures.waiting_hours, costs.figures.lead_hours
                    )  # fmt: skip
                    sums |= {"touch_minutes": minutes} if minutes is not None else {}
                    sums |= {"wait_hours": waiting} if waiting is not None else {}
                    assert lead is None or None not in (minutes, waiting)
                for name, whole in sums.items():
                    told += 1
                    own_times = {step.lane: getattr(step, name) or 0 for step in steps}
                    if not own_times[never]:
                        continue
                    for knows in {None, *single} - {never}:
                        tried += 1
                        known = noted[name] | ({knows: own_times[knows]} if knows else {})
                        assert never not in known
                        assert round(whole - sum(known.values())) != own_times[never], (kinds, carried, knows)
    assert tried
    assert told


def test_a_yes_by_somebody_else_opens_nothing_of_who_did_not_answer(cast: Any) -> None:
    """Otto 77.5 at the till, not asked; Carl 10, agreed; five people 20: the sum less the two would be Otto's."""
    process = Process.objects.create(
        owner=cast.emma, title="Kasse", origin="list", audience="company", content_sha256="k"
    )
    for position, (name, minutes) in enumerate((("Kasse", 77.5), ("Prüfung", 10), ("Vertrieb", 20))):
        Step.objects.create(
            process=process, position=position, element_id=name, name="x", lane=name, touch_minutes=minutes
        )
    Lane.objects.create(process=process, name="Kasse", performers=1, person=cast.otto)
    Lane.objects.create(process=process, name="Prüfung", performers=1, person=cast.carl, has_consent=True)
    Lane.objects.create(process=process, name="Vertrieb", performers=5)
    seen = costs_of(process, cast.carl)
    assert set(seen.hidden) == {"Kasse", "Vertrieb"}
    assert seen.figures.minutes_a_case == 107.5, "77.5 and 20 lie in one"
    process.steps.filter(lane="Vertrieb").delete()
    seen = costs_of(process, cast.carl)
    assert seen.hidden == ("Kasse",)
    assert seen.figures.minutes_a_case is None
    assert [name for name, _figures in seen.by_lane] == ["Prüfung"], (
        "of two no sum is told, so that none waits"
    )


def test_the_owner_sees_what_others_do_not(cast: Any, sign_in: Any, api: Any) -> None:
    process, _new = create_from_template(
        user=cast.emma, key="order-to-cash", language="de", audience="company"
    )
    own, seen = costs_of(process, cast.emma), costs_of(process, cast.otto)
    assert own.figures
    assert own.hidden == ()
    assert seen.figures == own.figures  # five lanes: their sum is nobody's
    assert set(seen.hidden) == {step.lane for step in own.steps}
    assert seen.heat == {}
    assert all(step.touch_minutes is None for step in seen.steps)
    for name in seen.hidden:
        Lane.objects.create(process=process, name=name, performers=4)
    assert costs_of(process, cast.otto).hidden == ()
    Lane.objects.filter(process=process, name="Vertrieb").update(performers=1)
    left_out = costs_of(process, cast.otto).hidden
    assert "Vertrieb" in left_out
    assert len(left_out) == 2
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert "8.829 Stunden" in page
    assert "Auch nicht nach Bahn" in page
    steps = api(cast.otto).get(f"/api/v1/processes/{process.pk}/").json()["steps"]
    assert {step["touch_minutes"] is None for step in steps if step["lane"] == "Vertrieb"} == {True}
    assert any(step["touch_minutes"] is not None for step in steps)


def test_a_partner_without_times_of_its_own_hides_nobody(cast: Any) -> None:
    process = Process.objects.create(
        owner=cast.emma, title="Zwei", origin="list", audience="company", content_sha256="2"
    )
    for position, (lane_name, minutes) in enumerate((("Emma", 30), ("Lager", 0), ("Büro", 8))):
        Step.objects.create(
            process=process,
            position=position,
            element_id=lane_name,
            name="x",
            lane=lane_name,
            touch_minutes=minutes,
        )
    for name, people in (("Emma", 1), ("Lager", 3), ("Büro", 9)):
        Lane.objects.create(process=process, name=name, performers=people)
    seen = costs_of(process, cast.otto)
    assert set(seen.hidden) == {"Emma", "Büro"}, "also where more work there than in one that takes no time"
    assert seen.figures.minutes_a_case == 38
    process.steps.filter(lane="Büro").delete()
    seen = costs_of(process, cast.otto)
    assert set(seen.hidden) == {"Emma", "Lager"}
    assert seen.figures.minutes_a_case is None, "the sum would be Emma's"


def test_a_process_of_one_person_keeps_even_its_sums(cast: Any, sign_in: Any, api: Any) -> None:
    process = Process.objects.create(
        owner=cast.emma,
        title="Allein",
        origin="list",
        audience="company",
        content_sha256="1",
        cases_per_week=10,
    )
    Step.objects.create(
        process=process, position=1, element_id="a", name="Tippen", lane="Emma", touch_minutes=77
    )
    assert costs_of(process, cast.otto).figures.minutes_a_case is None
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert not re.search(r"\b77\b", re.sub(r"<[^>]*>", " ", page))
    assert "Niemand hat gesagt, wie viele" in page
    assert "ein einziger Mensch" not in page, "nobody said so"
    told = api(cast.otto).get(f"/api/v1/processes/{process.pk}/").json()["figures"]
    sums = ("minutes_a_case", "hours_a_year", "lead_hours", "flow_efficiency")
    assert {told[name] for name in sums} == {None}
    assert "77" in sign_in(cast.emma).get(f"/processes/{process.pk}/").content.decode()
    lane = Lane.objects.create(process=process, name="Emma", performers=1)
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert "ein einziger Mensch" in page
    assert "Niemand hat gesagt, wie viele" not in page
    lane.has_consent, lane.person = True, cast.emma
    lane.save()
    assert "77" in sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()


def test_two_people_do_not_learn_each_others_minutes_from_the_sum(cast: Any) -> None:
    process = Process.objects.create(
        owner=cast.emma, title="Zu zweit", origin="list", audience="company", content_sha256="3"
    )
    for position, name in enumerate(("Emma", "Otto", "Ira")):
        Step.objects.create(
            process=process,
            position=position,
            element_id=name,
            name="x",
            lane=name,
            touch_minutes=10 + position,
        )
        Lane.objects.create(process=process, name=name, performers=1)
    process.steps.update(wait_hours=2)
    seen = costs_of(process, cast.otto).figures
    assert (seen.minutes_a_case, seen.waiting_hours) == (33, 6), "of three nobody can tell"
    process.steps.filter(lane="Ira").update(touch_minutes=None)
    seen = costs_of(process, cast.otto).figures
    assert (seen.minutes_a_case, seen.waiting_hours, seen.lead_hours) == (None, 6, None), (
        "work and waiting apart"
    )
