"""The pulse: voluntary, twice one question a quarter, and no way from an answer to a person."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.adoption import pulse, snapshot
from hub.adoption.models import PulseCount, PulseFigure, PulseMark, PulseQuarter
from hub.adoption.pulse_publishing import publish_due
from hub.disclosure.models import RulesAnswer, RulesProposal
from hub.people.models import LegalEntity, User
from hub.refusals import Refusal
from tests.hub.adoption.conftest import GMBH

OPEN = datetime(2026, 11, 4, 9, tzinfo=UTC)
OVER = datetime(2026, 11, 16, 9, tzinfo=UTC)
QUARTER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (date(2026, 10, 1), date(2026, 11, 2)),
        (date(2026, 12, 31), date(2026, 11, 2)),
        (date(2027, 1, 1), date(2027, 2, 1)),
        (date(2027, 6, 30), date(2027, 5, 3)),
    ],
)
def test_the_fortnight_begins_with_the_first_monday_of_the_second_month(day: date, opens: date) -> None:
    assert pulse.opens_on(pulse.quarter_of(day)) == opens
    assert opens.weekday() == 0


@pytest.mark.parametrize(
    ("now", "quarter", "following"),
    [
        (datetime(2026, 11, 1, 22, 59, tzinfo=UTC), None, date(2026, 11, 2)),
        (datetime(2026, 11, 1, 23, tzinfo=UTC), QUARTER, date(2026, 11, 2)),
        (datetime(2026, 11, 15, 22, 59, tzinfo=UTC), QUARTER, date(2026, 11, 2)),
        (datetime(2026, 11, 15, 23, tzinfo=UTC), None, date(2027, 2, 1)),
    ],
)
def test_it_is_open_for_two_weeks_by_the_companys_clock(now: datetime, quarter: Any, following: date) -> None:
    assert pulse.open_quarter(now) == quarter
    assert pulse.next_opening(now) == following


def given(people: Iterable[User], confidence: int, worry: int) -> None:
    for user in User.objects.filter(pk__in=[user.pk for user in people]).select_related("team"):
        pulse.answer(user=user, confidence=confidence, worry=worry, now=OPEN)


def counters() -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for question, answer, times in PulseCount.objects.values_list("question", "answer", "times"):
        found[question, answer] = found.get((question, answer), 0) + times
    return {key: times for key, times in found.items() if times}


def test_an_answer_is_added_to_counters_and_stands_in_no_row_of_the_person(company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    given([anna], 4, 2)
    given([ben], 4, 5)
    assert counters() == {("confidence", 4): 2, ("worry", 2): 1, ("worry", 5): 1}
    assert PulseMark.objects.filter(user=anna, quarter=QUARTER).count() == 1
    assert {field.name for field in PulseMark._meta.concrete_fields} == {"id", "quarter", "user"}
    assert {field.name for field in PulseCount._meta.concrete_fields} == {
        "id", "quarter", "entity_id", "site_id", "question", "answer", "times",
    }  # fmt: skip
    assert not [field for field in PulseCount._meta.concrete_fields if field.is_relation]


def test_every_counter_of_the_group_is_written_whatever_was_answered(company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    given([anna], 1, 1)

    def written(user: User, confidence: int) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            given([user], confidence, 5)
        return [query["sql"].split("SET")[0] for query in captured if query["sql"].startswith("UPDATE")]

    one, other = written(ben, 2), written(company.people["Vertrieb"][2], 5)
    assert one == other
    assert len(one) == 1
    assert PulseCount.objects.count() == 10


def test_what_was_answered_and_a_no_leave_the_same_mark(company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    given([anna], 5, 1)
    pulse.decline(user=ben, now=OPEN)
    one, other = (PulseMark.objects.filter(user=user).values("quarter").get() for user in (anna, ben))
    assert one == other
    assert counters() == {("confidence", 5): 1, ("worry", 1): 1}


def test_nobody_counts_twice_nor_after_a_no(company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    given([anna], 5, 1)
    pulse.decline(user=ben, now=OPEN)
    for user in (anna, ben):
        with pytest.raises(Refusal, match="pulse_done"):
            pulse.answer(user=user, confidence=1, worry=1, now=OPEN)
        with pytest.raises(Refusal, match="pulse_done"):
            pulse.decline(user=user, now=OPEN)
        assert pulse.card_for(user, OPEN) is None
    assert sum(counters().values()) == 2


@pytest.mark.parametrize(("confidence", "worry"), [(0, 3), (3, 6), (-1, 1)])
def test_only_one_to_five(confidence: int, worry: int, company: Any) -> None:
    with pytest.raises(Refusal, match="not_one_to_five"):
        pulse.answer(user=company.emma, confidence=confidence, worry=worry, now=OPEN)
    assert not PulseMark.objects.exists()


def test_out_of_the_fortnight_it_asks_nothing_and_takes_nothing(
    company: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert pulse.card_for(company.emma, OVER) is None
    with pytest.raises(Refusal, match="pulse_closed"):
        pulse.answer(user=company.emma, confidence=1, worry=1, now=OVER)
    company.emma.team = None
    assert pulse.card_for(company.emma, OPEN) is None


def published() -> dict[tuple[str, str], tuple[Any, ...]]:
    rows = PulseFigure.objects.filter(question="confidence")
    return {
        (row.entity_name, "others" if row.is_others else row.site_name): (
            row.answers,
            row.low,
            row.high,
            row.reason,
        )
        for row in rows
    }


def test_a_quarter_is_published_once_through_the_gate_and_its_counters_go(company: Any) -> None:
    """The GmbH: 16 answers in Ladenburg, 12 of them 4 or 5; 20 in Ingolstadt, 5 of them. The Ltd: 24, too few."""
    given(company.people["Vertrieb"][:12], 5, 1)
    given(company.people["Personal"][:4], 3, 1)
    given(company.people["Produktion"][:5], 4, 1)
    given(company.people["Produktion"][5:20], 2, 1)
    given(company.people["Sales UK"][:24], 5, 1)
    pulse.decline(user=company.people["Sales UK"][25], now=OPEN)
    assert publish_due(OVER - timedelta(days=1)) == []
    assert [one.quarter for one in publish_due(OVER)] == [QUARTER]
    assert published() == {
        (GMBH, ""): (36, 45, 45, ""),  # 17 of 36, in steps of five
        (GMBH, "Ladenburg"): (16, 75, 75, ""),
        (GMBH, "Ingolstadt"): (20, 25, 25, ""),
        ("Ringer Works Ltd", ""): (None, None, None, "page"),
        ("Ringer Works Ltd", "Ladenburg"): (None, None, None, "page"),
    }
    worry = PulseFigure.objects.get(question="worry", entity_name=GMBH, site_id=None)
    assert (worry.low, worry.high) == (0, 10)  # at most: nobody said 4 or 5
    assert not PulseCount.objects.exists()
    assert not PulseMark.objects.exists()
    assert publish_due(OVER) == []
    assert PulseQuarter.objects.count() == 1
    assert not PulseFigure.objects.visible_to(company.emma).exists()
    assert {row.entity_name for row in PulseFigure.objects.visible_to(company.walter)} == {GMBH}


def test_a_small_site_is_not_left_over_by_subtraction(company: Any) -> None:
    """Nine answers at one site, forty at the other: both sites are hidden, the company is shown."""
    given(company.people["Produktion"], 4, 1)
    given(company.people["Vertrieb"][:9], 1, 1)
    publish_due(OVER)
    found = published()
    assert found[GMBH, ""][0] == 49
    assert found[GMBH, "Ladenburg"] == (None, None, None, "small")
    assert found[GMBH, "Ingolstadt"] == (None, None, None, "complement")


def agree(company: str, k: int, page: int, at: datetime) -> None:
    proposal = RulesProposal.objects.create(
        entity=LegalEntity.objects.get(name=company), minimum_group=k, minimum_page=page, words="-", side="hr",
        actor_key=uuid4(), proposed_at=at,
    )  # fmt: skip
    RulesAnswer.objects.create(
        proposal=proposal, answer="confirmed", side="works_council", actor_key=uuid4(), at=at
    )


def test_each_company_is_published_by_the_rules_it_agreed_on(company: Any) -> None:
    """36 answers of the GmbH, which agreed on 25 and 30, and 24 of the Ltd, on 8 and 20."""
    given([*company.people["Vertrieb"][:16], *company.people["Produktion"][:1]], 5, 1)
    given(company.people["Produktion"][1:20], 2, 1)
    given(company.people["Sales UK"][:24], 5, 1)
    agree(GMBH, 25, 30, OPEN)
    agree("Ringer Works Ltd", 8, 20, OPEN)
    publish_due(OVER)
    assert published() == {
        (GMBH, ""): (36, 50, 50, ""),  # 17 of 36, in steps of ten
        (GMBH, "Ladenburg"): (None, None, None, "small"),
        (GMBH, "Ingolstadt"): (None, None, None, "small"),
        ("Ringer Works Ltd", ""): (24, 90, 100, ""),
        ("Ringer Works Ltd", "Ladenburg"): (24, 90, 100, ""),
    }


def test_rules_agreed_on_after_the_fortnight_hold_for_the_next_one(company: Any) -> None:
    given(company.people["Sales UK"][:24], 5, 1)
    agree("Ringer Works Ltd", 8, 20, datetime(2026, 11, 15, 23, tzinfo=UTC))  # midnight in Ladenburg
    publish_due(OVER)
    assert published()["Ringer Works Ltd", ""] == (None, None, None, "page")


def test_the_weekly_task_publishes_it(company: Any) -> None:
    given(company.people["Produktion"], 4, 1)
    snapshot.close_weeks(now=OVER)
    assert PulseQuarter.objects.get().quarter == QUARTER


# --- page and API --------------------------------------------------------------------------------
def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def test_today_shows_it_for_the_fortnight_until_one_is_done(
    sign_in: Any, company: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(company.emma)
    assert "Two questions, once a quarter" not in browser.get("/").content.decode()
    at(monkeypatch, OPEN)
    browser = sign_in(company.emma)
    assert "Two questions, once a quarter" in browser.get("/").content.decode()
    assert browser.post("/pulse/", {"confidence": "4"}).status_code == 422
    assert browser.post("/pulse/", {"confidence": "4", "worry": "9"}).status_code == 422
    assert not PulseMark.objects.exists()
    answered = browser.post("/pulse/", {"confidence": "4", "worry": "2"}, follow=True).content.decode()
    assert "Your answer and you cannot be brought together again." in answered
    assert "Two questions, once a quarter" not in answered
    assert "You are done for this quarter" in browser.get("/pulse/").content.decode()
    assert browser.post("/pulse/", {"confidence": "4", "worry": "2"}).status_code == 409
    assert counters() == {("confidence", 4): 1, ("worry", 2): 1}


def test_in_ones_hour_it_is_asked_on_its_own_page_alone(
    sign_in: Any, company: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.factories import make_session

    make_session(company.people["Vertrieb"][3], starts_at=OPEN - timedelta(minutes=5))
    at(monkeypatch, OPEN)
    browser = sign_in(company.emma)
    assert "Two questions, once a quarter" not in browser.get("/").content.decode()
    assert 'name="worry"' in browser.get("/pulse/").content.decode()


def test_no_thanks_is_kept(sign_in: Any, company: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, OPEN)
    browser = sign_in(company.emma)
    browser.post("/pulse/decline/")
    assert "Two questions, once a quarter" not in browser.get("/").content.decode()
    assert not PulseCount.objects.exists()


def test_the_page_says_honestly_what_is_kept(sign_in: Any, company: Any) -> None:
    page = sign_in(company.emma).get("/pulse/").content.decode()
    assert "They are asked for two weeks a quarter" in page
    assert "compare copies of it" in page


def test_the_api(api: Any, company: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    program = api(company.emma)
    assert program.get("/api/v1/pulse/").json()["is_asked"] is False
    assert program.post("/api/v1/pulse/", {"confidence": 4, "worry": 2}).status_code == 409
    at(monkeypatch, OPEN)
    program = api(company.emma)
    body = program.get("/api/v1/pulse/").json()
    assert (body["is_asked"], body["last_day"]) == (True, "2026-11-15")
    assert program.post("/api/v1/pulse/", {"confidence": 6, "worry": 2}).status_code == 400
    assert program.post("/api/v1/pulse/", {"confidence": 4, "worry": 2}).status_code == 204
    assert program.post("/api/v1/pulse/decline/").status_code == 409
    assert program.get("/api/v1/pulse/").json()["is_asked"] is False
