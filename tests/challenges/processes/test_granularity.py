"""Steps that are drawn too coarse or too fine, too many of them, and who is told of it."""

from typing import Any

import pytest

from challenges.processes.granularity import MOST_COMPARED, flags_of
from challenges.processes.list_actions import set_numbers
from challenges.processes.models import Lane, Process, Step
from tests.factories import make_challenge, make_entry, make_process

COARSE = "Ein Schritt dauert länger als alle anderen zusammen"


def steps(*minutes: float | None) -> list[Step]:
    return [Step(touch_minutes=each) for each in minutes]


@pytest.mark.parametrize(
    ("minutes", "flags"),
    [
        ((5, 5, 5, 5, 21), {"coarse": 1}),
        ((5, 5, 5, 5, 20), {}),
        ((5, 5, 5, 60), {}),
        ((5, 5, 5, None, 60), {}),
        ((5, 5, 5, 0, 60), {}),
        ((0.5, 0, None, 1, 0.99), {"fine": 2}),
        ((), {}),
        ((None,) * MOST_COMPARED, {}),
        ((None,) * (MOST_COMPARED + 1), {"many": MOST_COMPARED + 1}),
    ],
)
def test_what_stands_out(minutes: tuple[float | None, ...], flags: dict[str, int]) -> None:
    assert flags_of(steps(*minutes)) == flags


def timed(owner: Any, *minutes: float) -> Process:
    process = make_process(owner, steps=len(minutes), performers=None)
    numbers = {
        step.pk: {"touch_minutes": each} for step, each in zip(process.steps.all(), minutes, strict=True)
    }
    set_numbers(process=process, numbers=numbers, cases_per_week=None)
    return process


def test_page_and_programs_tell_what_stands_out(sign_in: Any, api: Any, cast: Any) -> None:
    process = timed(cast.emma, 0.5, 0.25, 2, 3, 4, 90)
    page = sign_in(cast.emma).get(f"/processes/{process.pk}/").content.decode()
    assert COARSE in page
    assert "2 Schritte dauern je weniger als eine Minute" in page
    assert api(cast.emma).get(f"/api/v1/processes/{process.pk}/").json()["notes"] == {"coarse": 1, "fine": 2}


def test_the_baseline_tells_the_referee(sign_in: Any, cast: Any) -> None:
    process = timed(cast.emma, 1, 1, 1, 1, 90)
    Lane.objects.create(process=process, name="Vertrieb", performers=3)
    entry = make_entry(make_challenge(cast.farid, referees=(cast.ruth,)), cast.emma, process=process)
    page = sign_in(cast.ruth).get(f"/challenges/entries/{entry.pk}/baseline/").content.decode()
    assert COARSE in page


def test_nobody_is_told_of_times_that_are_not_shown(sign_in: Any, api: Any, cast: Any) -> None:
    process = timed(cast.emma, 0.5, 2, 3, 4, 90)
    page = sign_in(cast.ruth).get(f"/processes/{process.pk}/").content.decode()
    assert COARSE not in page
    assert "weniger als eine Minute" not in page
    assert api(cast.ruth).get(f"/api/v1/processes/{process.pk}/").json()["notes"] == {}


def test_without_all_times_no_step_is_called_the_longest(sign_in: Any, cast: Any) -> None:
    process = timed(cast.emma, 1, 1, 1, 1, 90, 200, 200)
    for position, lane in ((5, "Einkauf"), (6, "Lager")):
        process.steps.filter(position=position).update(lane=lane)
    Lane.objects.create(process=process, name="Vertrieb", performers=3)
    assert COARSE not in sign_in(cast.ruth).get(f"/processes/{process.pk}/").content.decode()
    Lane.objects.bulk_create(Lane(process=process, name=name, performers=3) for name in ("Einkauf", "Lager"))
    assert COARSE not in sign_in(cast.ruth).get(f"/processes/{process.pk}/").content.decode()
