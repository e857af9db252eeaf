"""What is expected: before plus the freed hours of bets that are final and of scaled pilots, and nothing sealed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from challenges.contests.models import Challenge, PublishedClaim, PublishedFreed
from challenges.pilots.models import Criterion, Pilot
from challenges.pilots.running import note_evidence
from challenges.sealed import control, deciding
from challenges.sealed.revealing import reveal
from hub.core_time.chart import LEFT, RIGHT, Line, chart_of
from hub.core_time.expecting import Range, effect_of, expected, gain, is_hours_a_week, share
from hub.core_time.models import Measurement
from hub.people.models import User
from tests.factories import (
    close,
    make_challenge,
    make_claim,
    make_entry,
    make_measurement,
    make_pilot,
    make_process,
    make_user,
)


def before(company: SimpleNamespace, *, weeks_ago: int = 8, **fields: Any) -> Measurement:
    """25 % of thirteen people, measured some weeks ago."""
    starts_on = timezone.localdate() - timedelta(weeks=weeks_ago)
    over = {"published_at": timezone.now() - timedelta(weeks=weeks_ago - 2), "members": 13, "people": 10}
    return make_measurement(company.sales, starts_on=starts_on, **{**over, "low": 25, "high": 25, **fields})


def bet_about(owner: User, cast: Any, *, saved: float = 10, claimed: float = 15) -> Challenge:
    """Revealed. Forty cases a week; `saved` minutes of the claimed ones were confirmed."""
    process = make_process(owner, cases_per_week=40)
    bet = make_challenge(cast.farid, referees=(cast.ruth,), control_weeks=4)
    claim = make_claim(make_entry(bet, owner, process), before_minutes=claimed + 5, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    deciding.decide_hours(claim=claim, controller=make_user(roles=("controller",)), saved_minutes=saved)
    return reveal(challenge=close(bet), referee=cast.ruth)


def end_of_control() -> datetime:
    return timezone.now() + timedelta(weeks=4, hours=1)


def make_final(bet: Challenge, cast: Any, *, holds: bool = True) -> None:
    with time_machine.travel(end_of_control()):
        for claim in PublishedClaim.objects.filter(entry__challenge=bet):
            control.settle(claim=claim, referee=cast.ruth, holds=holds, reason="Zurück")
        control.make_final(challenge=bet, referee=cast.ruth)


def test_the_formula() -> None:
    """13 people of 40 hours are 520 a week, of which 26 are 5 points."""
    assert gain(Range(26, 26, 52), 13, Decimal(40)) == Range(5, 5, 10)
    assert share(Range(25, 25, 25), Range(26, 26, 52), 13, Decimal(40)) == Range(30, 30, 35)
    assert share(Range(0, 7.5, 15), Range(0, 26, 26), 13, Decimal(40)) == Range(0, 12.5, 20)
    assert share(Range(80, 90, 100), Range(52, 52, 52), 13, Decimal(40)).high == 100


def test_a_bet_counts_once_its_control_period_is_over_and_it_held(
    company: SimpleNamespace, cast: Any
) -> None:
    measured = before(company)
    bet = bet_about(company.vera, cast)
    assert PublishedFreed.objects.get().mid > 0
    assert expected(measured) is None, "in the control period"
    make_final(bet, cast)
    found = expected(measured)
    [source] = found.sources
    assert (source.kind, source.path) == ("bet", f"/challenges/{bet.pk}/")
    # 10 confirmed minutes of 40 cases are 6 2/3 hours a week; 15 were claimed, 10 hours
    assert [round(hours, 3) for hours in (source.hours.low, source.hours.mid, source.hours.high)] == [
        6.667,
        6.667,
        10,
    ]
    assert round(found.share.mid, 3) == round(25 + 100 * 6.6667 / 520, 3)
    assert found.share.high == 25 + 1000 / 520


def test_what_was_taken_back_frees_nothing(company: SimpleNamespace, cast: Any) -> None:
    measured = before(company)
    make_final(bet_about(company.vera, cast), cast, holds=False)
    assert Challenge.objects.get().status == "final"
    assert expected(measured) is None


def test_nor_what_no_controller_confirmed(company: SimpleNamespace, cast: Any) -> None:
    measured = before(company)
    make_final(bet_about(company.vera, cast, saved=0), cast)
    assert expected(measured) is None


def test_processes_of_others_free_other_teams(company: SimpleNamespace, cast: Any) -> None:
    measured = before(company)
    make_final(bet_about(company.otto, cast), cast)
    assert expected(measured) is None


def test_what_was_revealed_before_the_team_answered_is_in_its_answers(
    company: SimpleNamespace, cast: Any
) -> None:
    make_final(bet_about(company.vera, cast), cast)
    later = make_measurement(
        company.sales, starts_on=timezone.localdate() - timedelta(days=13), published_at=timezone.now(), low=25,
        high=25, people=10,
    )  # fmt: skip
    assert expected(later) is None


def test_a_sealed_bet_tells_nothing(company: SimpleNamespace, cast: Any, sign_in: Any) -> None:
    """The page and the API are the same to the byte before and after a claim is verified behind the seal."""
    before(company)
    process = make_process(company.vera, cases_per_week=40)
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    entry = make_entry(bet, company.vera, process)

    def seen() -> tuple[bytes, bytes]:
        client = sign_in(company.people[1])
        page = client.get("/core-time/").content.split(b"<main")[1].split(b"</main>")[0]
        return page, client.get("/api/v1/core-time/").content

    sealed = seen()
    claim = make_claim(entry, before_minutes=20, after_minutes=5)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    deciding.decide_hours(claim=claim, controller=make_user(roles=("controller",)), saved_minutes=10)
    assert seen() == sealed


# --- pilots ------------------------------------------------------------------------------------------
def pilot_of(owner: User, *, unit: str = "Stunden je Woche", value: str = "8", days_ago: int = 1) -> Pilot:
    """From 30 hours a week to at most 10, measured last as `value`, scaled days ago."""
    pilot = make_pilot(owner, days_ago=20, decides_in=0)
    criterion = pilot.criteria.get()
    Criterion.objects.filter(pk=criterion.pk).update(unit=unit)
    criterion.refresh_from_db()
    note_evidence(
        criterion=criterion, by=owner, day=timezone.localdate() - timedelta(days=2), value=Decimal(value)
    )
    at = timezone.now() - timedelta(days=days_ago)
    Pilot.objects.filter(pk=pilot.pk).update(state="scaled", decision_reason="Es spart Zeit.", decided_at=at)
    return Pilot.objects.get(pk=pilot.pk)


def test_a_scaled_pilot_counts_with_what_it_measured(company: SimpleNamespace) -> None:
    measured = before(company)
    pilot = pilot_of(company.vera)
    [source] = expected(measured).sources
    assert (source.kind, source.title, source.path) == ("pilot", pilot.title, f"/pilots/{pilot.pk}/")
    assert source.hours == Range(20, 22, 22)  # agreed were 30 - 10, measured 30 - 8
    assert expected(measured).share.mid == 25 + 2200 / 520


@pytest.mark.parametrize(
    ("value", "hours"), [("8", Range(20, 22, 22)), ("15", Range(15, 15, 15)), ("30", None), ("31", None)]
)
def test_the_effect_is_what_became_less(value: str, hours: Range | None, company: SimpleNamespace) -> None:
    assert effect_of(pilot_of(company.vera, value=value).criteria.get()) == hours


@pytest.mark.parametrize(
    ("unit", "is_one"),
    [
        ("Stunden je Woche", True), ("Stunden pro Woche", True), ("Std./Woche", True), ("h/Woche", True),
        ("hours a week", True), ("Hours per week", True), ("h / week", True),
        ("Stunden", False), ("Minuten", False), ("", False), ("hours", False), ("Stunden je Angebot", False),
    ],
)  # fmt: skip
def test_only_hours_a_week_are_hours_a_week(unit: str, is_one: bool) -> None:
    assert is_hours_a_week(unit) is is_one


@pytest.mark.parametrize("change", ["running", "stopped", "earlier", "another_team", "up", "unit"])
def test_other_pilots_do_not_count(change: str, company: SimpleNamespace) -> None:
    measured = before(company)
    pilot = pilot_of(company.vera)
    pilots, criteria = Pilot.objects.filter(pk=pilot.pk), Criterion.objects.filter(pilot=pilot)
    assert expected(measured)
    match change:
        case "running":
            pilots.update(state="running", decided_at=None)
        case "stopped":
            pilots.update(state="stopped")
        case "earlier":
            pilots.update(decided_at=timezone.now() - timedelta(weeks=7))
        case "another_team":
            pilots.update(team=company.others)
        case "up":
            criteria.update(direction="up")
        case "unit":
            criteria.update(unit="Minuten")
    assert expected(measured) is None


def test_two_criteria_of_a_pilot_are_not_added_up(company: SimpleNamespace) -> None:
    measured = before(company)
    pilot = pilot_of(company.vera)
    other = Criterion.objects.create(
        pilot=pilot,
        measure="Dasselbe anders",
        unit="h/week",
        baseline=12,
        threshold=10,
        measured_by=date(2026, 1, 1),
    )
    other.readings.create(day=timezone.localdate(), value=6)
    assert expected(measured).hours == Range(20, 22, 22)


def test_all_sources_together_cost_as_many_queries_however_many_there_are(
    company: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    measured = before(company)
    for _number in range(3):
        pilot_of(company.vera)
    with django_assert_num_queries(4):
        assert expected(measured).hours == Range(60, 66, 66)


def test_without_a_figure_nothing_is_expected(company: SimpleNamespace) -> None:
    pilot_of(company.vera)
    assert expected(before(company, low=None, high=None, people=None, reason="small")) is None


# --- the chart ---------------------------------------------------------------------------------------
def test_the_chart_has_a_line_for_each_share() -> None:
    chart = chart_of(
        [Line("Before", "25 %", 25, 25, 25), Line("Expected", "28 % to 31 %", 28, 29, 31, is_expected=True)]
    )
    first, second = chart.bars
    span = RIGHT - LEFT
    assert (first.x, first.is_range, second.is_range) == (LEFT + span // 4, False, True)
    assert (second.low_x, second.high_x) == (round(LEFT + 0.28 * span), round(LEFT + 0.31 * span))
    assert first.y < second.words_y < second.y < chart.axis_y < chart.height
    assert chart_of([]) is None
