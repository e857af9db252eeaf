"""The demo company's twelve weeks, as everybody can look at them, and all the rest there is, against both attackers."""

import io
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command

from hub.adoption.counting import MEASURES
from hub.core_time.models import Measurement
from hub.disclosure.figures import Figure, step_of
from hub.disclosure.models import FrozenWeek, ReleasedCell, WeekGroup
from hub.disclosure.publication import Pace
from hub.people.models import User
from learning.hours.team_goals import standing_of
from tests.hub.adoption.elsewhere import Noted, leaders, pulse_groups, rooms, steps_by_name
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


def known_by_name(noted: list[Noted]) -> frozenset[int]:
    """Whom the attacker knows by name."""
    return frozenset().union(*(one.people for one in noted if len(one.people) == 1))


def exactly(one: Noted) -> tuple[frozenset[int], Figure, float]:
    share = Decimal(100 * int(one.did)) / len(one.people)
    return one.people, Figure(share, share), 0.0


def test_nobody_is_told_about_and_no_small_share_is_narrow(people: dict[Any, int]) -> None:
    """By all that is published and all that the product shows outside the gate: rooms, lists of leaders, standings,
    goals, pulses and core times.
    """
    weeks = FrozenWeek.objects.order_by("monday")
    assert len(weeks) == 12
    crowds, slow, steps = Crowds(people), set(), 0
    for week in weeks:
        cells = list(ReleasedCell.objects.filter(release__week=week).select_related("group__week", "release"))
        behind = {cell.pk: crowds.behind(cell) for cell in cells}
        noted = [*rooms(week.monday, people), *leaders(week.monday, people)]
        named = known_by_name(noted)
        assert {one.report for one in noted} == {"attendance", "lab-tasks"}
        rows = {row - named for row in (*behind.values(), *(one.people for one in noted))} - {frozenset()}
        assert len(rows) > 20
        assert few_told(sorted(rows, key=sorted), K, largest=3) == []
        for report in {cell.release.report for cell in cells if cell.release.kind == "share"}:
            said = [
                (behind[cell.pk], Figure(cell.low, cell.high), float(step_of(len(behind[cell.pk]), K)))
                for cell in cells
                if cell.release.report == report
            ]
            limits = Limits([*said, *(exactly(one) for one in noted if one.report == report)])
            narrowest = limits.narrowest(K, NARROWEST - 1e-6, named)
            assert narrowest >= NARROWEST - 1e-6, (week.monday, report)
        rolling = {name for name, measure in MEASURES.items() if measure.pace is Pace.ROLLING}
        slow |= {behind[cell.pk] - named for cell in cells if cell.release.report in rolling}
        steps += told_by_name(cells, behind, week.monday, people)
    assert len(slow) > 10
    assert few_told(sorted(slow, key=sorted), K, largest=3) == []
    assert steps
    assert_the_rest_tells_nothing_more()


def told_by_name(
    cells: list[ReleasedCell], behind: dict[int, frozenset[int]], monday: date, people: dict[Any, int]
) -> int:
    """Steps are shown small because the standings name whose they are. Returns how many figures say just that."""
    by_name = steps_by_name(monday, people)
    counted = [cell for cell in cells if cell.release.report == "steps-eliminated"]
    for cell in counted:
        assert cell.low == sum(by_name[person] for person in behind[cell.pk])
    return sum(cell.low > 0 for cell in counted)


def assert_the_rest_tells_nothing_more() -> None:
    """A goal shows a released figure; a pulse leaves no few over; a core time is of one group, and of no other."""
    emma = User.objects.get(email__startswith="emma.lindner@")
    standing = standing_of(emma)
    assert standing is not None
    assert standing.week is not None
    assert standing.week.low is not None
    released = ReleasedCell.objects.filter(release__report="attendance", group__unit_id=emma.team_id)
    assert released.filter(low=standing.week.low, release__week__monday=standing.week.monday).exists()

    pulses = pulse_groups()
    assert pulses
    for whole, *beside in pulses:
        left = whole - sum(beside)
        assert all(answers >= K for answers in (whole, *beside))
        assert left == 0 or left >= K or not beside

    measured = Measurement.objects.published().exclude(low=None)
    assert measured
    assert all(one.people >= K for one in measured)
    begun = sorted(measured.values_list("team", "begun_at"))
    for (team, one), (other, following) in pairwise(begun):
        assert team != other or following - one >= timedelta(weeks=12)
