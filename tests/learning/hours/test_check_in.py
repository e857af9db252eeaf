"""Checking in: the code on the screen, once, during the hour, with its points."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.audit.models import AuditEntry
from hub.people.models import Site, User
from hub.points.models import PointEntry
from hub.refusals import Refusal
from learning.hours import codes, posting
from learning.hours.actions import check_in, record_attendance
from learning.hours.codes import WINDOW, Match
from learning.hours.models import WRONG_CODES_ALLOWED, Attendance, StudySession
from learning.hours.tasks import post_points
from tests.factories import code_of, make_session, make_user


def test_the_right_code_gives_attendance_points_and_a_streak(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    response = sign_in(cast.emma).post(
        f"/hours/{session.pk}/check-in/", {"code": code_of(session)}, follow=True
    )

    assert response.status_code == 200
    assert Attendance.objects.filter(session=session, user=cast.emma).exists()
    assert not PointEntry.objects.of(cast.emma).exists()  # they follow behind the answer
    assert posting.post(session.pk) == 1
    assert PointEntry.objects.of(cast.emma).total() == 10
    today = sign_in(cast.emma).get("/")
    assert (today.context["streak"].current, today.context["points_total"]) == (1, 10)


def attend(session: StudySession, user: User) -> None:
    record_attendance(session=session, user=user, at=session.starts_at)
    posting.post(session.pk)


def test_coming_back_after_missed_weeks_earns_a_bonus_once(cast: Any) -> None:
    Site.objects.update(country="XX")  # without public holidays, on whichever day this runs
    now = datetime(2026, 5, 15, 9, tzinfo=UTC)
    hours = {n: make_session(cast.farid, starts_at=now - timedelta(weeks=n)) for n in range(9, -1, -1)}
    for weeks in (9, 8, 2):  # two of the missed weeks are reserves, more of them break the streak
        attend(hours[weeks], cast.emma)
    entries = PointEntry.objects.of(cast.emma)
    assert [entry.points for entry in entries.filter(rule="comeback")] == [5]
    twin = make_session(cast.farid, starts_at=hours[2].starts_at + timedelta(hours=3))
    for session in (twin, hours[1], hours[0]):
        attend(session, cast.emma)
    assert entries.filter(rule="comeback").count() == 1
    attend(hours[0], cast.otto)  # the first ever is no comeback
    assert not PointEntry.objects.of(cast.otto).filter(rule="comeback").exists()


def test_a_double_click_has_one_effect(api: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    program = api(cast.emma)
    body = {"code": code_of(session)}

    first = program.post(f"/api/v1/sessions/{session.pk}/check-in/", body)
    second = program.post(f"/api/v1/sessions/{session.pk}/check-in/", body)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["checked_in_at"] == second.json()["checked_in_at"]
    assert second.json() == {**first.json(), "is_new": False}
    assert (posting.post(session.pk), posting.post(session.pk)) == (1, 0)
    assert PointEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_have_one_effect() -> None:
    session, person = make_session(make_user("Farid")), make_user("Emma")

    def click(_number: int) -> bool:
        try:
            return record_attendance(session=session, user=person, at=timezone.now())[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(click, range(16)))

    assert sum(new) == 1
    posting.post(session.pk)
    assert PointEntry.objects.of(person).count() == 1


def test_points_are_posted_in_batches_with_as_many_queries_for_twenty_as_for_two(
    cast: Any, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    small, large = make_session(cast.farid), make_session(cast.farid)
    monkeypatch.setattr(posting, "BATCH", 30)
    for session, count in ((small, 2), (large, 50)):
        for number in range(count):
            person = make_user(f"P{number}", team=cast.emma.team)
            attend(make_session(cast.farid, starts_at=session.starts_at - timedelta(weeks=1)), person)
            record_attendance(session=session, user=person, at=timezone.now())
    with CaptureQueriesContext(connection) as few:
        assert posting.post(small.pk) == 2
    with django_assert_max_num_queries(2 * len(few)):
        assert posting.post(large.pk) == 50
    assert PointEntry.objects.filter(source_key__startswith=f"attended:{large.pk}").count() == 50


@pytest.mark.django_db(transaction=True)
def test_many_clicks_wake_one_task_and_the_sweep_finds_what_a_dead_worker_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[object] = []
    monkeypatch.setattr(posting, "send", lambda task, pk, after_seconds=0: sent.append((task, pk)))
    session = make_session(make_user("Farid"))
    for number in range(3):
        record_attendance(session=session, user=make_user(f"P{number}"), at=timezone.now())
    assert sent == [(posting.TASK, session.pk)]

    assert posting.wake_unposted(timezone.now()) == 0
    assert posting.wake_unposted(timezone.now() + timedelta(minutes=1)) == 1
    assert sent == [(posting.TASK, session.pk)] * 2
    post_points(str(session.pk))
    assert posting.wake_unposted(timezone.now() + timedelta(minutes=1)) == 0


@pytest.mark.parametrize(
    ("given", "code", "status"),
    [("000000", "wrong_code", 422), ("", None, 422), ("abc", "wrong_code", 422), ("1" * 40, None, 422)],
)
def test_a_wrong_code_gets_a_sentence(
    given: str, code: str | None, status: int, sign_in: Any, cast: Any
) -> None:
    session = make_session(cast.farid)
    if code_of(session) == given:
        given = "000001"
    response = sign_in(cast.emma).post(f"/hours/{session.pk}/check-in/", {"code": given})

    assert response.status_code == status
    assert response.context["check_in_form"].errors["code"]
    assert not Attendance.objects.exists()


def test_an_expired_code_is_told_apart_from_a_wrong_one(cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() - timedelta(minutes=40))
    with pytest.raises(Refusal) as refused:
        check_in(session=session, user=cast.emma, code=code_of(session, timezone.now() - 3 * WINDOW))
    assert (refused.value.code, refused.value.status) == ("expired_code", 422)


def test_the_code_before_still_counts(cast: Any) -> None:
    now = timezone.now().replace(second=7, microsecond=0)  # seven seconds into a window
    session = make_session(cast.farid, starts_at=now - timedelta(minutes=20))
    assert check_in(session=session, user=cast.emma, code=code_of(session, now - WINDOW), now=now)[1]
    late = now + timedelta(seconds=2)
    with pytest.raises(Refusal) as refused:
        check_in(session=session, user=cast.carl, code=code_of(session, now - WINDOW), now=late)
    assert refused.value.code == "expired_code"


def test_a_code_of_another_session_is_wrong(cast: Any) -> None:
    here, there = make_session(cast.farid), make_session(cast.farid)
    with pytest.raises(Refusal) as refused:
        check_in(session=here, user=cast.emma, code=code_of(there))
    assert refused.value.code == "wrong_code"


@pytest.mark.parametrize(
    ("offset", "code"), [(timedelta(hours=2), "not_open_yet"), (-timedelta(hours=2), "closed")]
)
def test_outside_the_hour_nobody_checks_in(offset: timedelta, code: str, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + offset)
    with pytest.raises(Refusal) as refused:
        check_in(session=session, user=cast.emma, code=code_of(session))
    assert (refused.value.code, refused.value.status) == (code, 409)


def test_a_cancelled_hour_takes_nobody(cast: Any) -> None:
    session = make_session(cast.farid, status="cancelled")
    with pytest.raises(Refusal) as refused:
        check_in(session=session, user=cast.emma, code=code_of(session))
    assert refused.value.code == "session_cancelled"


def test_guessing_stops_after_a_few_wrong_codes(cast: Any) -> None:
    session, now = make_session(cast.farid), timezone.now()
    for _attempt in range(WRONG_CODES_ALLOWED):
        with pytest.raises(Refusal, match="wrong_code"):
            check_in(session=session, user=cast.emma, code="nothing", now=now)
    with pytest.raises(Refusal) as refused:
        check_in(session=session, user=cast.emma, code=code_of(session, now), now=now)
    assert refused.value.status == 429

    later = now + timedelta(minutes=11)
    assert check_in(session=session, user=cast.emma, code=code_of(session, later), now=later)[1]
    assert check_in(session=session, user=cast.hanna, code=code_of(session, now), now=now)[1]


def test_the_facilitator_earns_for_running_the_hour(cast: Any) -> None:
    session = make_session(cast.farid)
    check_in(session=session, user=cast.farid, code=code_of(session))
    posting.post(session.pk)
    assert PointEntry.objects.of(cast.farid).total() == 25


def test_only_whoever_runs_the_hour_sees_the_code(api: Any, sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    url = f"/api/v1/sessions/{session.pk}/code/"

    assert api(cast.farid).get(url).json()["code"] == code_of(session)
    assert api(cast.emma).get(url).status_code == 403
    page = sign_in(cast.farid).get(f"/hours/{session.pk}/screen/")
    assert page.context["code"] == code_of(session)


def test_the_code_is_shown_only_around_the_hour(api: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(hours=3))
    assert api(cast.farid).get(f"/api/v1/sessions/{session.pk}/code/").status_code == 409


def test_codes_have_six_digits_and_change() -> None:
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    series = {codes.code_at("secret", at + n * WINDOW) for n in range(40)}
    assert all(len(code) == 6 and code.isdigit() for code in series)
    assert len(series) > 35
    assert codes.match("secret", "482 913", at, at) in {Match.WRONG, Match.VALID}
    spaced = codes.code_at("secret", at)[:3] + " " + codes.code_at("secret", at)[3:]
    assert codes.match("secret", spaced, at, at) is Match.VALID


def test_a_look_at_somebody_elses_code_is_audited(sign_in: Any, api: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    sign_in(cast.farid).get(f"/hours/{session.pk}/screen/")
    assert not AuditEntry.objects.filter(action="session.code_seen").exists()

    browser = sign_in(cast.ada)
    browser.get(f"/hours/{session.pk}/screen/")
    browser.get(f"/hours/{session.pk}/screen/news/")
    api(cast.ada).get(f"/api/v1/sessions/{session.pk}/code/")
    looks = AuditEntry.objects.filter(action="session.code_seen")
    assert [look.actor_key for look in looks] == [cast.ada.subject_key] * 2
    other = make_session(cast.farid, starts_at=timezone.now() + timedelta(minutes=1))
    browser.get(f"/hours/{other.pk}/screen/news/")
    assert looks.filter(object_id=other.pk).count() == 1, "the news alone are a look too"
    assert not AuditEntry.objects.filter(action="session.names_seen").exists()
    browser.get(f"/hours/{session.pk}/room/people/")
    sign_in(cast.farid).get(f"/hours/{session.pk}/room/people/")
    assert AuditEntry.objects.get(action="session.names_seen").actor_key == cast.ada.subject_key


def test_afterwards_the_number_stays_for_whoever_ran_the_hour(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() - timedelta(days=1))
    for person in (cast.emma, cast.carl):
        Attendance.objects.create(session=session, user=person)
    address = f"/hours/{session.pk}/"
    assert "Weniger als 10 Menschen waren da." in sign_in(cast.farid).get(address).content.decode()
    for _number in range(10):
        Attendance.objects.create(session=session, user=make_user())
    assert "Mindestens 10 Menschen waren da." in sign_in(cast.farid).get(address).content.decode()
    assert "waren da" not in sign_in(cast.emma).get(address).content.decode()
    for_ada = sign_in(cast.ada).get(f"/hours/{session.pk}/").content.decode()
    assert "As an administrator" in for_ada
    for words in ("people were there", "You ran this hour", "You run this hour"):
        assert words not in for_ada
