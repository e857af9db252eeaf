"""Badges rest on facts, are earned once, stay, and are one's own."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hub.notices.models import Delivery, Notice
from hub.points import awarding
from hub.points.actions import award, reverse
from hub.points.badges import BADGES, Entry, earned
from hub.points.models import BadgeAward
from hub.points.rules import RULES
from learning.hours import posting
from learning.hours.actions import record_attendance
from tests.factories import make_session

START = datetime(2026, 9, 4, 7, tzinfo=UTC)
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def entries(rule: str, number: int, *, is_reversal: bool = False) -> list[Entry]:
    return [Entry(rule, is_reversal, START + timedelta(weeks=week)) for week in range(number)]


@pytest.mark.parametrize(
    ("hours", "badges"),
    [
        (0, []),
        (1, ["first-hour"]),
        (3, ["first-hour"]),
        (4, ["first-hour", "four-hours"]),
        (26, ["first-hour", "four-hours", "twelve-hours", "half-a-year"]),
    ],
)
def test_hours_are_counted(hours: int, badges: list[str]) -> None:
    assert list(earned(entries("attended", hours), {}, NOW)) == badges


def test_a_badge_is_dated_by_the_entry_that_completed_it() -> None:
    assert earned(entries("attended", 6), {}, NOW)["four-hours"] == START + timedelta(weeks=3)


def test_what_was_taken_back_does_not_count() -> None:
    there_and_back = [
        *entries("attended", 3),
        *entries("attended", 3, is_reversal=True),
        *entries("attended", 1),
    ]
    assert list(earned(there_and_back, {}, NOW)) == ["first-hour"]


@pytest.mark.parametrize(
    ("facts", "badges"),
    [
        ({"longest_streak": 4, "comebacks": 0}, []),
        ({"longest_streak": 5, "comebacks": 1}, ["five-weeks", "back-again"]),
        ({"longest_streak": 12}, ["five-weeks", "twelve-weeks"]),
    ],
)
def test_streaks_and_comebacks_are_facts_of_the_hours(facts: dict[str, int], badges: list[str]) -> None:
    assert list(earned([], facts, NOW)) == badges


def test_a_fact_from_elsewhere_cannot_stand_in_for_the_ledger() -> None:
    assert earned([], {"eliminated_step": 3, "attended": 30}, NOW) == {}


def test_every_badge_rests_on_a_rule_or_a_registered_fact(cast: Any) -> None:
    from hub.points.facts import facts_of

    assert len(BADGES) == 12
    assert {badge.fact for badge in BADGES.values()} <= RULES.keys() | facts_of(cast.emma, NOW).keys()


def test_the_entry_that_completes_a_badge_brings_it_at_once_and_once(
    cast: Any, sign_in: Any, api: Any
) -> None:
    session = make_session(cast.farid)
    record_attendance(session=session, user=cast.emma, at=timezone.now())
    record_attendance(session=session, user=cast.emma, at=timezone.now())
    posting.post(session.pk)
    award(user=cast.emma, rule="shared_source", source_key="source:1")
    reverse(source_key="source:1")
    award(user=cast.emma, rule="shared_source", source_key="source:2")
    awarding.give_missing()

    mine = BadgeAward.objects.of(cast.emma)
    assert sorted(mine.values_list("badge", flat=True)) == ["first-hour", "shared-a-source"]
    told = Notice.objects.visible_to(cast.emma).filter(kind="badge_earned")
    assert sorted(notice.facts["name"] for notice in told) == ["Erste Stunde", "Für alle zu lesen"]
    assert not Delivery.objects.exists(), "a badge is no reason for a mail"

    page = sign_in(cast.emma).get("/me/")
    assert [shown.badge.slug for shown in page.context["badges"]][:2] == ["shared-a-source", "first-hour"]
    assert "Du warst bei sechsundzwanzig DEAL-Stunden." in page.content.decode()
    assert "dein neuestes Abzeichen" in sign_in(cast.emma).get("/").content.decode()

    own = api(cast.emma).get("/api/v1/badges/", headers={"Accept-Language": "en"}).json()
    assert own["count"] == 12
    assert [row["earned_at"] is not None for row in own["results"]].count(True) == 2
    assert own["results"][-1] == {
        "badge": "shared-a-story",
        "name": "Passed on",
        "how": "You told colleagues a success story.",
        "earned_at": None,
    }
    strangers = api(cast.otto).get("/api/v1/badges/").json()["results"]
    assert all(row["earned_at"] is None for row in strangers)
    assert sign_in(cast.otto).get("/").context["newest_badge"] is None


def test_a_streak_is_found_by_the_daily_look_which_runs_twice_safely(cast: Any) -> None:
    for week in range(5):
        session = make_session(cast.farid, starts_at=timezone.now() - timedelta(weeks=week, hours=2))
        record_attendance(session=session, user=cast.emma, at=session.starts_at)
        posting.post(session.pk)
    assert not BadgeAward.objects.filter(badge="five-weeks").exists()

    assert awarding.give_missing() == 1
    assert awarding.give_missing() == 0
    assert BadgeAward.objects.of(cast.emma).filter(badge="five-weeks").count() == 1


def test_a_badge_stays_and_names_nobody(cast: Any) -> None:
    award(user=cast.emma, rule="shared_source", source_key="source:1")
    reverse(source_key="source:1")
    row = BadgeAward.objects.get()
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute("UPDATE points_badgeaward SET badge = 'host'")
    assert "emma" not in str(BadgeAward.objects.values().get()).lower()


@pytest.mark.django_db(transaction=True)
def test_two_entries_at_once_leave_one_badge(cast: Any) -> None:
    """Both may look past the exact number; the daily look gives what is missing then."""
    barrier = Barrier(2)

    def act(number: int) -> None:
        barrier.wait()
        award(user=cast.emma, rule="shared_story", source_key=f"story:{number}")
        connection.close()

    threads = [Thread(target=act, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    awarding.give_missing()
    assert BadgeAward.objects.of(cast.emma).count() == 1
    assert Notice.objects.filter(kind="badge_earned").count() == 1


def test_an_entry_costs_one_query_more_unless_it_completes_a_badge(
    cast: Any, django_assert_max_num_queries: Any
) -> None:
    award(user=cast.emma, rule="attended", source_key="attended:1")
    with django_assert_max_num_queries(2):  # entry, count
        award(user=cast.emma, rule="attended", source_key="attended:2")
