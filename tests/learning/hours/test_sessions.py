"""Hours: wall time that survives clock changes, who sees them, who may change them."""

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from learning.hours.actions import cancel, reply
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, Rsvp, StudySession
from tests.factories import (
    make_challenge,
    make_entry,
    make_notebook,
    make_session,
    make_tip,
)

FORM = {
    "title": "Protokolle",
    "description": "",
    "local_date": "",
    "local_time": "09:00",
    "time_zone": "Europe/Berlin",
    "minutes": "60",
    "place": "Kantine",
    "team": "",
    "notebook": "",
}


def form(**changes: str) -> dict[str, str]:
    return {**FORM, "local_date": (timezone.now() + timedelta(days=7)).date().isoformat(), **changes}


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2026, 10, 23), 7), (date(2026, 10, 30), 8), (date(2027, 3, 26), 8), (date(2027, 4, 2), 7)],
)
def test_nine_oclock_stays_nine_oclock(day: date, utc_hour: int, cast: Any) -> None:
    session = StudySession.objects.create(
        title="x", local_date=day, local_time=time(9), time_zone="Europe/Berlin", facilitator=cast.farid
    )
    assert session.starts_at == datetime.combine(day, time(utc_hour), tzinfo=UTC)
    assert session.ends_at - session.starts_at == timedelta(hours=1)


def test_an_hour_over_the_clock_change_lasts_an_hour(cast: Any) -> None:
    session = StudySession.objects.create(
        title="x",
        local_date=date(2026, 10, 25),
        local_time=time(2, 30),
        time_zone="Europe/Berlin",
        facilitator=cast.farid,
    )
    assert (session.ends_at.timestamp() - session.starts_at.timestamp()) == 3600


def test_a_facilitator_creates_a_session_and_links_a_notebook(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.farid, audience="company")
    response = sign_in(cast.farid).post("/hours/new/", form(notebook=str(notebook.pk)))

    session = StudySession.objects.get()
    assert response["Location"] == f"/hours/{session.pk}/"
    assert (session.facilitator, session.notebook) == (cast.farid, notebook)
    assert sign_in(cast.emma).get(f"/hours/{session.pk}/").context["notebook"] == notebook


def test_a_notebook_that_not_everybody_invited_may_read_is_refused(sign_in: Any, api: Any, cast: Any) -> None:
    team_notebook = make_notebook(cast.farid, audience="team")
    private = make_notebook(cast.farid)

    for notebook in (team_notebook, private):
        response = sign_in(cast.farid).post("/hours/new/", form(notebook=str(notebook.pk)))
        assert response.status_code == 422
        assert response.context["form"].errors["notebook"]
    own_team = form(notebook=str(team_notebook.pk), team=str(cast.farid.team_id))
    assert sign_in(cast.farid).post("/hours/new/", own_team).status_code == 302


def test_a_day_that_has_passed_is_refused(sign_in: Any, cast: Any) -> None:
    response = sign_in(cast.farid).post("/hours/new/", form(local_date="2020-01-03"))
    assert response.status_code == 422
    assert response.context["form"].errors["local_date"]


def test_the_api_creates_the_same_and_refuses_the_same(api: Any, cast: Any) -> None:
    program = api(cast.farid)
    body = {
        "title": "Protokolle",
        "local_date": form()["local_date"],
        "local_time": "09:00",
        "time_zone": "Europe/Berlin",
    }

    created = program.post("/api/v1/sessions/", body)
    assert created.status_code == 201
    assert created.json()["phase"] == "before"
    assert created.json()["facilitator"] == "Farid Nassar"

    refused = program.post("/api/v1/sessions/", {**body, "time_zone": "Mars/Olympus", "minutes": 5})
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert set(refused.json()["errors"]) >= {"minutes"}

    url = f"/api/v1/sessions/{created.json()['id']}/"
    moved = program.patch(url, {"local_time": "10:30"})
    assert moved.status_code == 200
    assert moved.json()["local_time"] == "10:30:00"
    assert moved.json()["title"] == "Protokolle"


def test_whoever_said_yes_is_told_when_it_moves(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3))
    reply(session=session, user=cast.emma, reply=Rsvp.Reply.YES)
    reply(session=session, user=cast.hanna, reply=Rsvp.Reply.NO)
    changed = form(title=session.title, local_time="11:00")

    for _twice in range(2):
        assert sign_in(cast.farid).post(f"/hours/{session.pk}/edit/", changed).status_code == 302

    assert [notice.user for notice in Notice.objects.filter(kind="session_moved")] == [cast.emma]


def test_cancelling_can_be_undone_and_is_audited(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3))
    reply(session=session, user=cast.emma, reply=Rsvp.Reply.YES)
    client = sign_in(cast.farid)

    client.post(f"/hours/{session.pk}/cancel/")
    session.refresh_from_db()
    assert session.is_cancelled
    client.post(f"/hours/{session.pk}/restore/")
    session.refresh_from_db()
    assert not session.is_cancelled
    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "session.cancelled",
        "session.restored",
    ]
    kinds = set(Notice.objects.filter(user=cast.emma).values_list("kind", flat=True))
    assert kinds == {"session_cancelled", "session_restored"}


