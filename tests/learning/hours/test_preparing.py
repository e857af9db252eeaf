"""Preparing an hour: from a template or an earlier hour, looked over, published, handed over."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from hub.notices.models import Notice
from learning.hours import feeding, preparing
from learning.hours.actions import hand_over, move
from learning.hours.inviting import set_wanted
from learning.hours.models import Invitation, LabDone, Series, StudySession
from learning.hours.plans import plan_of_template
from learning.hours.session_templates import templates
from tests.factories import make_notebook, make_session, make_team, make_user
from tests.lived import lived_hour

SLUG = templates("de")[0].slug


@pytest.fixture
def hour(cast: Any) -> StudySession:
    return make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), title="Offen")


def rows(prefix: str, *given: dict[str, Any]) -> dict[str, Any]:
    data = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    return data | {
        f"{prefix}-{n}-{name}": value for n, row in enumerate(given) for name, value in row.items()
    }


def room(*agenda: dict[str, Any], lab: tuple[dict[str, Any], ...] = (), **fields: Any) -> dict[str, Any]:
    base = {"title": "Thema", "description": "", "notebook": "", "quiz": "", "deputy": ""}
    return {**base, **rows("agenda", *agenda), **rows("lab", *lab), **fields}


TALK = {"kind": "talk", "title": "Vortrag", "minutes": 20, "ORDER": 2}
SHARE = {"kind": "share", "title": "<b>Runde</b>", "minutes": 10, "ORDER": 1}
TASK = {"title": "Probieren", "instructions": "So.", "prompt": "Fasse zusammen.", "data_class": "public"}


def test_a_template_fills_the_hour_and_publishing_opens_it(
    sign_in: Any, cast: Any, hour: StudySession
) -> None:
    farid, emma = sign_in(cast.farid), sign_in(cast.emma)
    assert "Offen" in farid.get("/hours/prepare/").content.decode()
    filled = farid.post("/hours/prepare/", {"session": hour.pk, "source": f"template:{SLUG}"})
    assert filled["Location"] == f"/hours/{hour.pk}/prepare/"
    hour.refresh_from_db()
    plan = plan_of_template(SLUG, user=cast.farid)
    assert hour.title == plan.title
    assert sum(item.minutes for item in hour.agenda.all()) == 60
    assert [task.prompt for task in hour.lab.all()] == [task.prompt for task in plan.lab]
    page = farid.get(f"/hours/{hour.pk}/prepare/")
    assert page.status_code == 200
    farid.post(f"/hours/{hour.pk}/prepare/", room(TALK, SHARE, lab=(TASK,), publish="1"))
    hour.refresh_from_db()
    assert [item.title for item in hour.agenda.all()] == ["<b>Runde</b>", "Vortrag"]
    shown = emma.get(f"/hours/{hour.pk}/").content.decode()
    assert "&lt;b&gt;Runde&lt;/b&gt;" in shown
    assert "Probieren" in shown
    # Once prepared it no longer waits, and last week's can be copied.
    next_week = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=10), title="Danach")
    assert preparing.waiting_for(cast.farid, timezone.now()) == [next_week]
    farid.post("/hours/prepare/", {"session": next_week.pk, "source": f"session:{hour.pk}"})
    next_week.refresh_from_db()
    assert next_week.title == "Thema"
    assert [task.title for task in next_week.lab.all()] == ["Probieren"]
    farid.post(f"/hours/{hour.pk}/withdraw/")
    hour.refresh_from_db()
    assert hour.published_at is None


def test_only_whoever_runs_it_prepares_it(sign_in: Any, cast: Any, hour: StudySession) -> None:
    emma, other = sign_in(cast.emma), sign_in(make_user("Fritz", roles=("facilitator",)))
    assert emma.get("/hours/prepare/").status_code == 403
    for client in (emma, other):
        assert client.get(f"/hours/{hour.pk}/prepare/").status_code == 403
        assert client.post(f"/hours/{hour.pk}/prepare/", room(TALK)).status_code == 403
        assert client.post(f"/hours/{hour.pk}/withdraw/").status_code == 403
    assert (
        other.post("/hours/prepare/", {"session": hour.pk, "source": f"template:{SLUG}"}).status_code == 403
    )
    assert sign_in(cast.farid).post("/hours/prepare/", {"session": "x"}).status_code == 404
    assert not hour.agenda.exists()


def test_a_deputy_is_asked_and_may_do_all_of_it(sign_in: Any, cast: Any, hour: StudySession) -> None:
    deputy = make_user("Fritz", roles=("facilitator",))
    sign_in(cast.farid).post(f"/hours/{hour.pk}/prepare/", room(TALK, deputy=deputy.pk))
    assert [notice.user for notice in Notice.objects.filter(kind="session_handed_over")] == [deputy]
    client = sign_in(deputy)
    assert client.get(f"/hours/{hour.pk}/prepare/").status_code == 200
    assert (
        client.post(
            f"/hours/{hour.pk}/prepare/", room(TALK, SHARE, deputy=deputy.pk, publish="1")
        ).status_code
        == 302
    )
    assert "Fritz" in sign_in(cast.emma).get(f"/hours/{hour.pk}/").content.decode()


def test_what_cannot_be_gets_a_sentence_and_changes_nothing(
    sign_in: Any, cast: Any, hour: StudySession
) -> None:
    farid, private = sign_in(cast.farid), make_notebook(cast.farid)
    site = make_notebook(cast.farid, audience="site", site=cast.farid.team.site)
    for given, sentence in (
        (room(publish="1"), "Gib der Stunde zuerst ein Programm"),
        (room({**TALK, "minutes": 0}), "Mindestens 1"),
        (room(*[TALK] * 13), "12"),
        (room(TALK, title=""), "Gib der Stunde ein Thema"),
        (room(TALK, notebook=private.pk), "nicht zur Wahl"),
        (room(TALK, notebook=site.pk), "Nicht alle Eingeladenen"),
        (room({**TALK, "minutes": 61}), "dauert 61 Minuten, die Stunde hat 60"),
    ):
        response = farid.post(f"/hours/{hour.pk}/prepare/", given)
        assert (response.status_code, sentence in response.content.decode()) == (422, True), sentence
    assert not hour.agenda.exists()


def test_an_hour_that_has_begun_keeps_its_tasks(sign_in: Any, cast: Any) -> None:
    running = make_session(cast.farid)
    preparing.replace_tasks(running, plan_of_template(SLUG, user=cast.farid).lab)
    LabDone.objects.create(task=running.lab.first(), user=cast.emma)
    assert sign_in(cast.farid).get(f"/hours/{running.pk}/prepare/").status_code == 302
    refused = sign_in(cast.farid).post(
        "/hours/prepare/", {"session": running.pk, "source": f"template:{SLUG}"}
    )
    assert refused.status_code == 409
    assert LabDone.objects.count() == 1


def test_what_is_only_being_prepared_is_for_those_who_run_it(sign_in: Any, api: Any, cast: Any) -> None:
    monday = timezone.localdate() + timedelta(days=14)
    series = Series.objects.create(
        title="Lernstunde", rule="FREQ=WEEKLY", starts_on=monday, local_time=time(9), time_zone="Europe/Berlin",
        facilitator=cast.farid,
    )  # fmt: skip
    hour = make_session(
        cast.farid, starts_at=timezone.now() + timedelta(days=3), title="Lernstunde", series=series
    )
    set_wanted(user=cast.emma, wants_mail=True)
    plan = replace(plan_of_template(SLUG, user=cast.farid), title="Protokolle ohne Tippen")
    preparing.fill(session=hour, plan=plan)
    emma, farid, address = sign_in(cast.emma), sign_in(cast.farid), feeding.make(user=cast.emma)
    here = f"/hours/{hour.pk}/"

    def told() -> list[str]:
        pages = [emma.get(path).content.decode() for path in ("/", "/hours/", here)]
        return [*pages, emma.get(address).content.decode().replace("\r\n ", "")]

    for text in told():
        assert hour.title not in text
        assert "Lernstunde" in text
    assert hour.title in farid.get(here).content.decode()
    shown = api(cast.emma).get(f"/api/v1/sessions/{hour.pk}/").json()
    assert (shown["title"], shown["description"], shown["notebook"]) == ("Lernstunde", "", None)
    assert api(cast.farid).get(f"/api/v1/sessions/{hour.pk}/").json()["title"] == hour.title
    before = Invitation.objects.count()
    preparing.publish(session=hour)
    assert Invitation.objects.count() == before + 1, "calendars hear of it now"
    assert all(hour.title in text for text in told())


def test_a_topic_that_was_changed_for_everybody_shows_unpublished(sign_in: Any, cast: Any) -> None:
    series = Series.objects.create(
        title="Lernstunde", rule="FREQ=WEEKLY", starts_on=timezone.localdate(), local_time=time(9),
        time_zone="Europe/Berlin", facilitator=cast.farid,
    )  # fmt: skip
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), series=series)
    hour.title = "Besuch von der Hochschule"
    move(session=hour, by=cast.farid)
    assert hour.title in sign_in(cast.emma).get("/hours/").content.decode()


def test_a_new_deputy_has_the_hour_in_the_calendar_at_once(cast: Any) -> None:
    far = make_user("Fern", team=make_team("Weit weg"), roles=("facilitator",))
    set_wanted(user=far, wants_mail=True)
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), team=cast.emma.team)
    assert not Invitation.objects.filter(user=far).exists()
    hand_over(session=hour, deputy=far, by=cast.farid)
    assert Invitation.objects.get(user=far).method == "REQUEST"
    hand_over(session=hour, deputy=None, by=cast.farid)
    assert Invitation.objects.filter(user=far).order_by("-sequence").first().method == "CANCEL"


def test_a_holiday_of_ones_site_stands_in_the_list(sign_in: Any, cast: Any) -> None:
    site = cast.emma.team.site
    site.country, site.region = "DE", "BW"
    site.save()
    now = timezone.now()
    year = now.year + (now.month == 12)
    christmas = datetime(year, 12, 25, 9, tzinfo=UTC)
    hour = make_session(cast.farid, starts_at=christmas)
    emma = sign_in(cast.emma)
    for path in ("/hours/", f"/hours/{hour.pk}/"):
        assert "Erster Weihnachtstag" in emma.get(path).content.decode()


def test_a_single_hour_and_a_moved_one_are_prepared_unseen_too(sign_in: Any, cast: Any) -> None:
    emma, farid = sign_in(cast.emma), sign_in(cast.farid)
    series = Series.objects.create(
        title="Lernstunde", rule="FREQ=WEEKLY", starts_on=timezone.localdate(), local_time=time(9),
        time_zone="Europe/Berlin", facilitator=cast.farid,
    )  # fmt: skip
    single = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), title="Offenes Labor")
    moved = make_session(
        cast.farid, starts_at=timezone.now() + timedelta(days=5), title="Lernstunde", series=series
    )
    moved.local_date += timedelta(days=1)
    move(session=moved, by=cast.farid)
    for hour in (single, moved):
        farid.post("/hours/prepare/", {"session": hour.pk, "source": f"template:{SLUG}"})
        hour.refresh_from_db()
        task = hour.lab.first().title
        page = emma.get(f"/hours/{hour.pk}/").content.decode()
        assert hour.public_title in page
        assert hour.title not in page
        assert task not in page
        farid.post(f"/hours/{hour.pk}/prepare/", room(TALK, title="Gemeinsam üben", publish="1"))
        assert "Vortrag" in emma.get(f"/hours/{hour.pk}/").content.decode()
        withdrawn = farid.post(reverse("hours:withdraw-room", args=[hour.pk]), follow=True).content.decode()
        assert "nur noch die" in withdrawn
        page = emma.get(f"/hours/{hour.pk}/").content.decode()
        assert "Gemeinsam üben" in page, "what everybody has read stays"
        assert "Vortrag" not in page


def test_the_room_shows_nothing_of_an_unpublished_hour_before_it_begins(sign_in: Any, cast: Any) -> None:
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(minutes=20))
    preparing.fill(session=hour, plan=plan_of_template(SLUG, user=cast.farid))
    with time_machine.travel(hour.starts_at - timedelta(minutes=5), tick=False):
        page = sign_in(cast.emma).get(f"/hours/{hour.pk}/room/").content.decode()
        assert hour.lab.first().title not in page
        assert "bis es losgeht" in page or "bis sie beginnt" in page or "Läuft gerade" not in page
    with time_machine.travel(hour.starts_at + timedelta(minutes=1), tick=False):
        assert hour.lab.first().title in sign_in(cast.emma).get(f"/hours/{hour.pk}/room/").content.decode()


def test_a_long_plan_is_fitted_into_a_short_hour(cast: Any) -> None:
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), minutes=30)
    preparing.fill(session=hour, plan=plan_of_template(SLUG, user=cast.farid))
    minutes = [item.minutes for item in hour.agenda.all()]
    assert sum(minutes) <= 30
    assert min(minutes) >= 1


def test_a_quiz_of_another_notebook_goes_with_a_word_and_unpublished(sign_in: Any, cast: Any) -> None:
    lived = lived_hour(cast.farid, starts_at=timezone.now() + timedelta(days=3), published_at=None)
    assert lived.notebook
    other = make_notebook(cast.farid, audience="company", title="Anderes")
    given = room(TALK, notebook=other.pk, quiz=lived.session.quiz_id, publish="1")
    page = (
        sign_in(cast.farid).post(f"/hours/{lived.session.pk}/prepare/", given, follow=True).content.decode()
    )
    assert "gehörte zum anderen Notizbuch" in page
    lived.session.refresh_from_db()
    assert (lived.session.quiz_id, lived.session.published_at) == (None, None)
