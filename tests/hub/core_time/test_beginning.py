"""Beginning a measurement and calling it off: who may, when, how often, and who is told."""

from collections import Counter as Counted
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from hub.audit.models import AuditEntry
from hub.core_time import actions
from hub.core_time.models import Counter, Mark, Measurement, Voice
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_measurement, make_rules, make_user
from tests.hub.core_time.conftest import MONDAY, NOW, OVER, answer, ask, days_of

WORK = "Gespräche mit Kunden"


def begin(company: SimpleNamespace, now: datetime = NOW, by: User | None = None) -> Measurement:
    return actions.begin(team=company.sales, by=by or company.vera, work=WORK, now=now)


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user", flat=True))


def test_whoever_belongs_to_the_team_begins_it_and_team_and_works_council_are_told(
    company: SimpleNamespace,
) -> None:
    begun = begin(company)
    assert (begun.starts_on, begun.ends_on) == (date(2026, 10, 2), date(2026, 10, 15))
    assert (begun.members, begun.weekly_hours) == (13, Decimal(40))
    assert Counter.objects.filter(measurement=begun).count() == 6
    assert told("core_time_started") == {*(user.pk for user in company.people), company.walter.pk}
    entry = AuditEntry.objects.get(action="core_time.begun")
    assert (entry.actor_key, entry.facts) == (company.vera.subject_key, {"team": company.sales.pk})
    assert not [field for field in Measurement._meta.concrete_fields if field.related_model is User]


@pytest.mark.parametrize("who", ["otto", "hanna", "walter", "olga"])
def test_nobody_else_does(who: str, company: SimpleNamespace) -> None:
    with pytest.raises(PermissionDenied):
        begin(company, by=getattr(company, who))
    with pytest.raises(PermissionDenied):
        actions.call_off(
            measurement=make_measurement(company.sales), by=getattr(company, who), name="Vertrieb", now=NOW
        )
    assert Measurement.objects.open().count() == 1


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 10, 1, 9, tzinfo=UTC), date(2026, 10, 2)),
        (datetime(2026, 10, 2, 9, tzinfo=UTC), date(2026, 10, 5)),
        (datetime(2026, 10, 1, 22, 30, tzinfo=UTC), date(2026, 10, 5)),  # Friday already where the team works
        (datetime(2026, 12, 24, 9, tzinfo=UTC), date(2026, 12, 28)),  # Christmas Day is a Friday
    ],
)
def test_it_begins_with_the_next_working_day_where_the_team_works(
    now: datetime, first: date, company: SimpleNamespace
) -> None:
    assert begin(company, now).starts_on == first


def test_a_team_too_small_to_be_shown_is_not_asked(company: SimpleNamespace) -> None:
    User.objects.filter(pk__in=[user.pk for user in company.people[9:]]).update(status="left")
    with translation.override("en"), pytest.raises(Refusal, match="team_too_small") as caught:
        begin(company)
    assert "at least 10 people" in str(caught.value.message)
    assert not Measurement.objects.exists()
    User.objects.filter(pk=company.people[9].pk).update(status="active")
    assert begin(company).members == 10


def test_nor_one_of_a_company_too_small_for_figures(company: SimpleNamespace) -> None:
    User.objects.filter(team=company.others).update(status="left")
    with pytest.raises(Refusal, match="team_too_small"):
        begin(company)


def test_the_company_may_have_agreed_on_larger_groups(company: SimpleNamespace) -> None:
    proposal = make_rules(company.sales.legal_entity, minimum_group=14, minimum_page=30)
    proposal_answer = proposal._meta.get_field("answer").related_model
    proposal_answer.objects.create(
        proposal=proposal,
        answer="confirmed",
        side="works_council",
        actor_key=company.walter.subject_key,
        at=NOW,
    )
    with pytest.raises(Refusal, match="team_too_small"):
        begin(company)