def test_an_hour_with_people_inside_is_cancelled_only_by_a_second_press(
    sign_in: Any, api: Any, cast: Any
) -> None:
    session = make_session(cast.farid)
    for person in (cast.emma, cast.otto):
        Attendance.objects.create(session=session, user=person)
    farid, url = sign_in(cast.farid), f"/hours/{session.pk}/cancel/"
    asked = farid.post(url)
    assert asked.status_code == 409
    assert "2 Personen haben eingecheckt" in asked.content.decode()
    refused = api(cast.farid).post(f"/api/v1/sessions/{session.pk}/cancel/")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:hatpin:problem:people_inside")
    session.refresh_from_db()
    assert not session.is_cancelled
    assert farid.post(url, {"sure": "1"}).status_code == 302
    session.refresh_from_db()
    assert session.is_cancelled
    farid.post(f"/hours/{session.pk}/restore/")
    sure = api(cast.farid).post(f"/api/v1/sessions/{session.pk}/cancel/", {"is_sure": True})
    session.refresh_from_db()
    assert (sure.status_code, session.is_cancelled) == (200, True)


def test_a_teams_hour_is_for_the_team(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid, team=cast.emma.team)

    assert sign_in(cast.emma).get(f"/hours/{session.pk}/").status_code == 200
    assert sign_in(cast.farid).get(f"/hours/{session.pk}/").status_code == 200
    assert sign_in(cast.otto).get(f"/hours/{session.pk}/").status_code == 404
    assert not sign_in(cast.otto).get("/").context["session"]


def test_a_reply_can_be_changed_and_is_ones_own(api: Any, sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=1))
    program = api(cast.emma)
    program.post(
        f"/api/v1/sessions/{session.pk}/rsvp/", {"reply": "yes", "intention": "Protokoll vom Montag"}
    )
    program.post(f"/api/v1/sessions/{session.pk}/rsvp/", {"reply": "no"})

    assert Rsvp.objects.get().reply == "no"
    page = sign_in(cast.farid).get(f"/hours/{session.pk}/")
    assert page.context["counts"] == {"yes": 0, "no": 1}
    assert b"Protokoll vom Montag" not in page.content


@pytest.mark.parametrize("count", [3, 12])
def test_the_list_costs_the_same_queries_for_many_hours(
    count: int, sign_in: Any, cast: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_session(cast.farid, starts_at=timezone.now() + timedelta(days=number - 2))
    client = sign_in(cast.emma)
    with django_assert_num_queries(11):
        client.get("/hours/")


@pytest.mark.parametrize("count", [2, 9])
def test_the_api_list_costs_the_same_queries_for_many_hours(
    count: int, api: Any, cast: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_session(cast.farid, starts_at=timezone.now() + timedelta(days=number - 4))
    program = api(cast.emma)
    with django_assert_num_queries(5):
        assert program.get("/api/v1/sessions/").json()["count"] == count


@pytest.mark.parametrize(("minutes", "queries"), [(-5, 23), (30, 32)], ids=["in the hour", "before it"])
@pytest.mark.parametrize("count", [1, 8])
def test_today_costs_the_same_queries_for_many_rows(
    count: int,
    minutes: int,
    queries: int,
    sign_in: Any,
    cast: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = timezone.now() + timedelta(minutes=minutes)
    for number in range(count):
        make_session(cast.farid, starts_at=first + timedelta(days=7 * number))
        make_notebook(cast.farid, audience="company")
        make_entry(make_challenge(cast.farid, referees=(cast.ruth,)), cast.emma)
        make_tip()
    client = sign_in(cast.emma)
    client.get("/")  # what groups did with tips is then at hand for ten minutes
    with django_assert_num_queries(queries):
        client.get("/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"local_date": "9999-12-31", "local_time": "23:59", "time_zone": "America/New_York"}, "local_date"),
        ({"local_date": "0001-01-01"}, "local_date"),
        ({"local_date": "2027-03-28", "local_time": "02:30"}, "local_time"),
    ],
    ids=["far future", "far past", "a time the clocks skip"],
)
def test_a_time_that_cannot_be_is_refused(
    changes: dict[str, str], field: str, sign_in: Any, api: Any, cast: Any
) -> None:
    response = sign_in(cast.farid).post("/hours/new/", form(**changes))
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    body = {"title": "x", **{k: v for k, v in form(**changes).items() if v}}
    assert api(cast.farid).post("/api/v1/sessions/", body).status_code == 400


def test_an_hour_earlier_today_is_refused(sign_in: Any, cast: Any) -> None:
    earlier = (timezone.now() - timedelta(hours=3)).astimezone(ZoneInfo("Europe/Berlin"))
    wall = form(local_date=earlier.date().isoformat(), local_time=f"{earlier:%H:%M}")
    assert sign_in(cast.farid).post("/hours/new/", wall).status_code == 422


def test_an_hour_that_has_taken_place_stays_where_it_was(sign_in: Any, api: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() - timedelta(days=2))
    response = api(cast.farid).patch(f"/api/v1/sessions/{session.pk}/", {"title": "Anders"})
    assert response.status_code == 409
    assert sign_in(cast.farid).post(f"/hours/{session.pk}/edit/", form()).status_code == 302
    assert StudySession.objects.get().title == session.title


def test_an_administrators_change_of_anothers_hour_is_audited(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3))
    for person in (cast.farid, cast.ada):
        assert sign_in(person).post(f"/hours/{session.pk}/edit/", form()).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_key) == ("session.changed", cast.ada.subject_key)


