"""The law of the door: at midnight where one works, by the server's clock, and a shut door says nothing."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.drops import authoring
from hub.drops.actions import open_door
from hub.drops.doors import doors_of
from hub.drops.models import Drop, DropOpening
from hub.drops.schedule import door_days, furthest_day
from hub.drops.today import todays_doors
from hub.people.models import Site
from hub.refusals import Refusal
from tests.factories import make_drop, make_session, make_story, make_tip
from tests.hub.drops.conftest import berlin

FIRST = date(2027, 3, 25)  # clocks go forward on the 28th in Europe, on the 14th in America


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_door_opens_at_midnight_at_the_site_to_the_second(
    zone: str, api: Any, cast: Any, set_clock: Any
) -> None:
    """Also in the night in which the clocks are changed, and in the one after it."""
    Site.objects.update(time_zone=zone)
    drop = make_drop(cast.farid, starts_on=FIRST, size=6)
    set_clock(datetime(2027, 3, 27, tzinfo=UTC))
    program = api(cast.emma)
    for number in (4, 5):
        midnight = datetime(2027, 3, 24 + number, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        path = f"/api/v1/drops/{drop.pk}/doors/{number}/open/"
        set_clock(midnight - timedelta(seconds=1))
        early = program.post(path)
        assert (early.status_code, early.json()["type"]) == (409, "urn:hatpin:problem:too_early")
        set_clock(midnight)
        assert program.post(path).json()["title"] == f"Titel {number} deutsch"


def test_nobody_is_told_what_is_behind_a_shut_door(api: Any, sign_in: Any, cast: Any, set_clock: Any) -> None:
    """Not by page, program, search, Today, a tip or story it names, nor to an author who did not write it."""
    drop = make_drop(cast.farid, starts_on=FIRST)
    tip, story = make_tip("Ein offener Tipp"), make_story(cast.bertha)
    drop.doors.update(tip=tip, story=story, kind="story", leader=cast.carl, leader_agreed=True)
    cast.hanna.role_grants.create(role="content_owner")
    set_clock(berlin("2027-03-26T12:00:00"))
    open_door(user=cast.otto, drop=drop, number=2)
    base = f"/drops/{drop.pk}/"
    seen = []
    for person in (cast.emma, cast.hanna, cast.ada):
        client, program = sign_in(person), api(person)
        for path in (
            base, f"{base}?door=2", f"{base}?door=3", "/drops/", "/", "/me/", "/tips/", f"/tips/{tip.pk}/",
            f"/stories/{story.pk}/", "/search/?q=Geheimnis", "/drops/authoring/", f"{base}preview/?door=3",
            f"{base}edit/", f"{base}doors/3/edit/", f"{base}fill/", f"{base}plan/", "/drops/new/",
            f"/drops/new/?from=drop:{drop.pk}",
        ):  # fmt: skip
            seen.append(client.get(path).content.decode())
        for path in (
            "drops/",
            f"drops/{drop.pk}/",
            f"drops/{drop.pk}/doors/",
            f"drops/{drop.pk}/plan/",
            "tips/",
        ):
            seen.append(program.get(f"/api/v1/{path}").content.decode())
        data = {"title_de": "Kopie", "starts_on": "2027-06-01", "size": 3, "days_after": 1}
        copied = client.post("/drops/new/", {**data, "from": f"drop:{drop.pk}"})
        assert copied.status_code in {403, 422}
        for answer in (client.post(f"{base}doors/3/open/"), program.post(f"/api/v1{base}doors/3/open/")):
            assert answer.status_code == 409
            seen.append(answer.content.decode())
    assert [
        found[0] for text in seen if (found := re.search(r"(Geheimnis|Titel) \d|Erzählt von:? Carl", text))
    ] == []
    assert set(api(cast.emma).get(f"/api/v1{base}").json()["doors"][1]) == {"day", "opens_on", "state"}


def test_missed_doors_wait_until_the_last_day_and_open_ones_stay_open(cast: Any) -> None:
    drop = make_drop(cast.farid, starts_on=FIRST, days_after=2)
    last = berlin("2027-03-29T23:59:59")
    opening, is_new = open_door(user=cast.emma, drop=drop, number=1, now=last)
    assert is_new
    assert open_door(user=cast.emma, drop=drop, number=1, now=last) == (opening, False)
    over = last + timedelta(seconds=1)
    with pytest.raises(Refusal, match="is_over"):
        open_door(user=cast.emma, drop=drop, number=2, now=over)
    assert [door.state for door in doors_of(drop, cast.emma, over)] == ["open", "closed", "closed"]
    assert open_door(user=cast.emma, drop=drop, number=1, now=over) == (opening, False)


def test_a_calendar_is_listed_as_long_as_its_open_doors_are_kept(
    sign_in: Any, cast: Any, set_clock: Any
) -> None:
    make_drop(cast.farid, starts_on=FIRST, days_after=2)  # until 29 March
    for clock, is_listed in (("2027-06-21T12:00:00", True), ("2027-06-22T12:00:00", False)):
        set_clock(berlin(clock))
        assert bool(sign_in(cast.emma).get("/drops/").context["page"].object_list) is is_listed


@pytest.mark.parametrize("audience", ["draft", "team", "site"])
def test_who_it_is_not_for_finds_nothing(audience: str, api: Any, sign_in: Any, cast: Any) -> None:
    there = {"team": cast.emma.team} if audience == "team" else {}
    if audience == "site":
        there["site"] = cast.emma.team.site
        elsewhere = Site.objects.create(name="Anderswo")
        type(cast.otto.team).objects.filter(pk=cast.otto.team_id).update(site=elsewhere)
        cast.otto.refresh_from_db()
    drop = make_drop(cast.farid, is_published=audience != "draft", **there)
    client, program = sign_in(cast.otto), api(cast.otto)
    assert client.get(f"/drops/{drop.pk}/").status_code == 404
    assert client.post(f"/drops/{drop.pk}/doors/1/open/").status_code == 404
    assert program.get(f"/api/v1/drops/{drop.pk}/").status_code == 404
    assert program.post(f"/api/v1/drops/{drop.pk}/doors/1/open/").status_code == 404
    assert program.get("/api/v1/drops/").json()["count"] == 0
    assert "Drei Türchen" not in client.get("/drops/").content.decode()
    is_for_emma = audience != "draft"
    assert (sign_in(cast.emma).get(f"/drops/{drop.pk}/").status_code == 200) == is_for_emma


def test_doors_from_monday_to_friday_skip_the_weekend(cast: Any) -> None:
    days = door_days(date(2027, 3, 25), 4, working_days_only=True)
    assert [day.isoformat() for day in days] == ["2027-03-25", "2027-03-26", "2027-03-29", "2027-03-30"]
    drop = make_drop(cast.farid, starts_on=FIRST, size=4, working_days_only=True)
    saturday, monday = berlin("2027-03-27T12:00:00"), berlin("2027-03-29T00:00:00")
    assert [door.state for door in doors_of(drop, cast.emma, saturday)] == [
        "ready",
        "ready",
        "closed",
        "closed",
    ]
    assert todays_doors(cast.emma, saturday) == []
    assert [door.number for door in todays_doors(cast.emma, monday)] == [3]


def test_today_has_one_card_for_all_doors_of_the_day(sign_in: Any, cast: Any, set_clock: Any) -> None:
    """Each running calendar has its line, what is still shut comes first, and more calendars ask no more."""
    set_clock(berlin("2026-12-02T09:00:00"))
    first = make_drop(cast.farid, starts_on=date(2026, 12, 2), title_de="Für alle")
    open_door(user=cast.emma, drop=first, number=1)
    client = sign_in(cast.emma)
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = client.get("/")
    assert [(door.title, door.is_open) for door in page.context["doors"]] == [
        ("Adventskalender", False),
        ("Für alle", True),
    ]
    for number in range(3):
        make_drop(cast.farid, starts_on=date(2026, 12, 2), title_de=f"Noch {number}")
    with CaptureQueriesContext(connection) as more:
        page = client.get("/")
    assert len(page.context["doors"]) == 3
    assert len(more) == len(few)


def test_lists_and_calendars_ask_no_more_however_many_doors(sign_in: Any, cast: Any) -> None:
    small = make_drop(cast.farid, size=2)
    client = sign_in(cast.emma)
    client.get("/drops/")
    with CaptureQueriesContext(connection) as few:
        client.get("/drops/")
        client.get(f"/drops/{small.pk}/")
    large = make_drop(cast.farid, size=31)
    for number in (1, 1):
        client.post(f"/drops/{large.pk}/doors/{number}/open/")
    assert DropOpening.objects.count() == 1
    with CaptureQueriesContext(connection) as more:
        client.get("/drops/")
        client.get(f"/drops/{large.pk}/?door=1")
    assert len(more) == len(few)


def test_what_a_door_names_is_shown_only_as_long_as_it_is_there(api: Any, cast: Any) -> None:
    """A tip taken out of use, a story withdrawn, a leader who left: the door stays and no longer names them."""
    drop = make_drop(cast.farid)
    tip, story = make_tip(), make_story(cast.bertha)
    drop.doors.update(kind="story", tip=tip, story=story, leader=cast.carl, leader_agreed=True)
    program, path = api(cast.emma), f"/api/v1/drops/{drop.pk}/doors/1/open/"
    door = program.post(path).json()
    assert (door["told_by"], door["tip"], door["story"]) == ("Carl Brandt", str(tip.pk), str(story.pk))
    type(tip).objects.update(is_active=False)
    type(story).objects.update(state="withdrawn")
    cast.carl.delete()
    assert not {"told_by", "tip", "story"} & set(program.post(path).json())


def test_a_door_counts_as_opened_from_the_earliest_sites_midnight_on(cast: Any) -> None:
    Site.objects.create(name="Kiritimati", time_zone="Pacific/Kiritimati")
    now = berlin("2027-03-24T12:00:00")
    assert furthest_day(now) == FIRST
    drop = make_drop(cast.farid, starts_on=FIRST)
    with pytest.raises(Refusal, match="has_begun"):
        authoring.unpublish(drop=drop, by=cast.farid, now=now)
    earlier = now - timedelta(hours=2, seconds=1)
    assert authoring.unpublish(drop=drop, by=cast.farid, now=earlier).state == Drop.State.DRAFT


def test_no_door_stands_on_today_while_ones_hour_runs(cast: Any, set_clock: Any) -> None:
    at = datetime(2027, 3, 25, 9, tzinfo=UTC)
    make_drop(cast.farid, starts_on=FIRST, size=6)
    hour = make_session(cast.farid, starts_at=at)
    set_clock(at)
    assert todays_doors(cast.emma, at) == []
    assert [door.number for door in todays_doors(cast.emma, hour.ends_at)] == [1]
