"""One figure, once, through the gate; too few people are too few however often they answered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from hub.core_time import asking, tasks
from hub.core_time.models import Counter, Mark, Measurement, Voice
from hub.core_time.publishing import figure_of, hidden, publish_due
from hub.disclosure.grouping import Rules
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_measurement, make_rules
from tests.hub.core_time.conftest import MONDAY, OVER, answer, ask, days_of, noon

RULES = Rules()


def test_the_figure_is_the_mean_of_all_answers_in_the_gates_steps(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    """Ten people answer 40 and 20 alternately, one of them four times: 340 of 1300, so 26.2 %, said as 25 %."""
    for number, user in enumerate(company.people[:10]):
        answer(user, measurement, [20, 20, 20, 20] if number == 0 else [40 if number < 4 else 20])
    assert publish_due(OVER - timedelta(seconds=1)) == []
    [published] = publish_due(OVER)
    assert (published.low, published.high, published.people, published.reason) == (25, 25, 10, "")
    assert published.published_at == OVER
    assert not any(model.objects.exists() for model in (Mark, Voice, Counter))
    assert publish_due(OVER) == []
    assert Notice.objects.filter(kind="core_time_published").count() == 13


def test_people_count_not_answers(company: SimpleNamespace, measurement: Measurement) -> None:
    """Nine people with thirty-six answers are too few, and one who only passes a day over makes them no more."""
    for user in company.people[:9]:
        answer(user, measurement, [40] * 4)
    passing = company.people[9]
    day = days_of(passing, measurement)[0]
    asking.skip(user=passing, about=ask(passing, day).about, now=noon(day))
    [published] = publish_due(OVER)
    assert (published.low, published.high, published.people, published.reason) == (None, None, None, "small")
    assert not any(model.objects.exists() for model in (Mark, Voice, Counter))


def test_nobody_at_all_is_too_few(measurement: Measurement) -> None:
    assert [one.reason for one in publish_due(OVER)] == ["small"]


def test_whoever_was_erased_meanwhile_counts_no_more_among_the_people(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    for user in company.people[:10]:
        answer(user, measurement, [40])
    company.people[0].delete()
    assert [one.reason for one in publish_due(OVER)] == ["small"]


def test_a_company_too_small_for_figures_has_none(company: SimpleNamespace, measurement: Measurement) -> None:
    for user in company.people:
        answer(user, measurement, [40])
    User.objects.filter(team=company.others).update(status="left")
    assert [one.reason for one in publish_due(OVER)] == ["page"]


def test_the_rules_are_those_agreed_on_when_the_two_weeks_were_over(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    for user in company.people[:12]:
        answer(user, measurement, [40])
    entity = company.sales.legal_entity
    for k, at in ((12, OVER - timedelta(days=1)), (13, OVER + timedelta(hours=1))):
        proposal = make_rules(entity, minimum_group=k, minimum_page=30)
        proposal._meta.get_field("answer").related_model.objects.create(
            proposal=proposal,
            answer="confirmed",
            side="works_council",
            actor_key=company.walter.subject_key,
            at=at,
        )
    assert [one.low for one in publish_due(OVER + timedelta(days=1))] == [40]


@pytest.mark.parametrize(
    ("answers", "voices", "low", "high"),
    [
        ({20: 13, 40: 10}, 10, 30, 30),  # 28.7
        ({0: 10}, 10, 0, 20),  # nothing: as if two could have done nothing else
        ({0: 9, 100: 1}, 10, 0, 20),
        ({0: 8, 60: 2}, 10, 0, 20),
        ({20: 8, 40: 2}, 10, 25, 25),
        ({100: 40}, 10, 80, 100),
        ({80: 40}, 10, 80, 100),
        ({20: 120, 40: 80}, 60, 28, 28),  # whole percents from fifty people on, not from fifty answers
        ({20: 24, 40: 16}, 20, 30, 30),
    ],
)
def test_ends_and_steps_are_those_of_every_share(
    answers: dict[int, int], voices: int, low: int, high: int
) -> None:
    found = figure_of(answers, voices=voices, k=10)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_the_gate_decides_by_people_and_page() -> None:
    assert hidden(9, page=100, rules=RULES) == "small"
    assert hidden(10, page=100, rules=RULES) is None
    assert hidden(10, page=24, rules=RULES) == "page"
    assert hidden(6, page=30, rules=Rules(k=5)) is None
    with pytest.raises(ValueError, match="below the floor"):
        hidden(6, page=30, rules=Rules(k=4))


def test_how_many_answered_is_said_in_fives(company: SimpleNamespace, measurement: Measurement) -> None:
    for user in company.people[:12]:
        answer(user, measurement, [40])
    assert publish_due(OVER)[0].people in {10, 15}


def test_called_off_ones_are_never_published(measurement: Measurement) -> None:
    Measurement.objects.update(called_off_at=OVER)
    assert publish_due(OVER) == []


def test_a_team_that_moved_people_publishes_what_was_answered(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    """Whoever changes team is asked there no more; what they said stays among the answers, as nobody knows which."""
    for user in company.people[:10]:
        answer(user, measurement, [40])
    moved = company.people[0]
    User.objects.filter(pk=moved.pk).update(team=company.others)
    moved.refresh_from_db()
    day = days_of(moved, measurement)[1]
    assert ask(moved, day) is None
    with pytest.raises(Refusal, match="not_asked"):
        asking.answer(user=moved, about=day - timedelta(days=1), percent=0, now=noon(day))
    assert [one.low for one in publish_due(OVER)] == [40]


@pytest.mark.django_db(transaction=True)
def test_two_tasks_at_once_publish_once(company: SimpleNamespace, measurement: Measurement) -> None:
    for user in company.people[:10]:
        answer(user, measurement, [40])

    def work(_number: int) -> int:
        try:
            return len(publish_due(OVER))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(work, range(3))) == [0, 0, 1]
    measurement.refresh_from_db()
    assert (measurement.low, measurement.people) == (40, 10)
    assert Notice.objects.filter(kind="core_time_published").count() == 13


def test_the_task_publishes_what_is_due(company: SimpleNamespace, measurement: Measurement, at: Any) -> None:
    make_measurement(company.others, starts_on=MONDAY + timedelta(days=7))
    at(OVER)
    assert tasks.publish_due() == 1
    assert Measurement.objects.open().get().team == company.others
