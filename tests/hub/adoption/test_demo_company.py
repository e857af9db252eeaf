"""The demo company's twelve weeks, as everybody can look at them, against both attackers."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from hub.disclosure.figures import Figure, step_of
from hub.disclosure.models import FrozenWeek, ReleasedCell, WeekGroup
from hub.people.models import User
from tests.hub.disclosure.bounds import Limits
from tests.hub.disclosure.weeks_attacker import few_told, members, stood_in

K = 10
NARROWEST = 10.0


@pytest.fixture
def people(db: None) -> dict[Any, int]:
    call_command("load_demo", "--json", "--without-aids", stdout=io.StringIO())
    return {
        key: number
        for number, key in enumerate(User.objects.order_by("pk").values_list("subject_key", flat=True))
    }


def test_nobody_is_told_about_and_no_small_share_is_narrow(people: dict[Any, int]) -> None:
    weeks = FrozenWeek.objects.order_by("monday")
    assert len(weeks) == 12
    known: dict[int, frozenset[int]] = {}
    for week in weeks:
        stood = stood_in(week.monday)
        cells = ReleasedCell.objects.filter(release__week=week).select_related("group__week", "release")
        for cell in cells:
            if cell.group_id not in known:
                known[cell.group_id] = frozenset(people[key] for key in members(cell.group, stood))
        rows = {known[cell.group_id] for cell in cells}
        assert len(rows) > 20
        assert few_told(sorted(rows, key=sorted), K, largest=3) == []
        for report in {cell.release.report for cell in cells if cell.release.kind == "share"}:
            said = [
                (
                    known[cell.group_id],
                    Figure(cell.low, cell.high),
                    float(step_of(len(known[cell.group_id]), K)),
                )
                for cell in cells
                if cell.release.report == report
            ]
            limits = Limits(said)
            assert min(map(limits.width, limits.small(K)), default=100.0) >= NARROWEST - 1e-6, (
                week.monday,
                report,
            )
    steady = WeekGroup.objects.filter(members_week=weeks[0].monday, pk__in=known)
    slow = {known[pk] for pk in steady.values_list("pk", flat=True)}
    assert len(slow) > 10
    assert few_told(sorted(slow, key=sorted), K, largest=3) == []
