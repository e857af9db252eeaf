"""The demo company's twelve weeks, as everybody can look at them, against both attackers."""

import io
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.core.management import call_command

from hub.adoption.counting import MEASURES
from hub.disclosure.figures import Figure, step_of
from hub.disclosure.models import FrozenWeek, ReleasedCell, WeekGroup
from hub.disclosure.publication import Pace
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


class Crowds:
    """Whom a published cell is about: slow figures are about those who made up the group in another week."""

    def __init__(self, people: dict[Any, int]) -> None:
        self.people = people
        self.stood = cache(stood_in)
        self.known: dict[tuple[Any, date], frozenset[int]] = {}

    @cache  # noqa: B019 - one a test
    def groups(self, monday: date) -> dict[tuple[object, ...], WeekGroup]:
        return {group.identity: group for group in WeekGroup.objects.filter(week__monday=monday)}

    def behind(self, cell: ReleasedCell) -> frozenset[int]:
        measure = MEASURES.get(cell.release.report)
        is_slow = measure is not None and measure.pace is Pace.ROLLING
        monday = cell.group.members_week if is_slow else cell.group.week.monday
        key = (cell.group.identity, monday)
        if key not in self.known:
            group = self.groups(monday)[cell.group.identity]
            self.known[key] = frozenset(self.people[one] for one in members(group, self.stood(monday)))
        return self.known[key]


def test_nobody_is_told_about_and_no_small_share_is_narrow(people: dict[Any, int]) -> None:
    weeks = FrozenWeek.objects.order_by("monday")
    assert len(weeks) == 12
    crowds, slow = Crowds(people), set()
    for week in weeks:
        cells = list(ReleasedCell.objects.filter(release__week=week).select_related("group__week", "release"))
        behind = {cell.pk: crowds.behind(cell) for cell in cells}
        rows = set(behind.values())
        assert len(rows) > 20
        assert few_told(sorted(rows, key=sorted), K, largest=3) == []
        for report in {cell.release.report for cell in cells if cell.release.kind == "share"}:
            said = [
                (behind[cell.pk], Figure(cell.low, cell.high), float(step_of(len(behind[cell.pk]), K)))
                for cell in cells
                if cell.release.report == report
            ]
            assert Limits(said).narrowest(K, NARROWEST - 1e-6) >= NARROWEST - 1e-6, (week.monday, report)
        rolling = {name for name, measure in MEASURES.items() if measure.pace is Pace.ROLLING}
        slow |= {behind[cell.pk] for cell in cells if cell.release.report in rolling}
    assert len(slow) > 10
    assert few_told(sorted(slow, key=sorted), K, largest=3) == []
