"""What a process costs, and whose times are shown to whom."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.processes.actions import create_from_template
from challenges.processes.figures import WEEKS_A_YEAR, figures_of, heat_of, minutes_of
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import MEASURES, costs_of, costs_without, hidden_among
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
    assert hidden(["two", "one", "unsaid", "more"], lanes) == {"one", "unsaid"}
    assert hidden(["one", "agreed"], lanes) == {"one"}
    ticked = Lane(name="ticked", performers=1, has_consent=True)
    assert hidden(["ticked"], [ticked]) == {"ticked"}, "nobody is named who could have agreed"
    assert hidden(["nobody knows"], lanes) == {"nobody knows"}
    left = lane("left", 1, yes=1)
    left.person.status = User.Status.LEFT
    assert hidden(["left"], [left]) == {"left"}, "the yes ended with the work"


def told(steps: list[Step], lanes: list[Lane]) -> tuple[object, ...]:
    """All that a stranger is told, also what stands out."""
    costs = costs_without(hidden_among(steps, lanes), steps, 10)
    shown = [(step.element_id, step.lane, step.touch_minutes, step.wait_hours) for step in costs.steps]
    beside = (costs.executed, costs.figures, costs.by_lane, costs.heat, costs.hidden)
    return (shown, *beside, costs.unsaid, costs.granularity)


LANES = ("0", "1", "2", "3")
MINUTES = st.sampled_from([None, 0.0, 0.5, 4.0, 32.0, 1024.0])
SECRET = st.sampled_from([(1.0, 2048.0), (0.25, 0.5), (64.0, 65.0), (0.0, 7.0)])
EDIT = st.one_of(
    st.tuples(st.just("lane"), st.sampled_from(LANES[1:]), st.sampled_from([None, 1, 2, 5]), st.booleans()),
    st.tuples(st.just("rename"), st.sampled_from(LANES[1:]), st.just(None), st.just(None)),
    st.tuples(st.just("move"), st.integers(0, 7), st.sampled_from(LANES[1:]), st.just(None)),
    st.tuples(st.just("time"), st.integers(0, 7), MINUTES, MINUTES),
    st.tuples(st.just("add"), st.sampled_from(LANES[1:]), MINUTES, MINUTES),
    st.tuples(st.just("delete"), st.integers(0, 7), st.just(None), st.just(None)),
)


@settings(max_examples=250, deadline=None, database=None)
@given(SECRET, st.lists(EDIT, min_size=1, max_size=14), st.booleans())
def test_whatever_is_edited_or_answered_nothing_told_depends_on_who_never_agreed(
    secret: tuple[float, float], edits: list[tuple[Any, ...]], is_named: bool
) -> None:
    """Two worlds that differ in the times of one person alone, over every edit of an owner and every answer of others:
    step by step a stranger is told the same in both, so that nothing noted on the way tells one from the other.
    """
    worlds = []
    for minutes in secret:
        own = Step(lane="0", element_id="own", name="x", touch_minutes=minutes, wait_hours=minutes)
        worlds.append([own, *steps_in(LANES[1:], MEASURES)])
    lanes = {name: lane(name, 5) for name in LANES[1:]}
    lanes["0"] = lane("0", 1, no=9) if is_named else lane("0", 1)
    for number, (kind, what, more, last) in enumerate(edits):
        if kind == "lane":
            lanes[what] = lane(what, more, yes=int(what)) if last and more in (None, 1) else lane(what, more)
        elif kind == "rename":
            for steps in worlds:
                for step in steps:
                    step.lane = f"{what} anew" if step.lane == what else step.lane
        else:
            for steps in worlds:
                _edit(steps, number, kind, what, more, last)
        first, second = (told(steps, list(lanes.values())) for steps in worlds)
        assert first == second, (edits[: number + 1], first, second)


def _edit(steps: list[Step], number: int, kind: str, what: Any, more: Any, last: Any) -> None:
    """The first step is the one person's own; it is only ever deleted."""
    if kind == "add":
        steps.append(
            Step(lane=what, element_id=f"new {number}", name="x", touch_minutes=more, wait_hours=last)
        )
    elif what < len(steps) and kind == "delete":
        del steps[what]
    elif what < len(steps) and steps[what].element_id != "own" and kind == "move":
        steps[what].lane = more
    elif what < len(steps) and steps[what].element_id != "own" and kind == "time":
        steps[what].touch_minutes, steps[what].wait_hours = more, last


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
    assert seen.hidden == ("Kasse",)
    assert seen.figures.minutes_a_case == 30, "of the two that are shown"
    assert [name for name, _figures in seen.by_lane] == ["Prüfung", "Vertrieb"]
    process.steps.filter(lane="Vertrieb").delete()
    assert costs_of(process, cast.carl).figures.minutes_a_case == 10


def test_the_owner_sees_what_others_do_not(cast: Any, sign_in: Any, api: Any) -> None:
    process, _new = create_from_template(
        user=cast.emma, key="order-to-cash", language="de", audience="company"
    )
    own, seen = costs_of(process, cast.emma), costs_of(process, cast.otto)
    assert own.figures
    assert own.hidden == ()
    assert seen.figures is None, "nobody said how many work there"
    assert seen.executed == own.figures.executed
    assert set(seen.hidden) == {step.lane for step in own.steps}
    assert seen.heat == {}
    assert all(step.touch_minutes is None for step in seen.steps)
    for name in seen.hidden:
        Lane.objects.create(process=process, name=name, performers=4)
    assert costs_of(process, cast.otto).hidden == ()
    Lane.objects.filter(process=process, name="Vertrieb").update(performers=1)
    seen = costs_of(process, cast.otto)
    assert seen.hidden == ("Vertrieb",)
    shown = [step for step in own.steps if step.lane != "Vertrieb"]
    assert seen.figures.minutes_a_case == pytest.approx(sum(map(minutes_of, shown)))
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert "8.829 Stunden" not in page, "the sum of all"
    assert "8.829 Stunden" in sign_in(cast.emma).get(f"/processes/{process.pk}/").content.decode()
    assert f"Die Summen gelten für die {len(shown)} von {len(own.steps)} Schritten" in page
    steps = api(cast.otto).get(f"/api/v1/processes/{process.pk}/").json()["steps"]
    assert {step["touch_minutes"] is None for step in steps if step["lane"] == "Vertrieb"} == {True}
    assert any(step["touch_minutes"] is not None for step in steps)


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
    assert costs_of(process, cast.otto).figures is None
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert not re.search(r"\b77\b", re.sub(r"<[^>]*>", " ", page))
    assert "hat niemand gesagt, wie viele" in page
    assert "ein einziger Mensch" not in page, "nobody said so"
    assert "Zeiten werden keine gezeigt" in page
    assert api(cast.otto).get(f"/api/v1/processes/{process.pk}/").json()["figures"] is None
    assert "77" in sign_in(cast.emma).get(f"/processes/{process.pk}/").content.decode()
    lane = Lane.objects.create(process=process, name="Emma", performers=1)
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert "ein einziger Mensch" in page
    assert "hat niemand gesagt, wie viele" not in page
    lane.has_consent, lane.person = True, cast.emma
    lane.save()
    assert "77" in sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