def test_one_at_a_time_and_weeks_between_two(company: SimpleNamespace) -> None:
    """Whoever begins one each week, to see what one newcomer changes, gets a figure every fourteen weeks at most."""
    first = begin(company)
    with pytest.raises(Refusal, match="runs_already"):
        begin(company, by=company.people[1])
    over = datetime(2026, 10, 16, 12, tzinfo=UTC)
    Measurement.objects.filter(pk=first.pk).update(published_at=over, reason="small")
    begun, codes = [], set()
    for week in range(60):
        now = over + timedelta(weeks=week)
        try:
            one = begin(company, now)
        except Refusal as refusal:
            codes.add(refusal.code)
        else:
            begun.append(one.starts_on)
            Measurement.objects.filter(pk=one.pk).update(published_at=now, reason="small")
    assert codes == {"too_soon"}
    assert len(begun) == 4
    days = [date(2026, 10, 2), *begun]
    assert min(later - earlier for earlier, later in zip(days, begun, strict=False)) >= timedelta(
        days=13 + 84
    )


def test_it_says_from_when_on(company: SimpleNamespace) -> None:
    make_measurement(company.sales, starts_on=MONDAY, published_at=OVER, reason="small")
    with translation.override("en"), pytest.raises(Refusal, match="too_soon") as caught:
        begin(company, OVER)
    day = date(2026, 10, 18) + timedelta(weeks=12)
    assert (
        str(caught.value.message)
        == f"Your team was asked a short time ago. You can measure again from {day.day} "
        f"{day:%B %Y} on."
    )
    early, due = (datetime.combine(day + timedelta(days=n), datetime.min.time(), UTC) for n in (-3, 0))
    with pytest.raises(Refusal, match="too_soon"):
        begin(company, early)
    assert begin(company, due.replace(hour=9)).starts_on > day


def test_calling_it_off_deletes_what_was_answered_and_is_told(
    company: SimpleNamespace, measurement: Measurement
) -> None:
    answer(company.vera, measurement, [40, 60])
    with pytest.raises(Refusal, match="not_the_name"):
        actions.call_off(measurement=measurement, by=company.vera, name="Verkauf", now=NOW)
    assert Mark.objects.count() == 2
    actions.call_off(measurement=measurement, by=company.vera, name=" vertrieb ", now=NOW)
    assert not any(model.objects.exists() for model in (Mark, Voice, Counter))
    assert told("core_time_called_off") == {*(user.pk for user in company.people), company.walter.pk}
    assert AuditEntry.objects.get(action="core_time.called_off").actor_key == company.vera.subject_key
    assert ask(company.vera, days_of(company.vera, measurement)[2]) is None
    with pytest.raises(Refusal, match="is_over"):
        actions.call_off(measurement=measurement, by=company.vera, name="Vertrieb", now=NOW)
    with pytest.raises(Refusal, match="too_soon"):
        begin(company, NOW + timedelta(days=5))
    assert begin(company, NOW + timedelta(days=8))


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": 20, "high": 20},
        {"published_at": OVER},
        {"published_at": OVER, "low": 20, "high": 20, "people": 10, "reason": "small"},
        {"published_at": OVER, "called_off_at": OVER, "reason": "small"},
    ],
)
def test_a_row_has_a_figure_or_a_reason(wrong: dict[str, Any], company: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError, match="core_time_a_figure_or_a_reason"), transaction.atomic():
        make_measurement(company.sales, **wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_it_at_once_begin_one(company: SimpleNamespace) -> None:
    def work(number: int) -> str:
        try:
            begin(company, by=company.people[number])
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "begun"

    with ThreadPoolExecutor(4) as pool:
        said = Counted(pool.map(work, range(4)))
    assert said == {"begun": 1, "runs_already": 3}
    assert Counter.objects.count() == 6
    assert Notice.objects.filter(kind="core_time_started").count() == 14


def test_of_whoever_has_no_team_there_is_nothing_to_begin(company: SimpleNamespace, sign_in: Any) -> None:
    nobody = sign_in(make_user("Niemand"))
    assert nobody.get("/core-time/").status_code == 200
    assert nobody.get("/core-time/begin/").status_code == 404
    assert nobody.post("/core-time/begin/", {"work": WORK, "weekly_hours": 40}).status_code == 404