def test_a_forbidden_notebook_looks_like_a_missing_one(api: Any, cast: Any) -> None:
    private = make_notebook(cast.otto)
    body = {
        "title": "x",
        "local_date": form()["local_date"],
        "local_time": "09:00",
        "time_zone": "Europe/Berlin",
    }
    answers = [
        api(cast.farid).post("/api/v1/sessions/", {**body, "notebook": str(key)}).json()
        for key in (private.pk, uuid.uuid4())
    ]
    assert answers[0] == answers[1]
    assert "pk" not in str(answers[0]["errors"])


def test_an_administrator_may_give_an_hour_to_a_team_of_others(api: Any, cast: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3))
    response = api(cast.ada).patch(f"/api/v1/sessions/{session.pk}/", {"team": cast.emma.team_id})
    assert (response.status_code, response.json()["team"]) == (200, cast.emma.team_id)
    assert api(cast.ada).get(f"/api/v1/sessions/{session.pk}/").status_code == 404


@pytest.mark.parametrize("is_open", [True, False])
def test_an_hour_with_people_in_it_stays_when_it_is(is_open: bool, api: Any, cast: Any) -> None:
    starts_at = timezone.now() + (timedelta(minutes=-5) if is_open else timedelta(days=2))
    session = make_session(cast.farid, starts_at=starts_at)
    if not is_open:
        Attendance.objects.create(session=session, user=cast.emma)
    url = f"/api/v1/sessions/{session.pk}/"
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    moved = api(cast.farid).patch(url, {"local_date": later})
    assert (moved.status_code, moved.json()["type"]) == (409, "urn:hatpin:problem:session_running")
    assert api(cast.farid).patch(url, {"place": "Aula"}).status_code == 200
    before = session.starts_at
    session.refresh_from_db()
    assert (session.starts_at, session.place) == (before, "Aula")


def test_a_cancelled_hour_is_found_again_and_nobody_has_to_fear_having_missed_one(
    sign_in: Any, cast: Any
) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=2), status="cancelled")
    for path in ("/hours/", f"/hours/{session.pk}/", "/me/"):
        assert "wird dir nie vorgehalten" in sign_in(cast.emma).get(path).content.decode()
    assert f'href="/hours/{session.pk}/"' in sign_in(cast.farid).get("/hours/").content.decode()


def test_a_notice_of_a_new_time_or_a_cancellation_says_which(sign_in: Any, cast: Any) -> None:
    starts_at = datetime(2027, 1, 8, 8, tzinfo=UTC)
    session = make_session(cast.farid, title="Freitags", starts_at=starts_at)
    reply(session=session, user=cast.emma, reply=Rsvp.Reply.YES)
    cancel(session=session, by=cast.farid)
    page = sign_in(cast.emma).get("/inbox/").content.decode()
    assert "„Freitags“ ist abgesagt: Freitag, 8. Januar 2027, 09:00." in page


def test_hours_of_a_team_from_before_one_joined_it_are_no_missed_ones(cast: Any) -> None:
    now = datetime(2026, 11, 27, 18, tzinfo=UTC)
    for week in range(1, 6):
        hour = make_session(cast.farid, starts_at=now - timedelta(weeks=week), title="Alle")
        Attendance.objects.create(session=hour, user=cast.emma, checked_in_at=hour.starts_at)
    for week in range(6, 12):
        make_session(cast.farid, starts_at=now - timedelta(weeks=week), team=cast.otto.team)
    first = make_session(cast.farid, starts_at=now - timedelta(weeks=12))
    Attendance.objects.create(session=first, user=cast.emma, checked_in_at=first.starts_at)
    assert streak_of(cast.emma, now).longest == 6
    cast.emma.team = cast.otto.team
    assert streak_of(cast.emma, now).current == 5, "without a day it is not known when"
    cast.emma.team_since = (now - timedelta(days=2)).date()
    assert streak_of(cast.emma, now).longest == 6


def test_a_week_that_is_not_in_the_list_is_said_to_be_wrong(sign_in: Any, cast: Any) -> None:
    for path in ("/hours/away/", "/hours/away/back/"):
        page = sign_in(cast.emma).post(path, {"monday": "2001-01-01"})
        assert (page.status_code, "Wähle eine Woche aus der Liste" in page.content.decode()) == (422, True)
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=1))
    chosen = {"session": str(hour.pk), "source": "nothing"}
    assert sign_in(cast.farid).post("/hours/prepare/", chosen).status_code == 422
