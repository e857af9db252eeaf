"""A series: hours made 26 weeks ahead at the same wall time, changed alone or together, neutral on holidays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone, translation

from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.people.models import Site
from hub.refusals import Refusal
from learning.hours import away, occurrences, preparing, series_actions
from learning.hours.actions import cancel, hand_over, move, reply
from learning.hours.attended import streak_of
from learning.hours.forms import RsvpForm
from learning.hours.models import Attendance, Series, StudySession
from learning.hours.plans import plan_of_template
from learning.hours.untouched import Kept, kept_of
from tests.factories import make_session, make_team, make_user

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 9, 7, 8, tzinfo=UTC)  # a Monday

FORM = {
    "title": "Freitags um neun",
    "starts_on": "2026-09-11",
    "rhythm": "week",
    "rule": "",
    "local_time": "09:00",
    "minutes": "60",
    "time_zone": "Europe/Berlin",
    "place": "Kantine",
    "team": "",
    "site": "",
    "deputy": "",
}


@pytest.fixture(autouse=True)
def _in_september() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def found(facilitator: Any, **fields: Any) -> Series:
    fields = {"title": "Freitags", "rule": "FREQ=WEEKLY;BYDAY=FR", "local_time": time(9), **fields}
    series = Series(starts_on=date(2026, 9, 11), time_zone="Europe/Berlin", **fields)
    return series_actions.found(series=series, by=facilitator)


def test_a_series_founded_on_the_page_stands_26_weeks_ahead_at_nine(sign_in: Any, cast: Any) -> None:
    farid = sign_in(cast.farid)
    response = farid.post("/hours/series/new/", FORM)
    series = Series.objects.get()
    assert response["Location"] == f"/hours/series/{series.pk}/"
    hours = list(series.occurrences.order_by("starts_at"))
    assert len(hours) == 26
    assert {hour.starts_at.astimezone(BERLIN).time() for hour in hours} == {time(9)}
    assert {hour.starts_at.hour for hour in hours} == {7, 8}  # UTC, before and after the clock change
    page = farid.get(f"/hours/series/{series.pk}/").content.decode()
    assert "Jeden Freitag, 09:00" in page
    assert "Erster Weihnachtstag" in page
    assert "Freitags um neun" in farid.get("/hours/series/").content.decode()
    # Whoever is invited sees what recurs; nobody else founds or changes one.
    emma = sign_in(cast.emma)
    assert emma.get("/hours/series/").status_code == 403
    assert "Die Reihe beenden" not in emma.get(f"/hours/series/{series.pk}/").content.decode()
    assert (
        sign_in(cast.otto)
        .get(f"/hours/series/{found(cast.farid, team=cast.farid.team, local_time=time(14)).pk}/")
        .status_code
        == 404
    )
    assert emma.post("/hours/series/new/", FORM).status_code == 403
    assert emma.post(f"/hours/series/{series.pk}/end/").status_code == 403
    other = make_user("Fritz", roles=("facilitator",))
    assert sign_in(other).post(f"/hours/series/{series.pk}/edit/", FORM).status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rhythm": "own", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "ergibt nie einen Tag"),
        ({"rhythm": "own", "rule": "FREQ=SECONDLY"}, "Beginne mit FREQ"),
        ({"rhythm": "own", "rule": ""}, "Schreib eine Regel"),
        ({"rhythm": "own", "rule": "FREQ=WEEKLY;UNTIL=20200101"}, "keine Stunde"),
        ({"local_time": "9 Uhr"}, "Schreib die Uhrzeit"),
        ({"starts_on": "2031-01-03"}, "keine Stunde"),
    ],
)
def test_a_rule_that_cannot_be_gets_its_sentence(
    changes: dict[str, str], sentence: str, sign_in: Any, cast: Any
) -> None:
    response = sign_in(cast.farid).post("/hours/series/new/", {**FORM, **changes})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Series.objects.exists()


def test_a_changed_time_moves_what_was_left_alone_and_tells_whoever_said_yes(cast: Any) -> None:
    series = found(cast.farid)
    first, second, third = series.occurrences.order_by("starts_at")[:3]
    reply(session=first, user=cast.emma, reply="yes")
    second.title, second.local_date = "Am Donnerstag", date(2026, 9, 17)
    move(session=second, by=cast.farid)
    series.local_time = time(10)
    series_actions.change(series=series, by=cast.farid)
    for hour in (first, second, third):
        hour.refresh_from_db()
    assert (first.local_time, first.sequence) == (time(10), 1)
    assert (second.local_time, second.title, second.is_moved) == (time(9), "Am Donnerstag", True)
    assert third.local_time == time(10)
    assert [notice.user for notice in Notice.objects.filter(kind="session_moved")] == [cast.emma]


def test_days_the_rule_drops_are_cancelled_only_where_somebody_counts_on_them(cast: Any) -> None:
    series = found(cast.farid)
    first = series.occurrences.order_by("starts_at").first()
    reply(session=first, user=cast.emma, reply="yes")
    series.rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    series_actions.change(series=series, by=cast.ada)
    first.refresh_from_db()
    assert first.is_cancelled
    assert {day.weekday() for day in series.occurrences.held().values_list("local_date", flat=True)} == {1}
    assert series.occurrences.count() == 1 + len(occurrences.days_ahead(series, NOW))
    assert AuditEntry.objects.filter(action="series.changed", actor_key=cast.ada.subject_key).exists()


def test_a_series_that_ended_can_be_resumed(cast: Any, sign_in: Any) -> None:
    series = found(cast.farid)
    first = series.occurrences.order_by("starts_at").first()
    reply(session=first, user=cast.emma, reply="yes")
    farid = sign_in(cast.farid)
    farid.post(f"/hours/series/{series.pk}/end/")
    assert not series.occurrences.held().exists()
    assert occurrences.make_all_missing() == 0
    refused = farid.post(f"/hours/series/{series.pk}/edit/", FORM)
    assert (refused.status_code, "beendet" in refused.content.decode()) == (422, True)
    farid.post(f"/hours/series/{series.pk}/resume/")
    assert series.occurrences.held().count() == 26
    first.refresh_from_db()
    assert not first.is_cancelled


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_no_occurrence_twice() -> None:
    series = found(make_user("Farid", roles=("facilitator",)))
    later = NOW + timedelta(weeks=8)

    def work(_number: int) -> None:
        try:
            occurrences.make_missing(series, later)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert series.occurrences.count() == 34
    assert len(set(series.occurrences.values_list("recurs_on", flat=True))) == 34


def test_an_hour_is_not_moved_onto_another(sign_in: Any, cast: Any) -> None:
    series = found(cast.farid)
    first, second = series.occurrences.order_by("starts_at")[:2]
    first.local_date = second.local_date
    with pytest.raises(Refusal) as refused:
        move(session=first, by=cast.farid)
    assert refused.value.code == "hours_clash"
    page = sign_in(cast.farid).post(
        f"/hours/{first.pk}/edit/",
        {**FORM, "local_date": second.local_date.isoformat(), "description": "", "notebook": ""},
    )
    assert (page.status_code, "zur selben Zeit" in page.content.decode()) == (422, True)
    first.refresh_from_db()
    assert first.local_date == date(2026, 9, 11)
    cancel(session=second, by=cast.farid)
    first.local_date = second.local_date
    move(session=first, by=cast.farid)


def test_held_moved_and_cancelled_are_told(cast: Any) -> None:
    series = found(cast.farid)
    hours = list(series.occurrences.order_by("starts_at")[:3])
    hours[1].local_date += timedelta(days=1)
    move(session=hours[1], by=cast.farid)
    cancel(session=hours[2], by=cast.farid)
    after = NOW + timedelta(weeks=4)
    assert kept_of(series.occurrences.all(), after) == Kept(held=2, moved=1, cancelled=1)
    assert kept_of(series.occurrences.all(), NOW).percent_held == 0


def _attend(user: Any, facilitator: Any, *days: date) -> list[StudySession]:
    hours = [
        make_session(facilitator, starts_at=datetime.combine(day, time(9), tzinfo=BERLIN)) for day in days
    ]
    for hour in hours:
        Attendance.objects.create(session=hour, user=user, checked_in_at=hour.starts_at)
    return hours


def test_a_holiday_of_ones_site_an_away_week_and_a_cancelled_hour_leave_the_streak_alone(cast: Any) -> None:
    """1 May 2026 is a Friday: a holiday in Ladenburg, a working day in Leeds."""
    uk = Site.objects.create(name="Leeds", country="GB", region="ENG", time_zone="Europe/London")
    cast.ada.team.site = uk
    cast.ada.team.save()
    days = [date(2026, 4, 17) + timedelta(weeks=n) for n in range(6)]
    for person in (cast.emma, cast.ada):
        _attend(person, cast.farid, days[0], days[1])
    make_session(cast.farid, starts_at=datetime.combine(days[2], time(9), tzinfo=BERLIN))
    now = datetime(2026, 5, 4, tzinfo=UTC)
    assert [state for _week, state in streak_of(cast.emma, now).weeks][-1] == "holiday"
    assert [state for _week, state in streak_of(cast.ada, now).weeks][-1] == "reserve"
    missed = make_session(cast.farid, starts_at=datetime.combine(days[3], time(9), tzinfo=BERLIN))
    away.declare(user=cast.emma, monday=date(2026, 5, 4))
    make_session(cast.farid, starts_at=datetime.combine(days[4], time(9), tzinfo=BERLIN), status="cancelled")
    streak = streak_of(cast.emma, datetime(2026, 5, 18, tzinfo=UTC))
    assert [state for _week, state in streak.weeks] == [
        "attended",
        "attended",
        "holiday",
        "away",
        "cancelled",
    ]
    assert (streak.current, streak.reserves_left) == (2, 2)
    away.take_back(user=cast.emma, monday=date(2026, 5, 4))
    assert streak_of(cast.emma, datetime(2026, 5, 18, tzinfo=UTC)).reserves_left == 1
    assert missed.is_cancelled is False


def test_away_weeks_are_declared_without_a_reason_and_seen_by_nobody_else(sign_in: Any, cast: Any) -> None:
    emma = sign_in(cast.emma)
    emma.post("/hours/away/", {"monday": "2026-09-14"})
    assert "Woche ab 14. September 2026" in emma.get("/hours/").content.decode()
    assert "Woche ab 14. September 2026" not in sign_in(cast.farid).get("/hours/").content.decode()
    emma.post("/hours/away/", {"monday": "2024-01-01"})  # no repairing of what is long past
    emma.post("/hours/away/back/", {"monday": "2026-09-14"})
    assert away.weeks_of(cast.emma, timezone.now()) == []


def test_no_hour_of_a_series_stands_on_another_of_the_same_people(cast: Any) -> None:
    found(cast.farid)
    for fields in ({}, {"team": cast.emma.team}, {"site": cast.emma.team.site}, {"local_time": time(9, 30)}):
        with pytest.raises(Refusal) as refused:
            found(cast.farid, **fields)
        assert refused.value.code == "hours_clash"
    ours = found(cast.farid, team=cast.emma.team, local_time=time(14))
    found(cast.farid, team=cast.otto.team, local_time=time(14))  # other people
    ours.local_time = time(9)
    with pytest.raises(Refusal):
        series_actions.change(series=ours, by=cast.farid)
    assert StudySession.objects.filter(team=cast.emma.team, local_time=time(14)).count() == 26
    inner = make_team("Innen", parent=cast.emma.team)
    with pytest.raises(Refusal):
        found(cast.farid, team=inner, local_time=time(14))


def test_a_rule_that_goes_and_comes_back_holds_its_hours_again(cast: Any) -> None:
    series = found(cast.farid)
    hour = series.occurrences.order_by("starts_at")[3]
    reply(session=hour, user=cast.emma, reply="yes")
    for rule in ("FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=FR"):
        series.rule = rule
        series_actions.change(series=series, by=cast.farid)
        hour.refresh_from_db()
        assert hour.is_cancelled is rule.endswith("TH")
    assert series.occurrences.held().count() == 26
    assert hour.recurs_on == hour.local_date


def test_a_prepared_hour_follows_its_series_and_counts_as_held(cast: Any) -> None:
    series = found(cast.farid)
    hour = series.occurrences.order_by("starts_at")[1]
    preparing.fill(session=hour, plan=plan_of_template("first-prompt", user=cast.farid))
    fritz = make_user("Fritz", roles=("facilitator",))
    hand_over(session=hour, deputy=fritz, by=cast.farid)
    topic = hour.title
    series.local_time = time(9, 30)
    series_actions.change(series=series, by=cast.farid)
    hour.refresh_from_db()
    assert (hour.local_time, hour.title, hour.deputy) == (time(9, 30), topic, fritz)
    assert hour.agreed_at == hour.starts_at
    series.rule = "FREQ=WEEKLY;BYDAY=TH"
    series_actions.change(series=series, by=cast.farid)
    hour.refresh_from_db()
    assert hour.is_cancelled, "what was prepared is not thrown away"


def test_a_day_on_which_another_hour_was_planned_meanwhile_is_left_to_it(cast: Any) -> None:
    series = found(cast.farid)
    last = series.occurrences.order_by("starts_at").last()
    make_session(cast.farid, starts_at=last.starts_at + timedelta(weeks=1), team=cast.emma.team)
    with time_machine.travel(NOW + timedelta(weeks=2), tick=False):
        assert occurrences.make_missing(series) == 1
    there = set(series.occurrences.values_list("local_date", flat=True))
    assert last.local_date + timedelta(weeks=1) not in there
    assert last.local_date + timedelta(weeks=2) in there


def test_no_hour_of_a_series_is_made_where_one_of_it_was_moved_to(cast: Any) -> None:
    series = found(cast.farid)
    moved = series.occurrences.order_by("starts_at")[5]
    moved.local_date -= timedelta(days=1)  # a Thursday
    move(session=moved, by=cast.farid)
    series.rule = "FREQ=WEEKLY;BYDAY=TH"
    series_actions.change(series=series, by=cast.farid)
    assert series.occurrences.held().filter(local_date=moved.local_date).get() == moved

    late = found(cast.farid, local_time=time(14), team=cast.emma.team)
    far = late.occurrences.order_by("starts_at").last()
    beyond = far.local_date + timedelta(weeks=2)
    far.local_date = beyond
    move(session=far, by=cast.farid)
    with time_machine.travel(NOW + timedelta(weeks=3), tick=False):
        occurrences.make_missing(late)
    assert late.occurrences.held().filter(local_date=beyond).get() == far


def test_a_changed_time_does_not_stand_on_an_hour_of_the_series_that_was_moved(cast: Any) -> None:
    series = found(cast.farid, rule="FREQ=WEEKLY;BYDAY=TH,FR")
    thursday, friday = series.occurrences.order_by("starts_at")[2:4]
    friday.local_date, friday.local_time = thursday.local_date, time(11)
    move(session=friday, by=cast.farid)
    series.local_time = time(11)
    with pytest.raises(Refusal) as refused:
        series_actions.change(series=series, by=cast.farid)
    assert refused.value.code == "hours_clash"
    for language, day in (("en", "18 September 2026"), ("de", "18. September 2026")):
        with translation.override(language):
            with pytest.raises(Refusal) as refused:
                series_actions.change(series=series, by=cast.farid)
            assert day in str(refused.value.message)


@time_machine.travel(NOW, tick=False)
def test_days_are_written_as_on_the_pages(cast: Any) -> None:
    hour = make_session(cast.farid, starts_at=datetime(2026, 12, 4, 8, tzinfo=UTC))
    for language, day, week in (
        ("en", "Friday, 4 December, 09:00", "14 September 2026"),
        ("de", "Freitag, 4. Dezember, 09:00", "14. September 2026"),
    ):
        with translation.override(language), timezone.override(BERLIN):
            assert day in str(RsvpForm(user=cast.emma, session=hour)["which"])
            assert week in str(away.AwayForm(user=cast.emma, now=NOW)["monday"])


def test_a_cancelled_hour_of_the_past_stays_cancelled(sign_in: Any, cast: Any) -> None:
    hour = make_session(cast.farid, starts_at=NOW - timedelta(days=7), status="cancelled")
    farid = sign_in(cast.farid)
    assert "Doch stattfinden lassen" not in farid.get(f"/hours/{hour.pk}/").content.decode()
    page = farid.post(f"/hours/{hour.pk}/restore/", follow=True).content.decode()
    hour.refresh_from_db()
    assert hour.is_cancelled
    assert "bleibt, wie sie war, abgesagt" in page
