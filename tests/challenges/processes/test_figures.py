"""What a process costs, and whose times are shown to whom."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.processes.actions import create_from_template
from challenges.processes.figures import WEEKS_A_YEAR, figures_of, heat_of
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import costs_of, hidden_among
from challenges.processes.steps_csv import StepLine


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


def lane(name: str, performers: int | None = None, *, has_consent: bool = False) -> Lane:
    """Somebody is named wherever somebody agreed."""
    return Lane(
        name=name, performers=performers, has_consent=has_consent, person_id=1 if has_consent else None
    )


def test_times_of_one_person_are_shown_only_if_that_person_agreed() -> None:
    lanes = [
        lane("two", 2),
        lane("one", 1),
        lane("agreed", 1, has_consent=True),
        lane("unsaid"),
        lane("more", 9),
    ]
    assert hidden_among({"two", "agreed", "more"}, lanes) == set()
    assert hidden_among({"two", "one", "unsaid", "more"}, lanes) == {"one", "unsaid"}
    # One alone would be told by the sum of the whole: the smallest other is left out with it.
    assert hidden_among({"two", "one", "more"}, lanes) == {"one", "two"}
    assert hidden_among({"one"}, lanes) == {"one"}
    ticked = Lane(name="ticked", performers=1, has_consent=True)
    assert hidden_among({"ticked"}, [ticked]) == {"ticked"}, "nobody is named who could have agreed"
    assert hidden_among({"nobody knows"}, lanes) == {"nobody knows"}


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=2), st.tuples(st.none() | st.integers(0, 4), st.booleans())
    )
)
@settings(max_examples=200, deadline=None)
def test_no_difference_of_sums_tells_one_lane_that_may_not_be_shown(told: dict[str, Any]) -> None:
    lanes = [lane(name, people, has_consent=consent) for name, (people, consent) in told.items()]
    hidden = hidden_among(told, lanes)
    forbidden = {name for name, (people, consent) in told.items() if not consent and (people or 0) < 2}
    assert forbidden <= hidden
    assert len(hidden) != 1 or hidden == set(told)


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
    hidden = costs_of(process, cast.otto).hidden
    assert "Vertrieb" in hidden
    assert len(hidden) == 2
    page = sign_in(cast.otto).get(f"/processes/{process.pk}/").content.decode()
    assert "8.829 Stunden" in page
    assert "Nicht nach Bahn" in page
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
    assert set(seen.hidden) == {"Emma", "Lager"}
    assert seen.figures is None, "the sum without the office would be Emma's"


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
    assert "ein einziger Mensch" in page
    told = api(cast.otto).get(f"/api/v1/processes/{process.pk}/").json()
    assert told["figures"] is None
    assert "77" in sign_in(cast.emma).get(f"/processes/{process.pk}/").content.decode()
    Lane.objects.create(process=process, name="Emma", performers=1, has_consent=True, person=cast.emma)
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
    assert costs_of(process, cast.otto).figures is not None, "of three nobody can tell"
    process.steps.filter(lane="Ira").update(touch_minutes=None)
    assert costs_of(process, cast.otto).figures is None
