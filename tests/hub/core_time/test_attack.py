"""An attacker who notes everything that is published, over years in which people join and leave.

He knows the method, who belongs to the team when, every figure and every number of people. What he does not know is who
answered, how often, and what. He succeeds if one answer that a person may have given is ruled out: then something about
fewer than k people follows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from hub.core_time.days import DAYS_ASKED, over_at
from hub.core_time.models import CHOICES, Measurement
from hub.core_time.publishing import figure_of, publish_due
from hub.disclosure.rounding import STEP
from tests.factories import make_measurement, make_user
from tests.hub.core_time.conftest import MONDAY, answer

K = 10
Shown = tuple[int, int, int]  # low, high, people as shown


def worlds(people: int) -> Iterator[tuple[int, int]]:
    """How many may have answered, and how many answers they may have given together."""
    for voices in range(max(K, people - STEP + 1), people + STEP):
        for answers in range(voices, voices * DAYS_ASKED + 1):
            yield voices, answers


def is_possible(shown: Shown, percent: int) -> bool:
    """Whether somebody may have answered so each time they were asked, all four times, and the same be published."""
    low, high, people = shown
    for voices, answers in worlds(people):
        others = answers - DAYS_ASKED
        if others < voices - 1:
            continue
        for zeros in range(others + 1):
            counted = {0: zeros, 100: others - zeros}
            counted[percent] = counted.get(percent, 0) + DAYS_ASKED
            found = figure_of(counted, voices=voices, k=K)
            if (found.low, found.high) == (low, high):
                return True
    return False


def test_no_answer_of_anybody_is_ruled_out(company: SimpleNamespace) -> None:
    """Five measurements: Nora joins before the second and leaves before the fourth; all others stay, and once too few
    answer. Published are four figures and a “too few”.
    """
    random, noted = Random(1888), []
    nora = make_user("Nora")
    for number, (has_nora, voices) in enumerate(((0, 12), (1, 12), (1, 8), (0, 12), (0, 11))):
        nora.team = company.sales if has_nora else company.others
        nora.save()
        first = MONDAY + number * timedelta(weeks=14)
        measurement = make_measurement(company.sales, starts_on=first)
        for user in company.people[:voices]:
            answer(user, measurement, random.choices((0, 20, 40, 60), k=random.randrange(1, 5)))
        if has_nora:
            answer(nora, measurement, [100] * DAYS_ASKED)
        publish_due(over_at(measurement.ends_on))
        measurement.refresh_from_db()
        noted.append(measurement)
    assert [one.reason for one in noted] == ["", "", "small", "", ""]
    assert all(one.people % STEP == 0 for one in noted if one.has_figure)
    figures = {(int(one.low), int(one.high), one.people) for one in noted if one.has_figure}
    for shown in figures:
        assert [percent for percent in CHOICES if is_possible(shown, percent)] == list(CHOICES)


@pytest.mark.parametrize("shown", [(0, 20, 10), (25, 25, 10), (80, 100, 10), (50, 50, 15), (5, 5, 40)])
def test_nor_at_the_ends(shown: Shown) -> None:
    assert [percent for percent in CHOICES if is_possible(shown, percent)] == list(CHOICES)


def test_without_the_ends_of_a_share_something_would_follow() -> None:
    """Nobody may have said 100 % where exactly 0 % were published: that is what “at most 20 %” is for."""
    exact = figure_of({0: 10}, voices=10, k=K)
    assert (exact.low, exact.high) == (0, 20)
    assert not is_possible((0, 0, 10), 100)


def test_everything_that_stays_is_the_row_of_the_measurement(company: SimpleNamespace) -> None:
    """Whoever reads the database after the publication knows no more than the page says."""
    measurement = make_measurement(company.sales, starts_on=MONDAY)
    for user in company.people[:11]:
        answer(user, measurement, [40, 20])
    publish_due(datetime(2026, 12, 1, tzinfo=UTC))
    row: dict[str, Any] = Measurement.objects.values().get()
    told = {"id", "team_id", "work", "weekly_hours", "members", "starts_on", "ends_on", "begun_at", "called_off_at",
            "published_at", "people", "low", "high", "reason"}  # fmt: skip
    assert set(row) == told
    assert row["people"] in {10, 15}, "not that eleven answered"
