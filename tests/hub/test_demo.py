"""The demo company: plausible, the same each time, and safe to load twice."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from challenges.contests.models import Challenge
from hub.adoption.counting import MEASURES
from hub.adoption.models import ActiveWeek, PulseFigure, UsageImport
from hub.demo.company import load_company
from hub.demo.history import load_attendance, load_hours, open_hour_now
from hub.disclosure.models import ReleasedCell
from hub.notices.models import Delivery, Notice
from hub.nudges.models import Nudge
from hub.people.demo import DEMO_PASSWORD
from hub.people.models import LegalEntity, Site, Team, User
from hub.points.models import PointEntry
from learning.hours.actions import check_in
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, StudySession
from learning.notebooks.models import Exchange, Notebook, Source
from tests.factories import code_of


def load(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("load_demo", "--json", "--without-aids", *arguments, stdout=out)
    return json.loads(out.getvalue())


# Each loads the whole company; that it loads on PostgreSQL, the two worlds show.
pytestmark = pytest.mark.one_database


@pytest.fixture
def demo(db: None) -> dict[str, Any]:
    return load("--today")


def test_it_is_the_company_of_the_design(demo: dict[str, Any]) -> None:
    assert 380 <= User.objects.count() <= 420
    sizes = Team.objects.annotate(size=Count("members")).values_list("size", flat=True)
    assert min(sizes) >= 8
    assert max(sizes) <= 60
    assert Site.objects.count() == 3
    assert Site.objects.values("country").distinct().count() == 2
    assert LegalEntity.objects.count() == 2
    assert User.objects.filter(language="en").count() > 40
    past = StudySession.objects.past(timezone.now())
    assert past.count() == 12
    assert 1000 < Attendance.objects.count() < 4000


def test_its_accounts_can_sign_in_and_the_others_cannot(demo: dict[str, Any], client: Any) -> None:
    for account in demo["accounts"]:
        body = {"username": account["email"], "password": account["password"]}
        assert client.post("/sign-in/", body).status_code == 302
        client.logout()
    others = User.objects.exclude(email__in=[account["email"] for account in demo["accounts"]])
    assert not any(user.has_usable_password() for user in others)
    assert demo["accounts"][0]["password"] == DEMO_PASSWORD


def test_loading_it_again_changes_nothing(demo: dict[str, Any]) -> None:
    counted = (User, Team, StudySession, Attendance, PointEntry, Notebook, Source)
    counted += (ActiveWeek, UsageImport, PulseFigure, Exchange, Nudge)

    def rows() -> list[int]:
        return [model.objects.count() for model in counted]

    before = rows()
    assert load("--today") == demo
    assert rows() == before


def test_points_equal_what_the_actions_would_have_given(demo: dict[str, Any]) -> None:
    for attendance in Attendance.objects.select_related("user", "session")[:50]:
        key = f"attended:{attendance.session_id}:{attendance.user.subject_key}"
        assert PointEntry.objects.get(source_key=key).points == 10
    emma = User.objects.get(first_name="Emma", last_name="Lindner")
    assert PointEntry.objects.of(emma).total() == 110
    assert streak_of(emma, timezone.now()).current == 11  # the missed week is in reserve


@pytest.mark.parametrize("weekday", range(7))
def test_checking_in_makes_the_streak_longer_on_any_day(weekday: int, db: None) -> None:
    now = datetime(2026, 11, 16, 14, 0, tzinfo=UTC) + timedelta(days=weekday)
    cast = load_company()
    emma = cast["emma.lindner"]
    load_attendance(load_hours(cast["farid.nassar"], [], now.date()), cast)
    session = open_hour_now(cast["farid.nassar"], None, now)
    before = streak_of(emma, now).current

    check_in(session=session, user=emma, code=code_of(session, now), now=now)
    assert before > 3
    assert streak_of(emma, now).current == before + 1


def test_a_closed_bet_waits_for_second_look_appeal_and_decision(demo: dict[str, Any], client: Client) -> None:
    bet = Challenge.objects.get(status="open", closes_at__lt=timezone.now())
    assert bet.phase() == "closed"
    pages = {}
    for name, path in (("selma", "review/"), ("ruth", "review/"), ("carl", "")):
        client.force_login(User.objects.get(email__startswith=f"{name}."))
        pages[name] = client.get(f"/challenges/{bet.pk}/{path}").content.decode()
    assert "/second-look/" in pages["selma"], "Ruth decided, so Selma is asked"
    assert "/second-look/" not in pages["ruth"]
    for name in ("selma", "ruth"):
        assert "/verify/" in pages[name]
        assert "/conflict/" in pages[name]
    assert "/appeal/" in pages["carl"]


def test_no_hours_wait_of_a_bet_that_is_over_and_none_since_today(demo: dict[str, Any]) -> None:
    told = Notice.objects.filter(kind="hours_wait").select_related("user")
    assert told.exists(), "those of the running bet"
    for notice in told:
        bet = Challenge.objects.get(pk=notice.dedupe_key.split(":")[1])
        assert not bet.is_revealed
        assert notice.created_at < timezone.now() - timedelta(days=1)
    each = [(notice.user_id, notice.dedupe_key.split(":")[1]) for notice in told]
    assert len(each) == len(set(each)), "one a bet"
    mailed = Delivery.objects.filter(dedupe_key__startswith="hours_wait:", state=Delivery.State.WAITING)
    assert not mailed.exists()


def test_every_measure_has_a_figure_to_look_at(demo: dict[str, Any]) -> None:
    """Quizzes and cards hang on study aids, which this demo was loaded without."""
    told = set(
        ReleasedCell.objects.filter(group__part="total", high__gt=1).values_list("release__report", flat=True)
    )
    assert set(MEASURES) - told <= {
        "quiz-done",
        "cards-reviewed",
        "ladder-process",
        "leader-hours",
        "retained",
        "pilots-decided",
        "pilots-scaled",
        "pilots-stopped",
        "pilots-overdue",
    }
    for pilots in ("decided", "scaled", "stopped", "overdue"):  # one each is enough to look at
        assert ReleasedCell.objects.filter(release__report=f"pilots-{pilots}", high__gte=1).exists()
    assert ReleasedCell.objects.filter(release__report="leader-hours", high__gte=1).exists()
    assert ReleasedCell.objects.filter(release__report="retained", group__part="cohort").exists()
    assert PulseFigure.objects.exclude(low=None).values("pulse").distinct().count() == 2
    assert not UsageImport.objects.filter(counted_at=None).exclude(
        confirmed_at__gte=timezone.now() - timedelta(days=10)
    )


def test_the_hour_runs_now(demo: dict[str, Any]) -> None:
    session = StudySession.objects.get(pk=demo["session"])
    assert session.phase() == "during"
    assert session.notebook.is_open


def test_the_starter_notebooks_answer_in_both_languages(demo: dict[str, Any]) -> None:
    from learning.notebooks import asking

    emma = User.objects.get(first_name="Emma", last_name="Lindner")
    assert Notebook.objects.count() == 8
    assert set(Source.objects.values_list("state", flat=True)) == {"ready"}
    data = Notebook.objects.get(title__contains="What data")
    for question, quote in (
        ("Nach wie vielen Tagen wird eine Aufzeichnung gelöscht?", "30 Tagen"),
        ("After how many days is a recording deleted?", "30 days"),
    ):
        result = asking.answer_question(notebook=data, user=emma, question=question)
        assert not result.refused
        assert any(quote in citation.quote for citation in result.citations)
