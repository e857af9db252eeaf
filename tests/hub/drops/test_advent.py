"""The calendar of Advent: a door opens at midnight where one works, by the server's clock, and by nothing else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from hub.drops import actions, advent
from hub.drops.contents.advent import DOORS
from hub.drops.models import AdventOpening, Drop
from hub.drops.today import todays_doors
from hub.people.models import Site
from hub.refusals import Refusal
from tests.factories import make_drop, make_user
from tests.hub.drops.conftest import berlin


def contents() -> list[str]:
    return [words for door in DOORS.values() for texts in door.texts.values() for words in texts]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_door_opens_at_midnight_at_the_site_to_the_second(
    zone: str, api: Any, cast: Any, set_clock: Any
) -> None:
    Site.objects.update(time_zone=zone)
    program = api(cast.emma)
    midnight = datetime(2026, 12, 5, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    set_clock(midnight - timedelta(seconds=1))
    early = program.post("/api/v1/advent/5/open/")
    assert early.status_code == 409
    assert early.json()["detail"]
    set_clock(midnight)
    opened = program.post("/api/v1/advent/5/open/")
    assert opened.status_code == 200
    assert opened.json()["title"] == DOORS[5].texts["de"][0]


TRICKS: list[dict[str, Any]] = [
    {"headers": {"Date": "Thu, 24 Dec 2026 12:00:00 GMT", "X-Time-Zone": "Pacific/Kiritimati"}},
    {"headers": {"Accept-Language": "en", "X-HTTP-Method-Override": "PUT", "HX-Request": "true"}},
    {"QUERY_STRING": "day=1&now=2026-12-24&year=2020&season=2025&month=11&door=24"},
    {"data": {"day": 1, "year": 2020, "opened_at": "2026-12-24", "now": "2026-12-24T00:00:00Z"}},
]


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_opens_a_door_early(
    trick: dict[str, Any], api: Any, sign_in: Any, cast: Any, set_clock: Any
) -> None:
    set_clock(berlin("2026-12-09T23:59:59"))
    program, client = api(cast.emma), sign_in(cast.emma)
    for path in ("/api/v1/advent/24/open/", "/api/v1/advent/10/open/"):
        assert program.post(path, **trick).status_code == 409
    for path in ("/advent/24/open/", "/advent/10/open/"):
        assert client.post(path, **trick).status_code == 409
        assert client.get(path).status_code == 405
    assert not AdventOpening.objects.exists()


def test_the_persons_own_time_zone_and_language_have_no_part_in_it(
    api: Any, sign_in: Any, cast: Any, set_clock: Any
) -> None:
    set_clock(berlin("2026-12-09T20:00:00"))
    sign_in(cast.emma).post("/me/", {"language": "en", "time_zone": "Pacific/Kiritimati"})
    assert api(cast.emma).post("/api/v1/advent/10/open/").status_code == 409
    assert api(cast.emma).post("/api/v1/advent/9/open/").status_code == 200


def test_who_has_no_team_opens_by_the_companys_clock(settings: Any, set_clock: Any, db: None) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    loner = make_user("Nora", time_zone="America/Los_Angeles")
    now = datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Tokyo")).astimezone(UTC)
    assert actions.open_advent_door(user=loner, day=1, now=now)[1]
    with pytest.raises(Refusal, match="not_in_season"):
        actions.open_advent_door(user=loner, day=2, now=now - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2026-07-24T12:00:00", "not_in_season"),
        ("2026-11-30T23:59:59", "not_in_season"), ("2026-12-01T00:00:00", "too_early"),
        ("2026-12-23T23:59:59", "too_early"), ("2026-12-24T00:00:00", ""), ("2026-12-31T23:59:59", ""),
        ("2027-01-01T00:00:00", ""), ("2027-01-06T23:59:59", ""), ("2027-01-07T00:00:00", "not_in_season"),
    ],
)  # fmt: skip
def test_the_last_door_opens_from_the_24th_to_the_sixth_of_january(moment: str, code: str, cast: Any) -> None:
    if not code:
        opening, is_new = actions.open_advent_door(user=cast.emma, day=24, now=berlin(moment))
        assert (opening.season, is_new) == (2026, True)
        return
    with pytest.raises(Refusal) as refused:
        actions.open_advent_door(user=cast.emma, day=24, now=berlin(moment))
    assert (refused.value.code, refused.value.status) == (code, 409)


@pytest.mark.parametrize("day", ["0", "25", "99999999999999999999"])
def test_there_are_twenty_four_doors(day: str, api: Any, sign_in: Any, cast: Any, set_clock: Any) -> None:
    set_clock(berlin("2026-12-30T12:00:00"))
    assert api(cast.emma).post(f"/api/v1/advent/{day}/open/").status_code == 404
    assert sign_in(cast.emma).post(f"/advent/{day}/open/").status_code == 404


@pytest.mark.parametrize("moment", ["2026-11-22T12:00:00", "2026-12-12T12:00:00", "2027-01-07T12:00:00"])
def test_what_is_behind_a_closed_door_stands_nowhere(
    moment: str, api: Any, sign_in: Any, cast: Any, set_clock: Any
) -> None:
    set_clock(berlin(moment))
    AdventOpening.objects.create(user=cast.otto, season=2026, day=12)
    client = sign_in(cast.emma)
    paths = ["/advent/", "/tips/", "/", "/me/", *(f"/advent/?door={day}" for day in DOORS)]
    pages = [client.get(path).content.decode() for path in paths]
    pages.append(client.get("/tips/?q=Hutnadel").content.decode())
    pages += [
        api(cast.emma).get(f"/api/v1/{path}").content.decode()
        for path in ("advent/", "tips/", "nudges/next/")
    ]
    for words in contents():
        assert not [page for page in pages if words in page]


def test_a_ready_door_keeps_its_secret_until_it_is_opened_and_then_stays_open(
    api: Any, sign_in: Any, cast: Any, set_clock: Any
) -> None:
    set_clock(berlin("2026-12-12T12:00:00"))
    program, client = api(cast.emma), sign_in(cast.emma)
    states = [door["state"] for door in program.get("/api/v1/advent/").json()["doors"]]
    assert states == ["ready"] * 12 + ["closed"] * 12
    answer = client.post("/advent/12/open/", follow=True)
    assert answer.context["shown"].day == 12
    assert DOORS[12].texts["de"][1] in answer.content.decode()
    assert client.post("/advent/12/open/").status_code == 302
    assert AdventOpening.objects.count() == 1
    [door] = [door for door in program.get("/api/v1/advent/").json()["doors"] if door["state"] == "open"]
    assert (door["day"], door["title"]) == (12, DOORS[12].texts["de"][0])
    assert all(
        "title" not in door for door in program.get("/api/v1/advent/").json()["doors"] if door["day"] != 12
    )


def test_last_years_openings_open_nothing_this_year(api: Any, cast: Any, set_clock: Any) -> None:
    AdventOpening.objects.create(user=cast.emma, season=2025, day=24)
    set_clock(berlin("2026-12-12T12:00:00"))
    assert {door["state"] for door in api(cast.emma).get("/api/v1/advent/").json()["doors"]} == {
        "ready",
        "closed",
    }


def test_outside_the_season_the_page_says_when_it_begins(
    sign_in: Any, api: Any, cast: Any, set_clock: Any
) -> None:
    set_clock(berlin("2026-07-01T12:00:00"))
    page = sign_in(cast.emma).get("/advent/")
    assert (page.context["season"], str(page.context["begins_on"])) == (None, "2026-12-01")
    set_clock(berlin("2027-01-08T12:00:00"))
    assert api(cast.emma).get("/api/v1/advent/").json()["begins_on"] == "2027-12-01"


def test_only_the_24th_has_confetti(sign_in: Any, cast: Any, set_clock: Any) -> None:
    set_clock(berlin("2026-12-24T08:00:00"))
    client = sign_in(cast.emma)
    assert "confetti" not in client.get("/advent/?door=24").content.decode()
    assert "confetti" not in client.post("/advent/23/open/", follow=True).content.decode()
    assert "confetti" in client.post("/advent/24/open/", follow=True).content.decode()


def test_today_has_todays_door(cast: Any) -> None:
    assert advent.door_for(cast.emma, berlin("2026-11-30T23:00:00")) is None
    assert advent.door_for(cast.emma, berlin("2026-12-25T00:00:00")) is None
    door = advent.door_for(cast.emma, berlin("2026-12-03T00:00:00"))
    assert (door.day, door.state, door.content) == (3, "ready", None)
    actions.open_advent_door(user=cast.emma, day=3, now=berlin("2026-12-03T09:00:00"))
    assert advent.door_for(cast.emma, berlin("2026-12-03T10:00:00")).content is DOORS[3]


@pytest.mark.django_db(transaction=True)
def test_many_clicks_open_a_door_once() -> None:
    person, now = make_user("Emma"), berlin("2026-12-03T09:00:00")

    def click(_number: int) -> bool:
        try:
            return actions.open_advent_door(user=person, day=3, now=now)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(click, range(16))) == 1


def test_every_door_has_something_in_both_languages() -> None:
    assert sorted(DOORS) == list(advent.DAYS) == sorted(advent.HUNG)
    for door in DOORS.values():
        assert set(door.texts) == {"de", "en"}
        assert all(len(title) < 60 and 40 < len(text) < 400 for title, text in door.texts.values())
    assert len({door.kind for door in DOORS.values()}) == 4


def test_the_companys_own_december_takes_the_place_of_the_built_in_one(
    api: Any, sign_in: Any, cast: Any, set_clock: Any
) -> None:
    """For those whom it is for: page, Today and programs; nobody else sees a difference."""
    own = make_drop(cast.farid, starts_on=date(2026, 12, 1), size=24, team=cast.emma.team)
    set_clock(berlin("2026-12-03T09:00:00"))
    client, program = sign_in(cast.emma), api(cast.emma)
    assert client.get("/advent/").url == f"/drops/{own.pk}/"
    states = [door["state"] for door in program.get("/api/v1/advent/").json()["doors"]]
    assert states == ["ready"] * 3 + ["closed"] * 21
    assert program.post("/api/v1/advent/3/open/").json()["title"] == "Titel 3 deutsch"
    assert program.post("/api/v1/advent/4/open/").status_code == 409
    assert program.post("/api/v1/advent/25/open/").status_code == 404
    assert client.post("/advent/2/open/").url.startswith(f"/drops/{own.pk}/?door=2")
    assert [(door.number, door.path) for door in todays_doors(cast.emma, berlin("2026-12-03T09:00:00"))] == [
        (3, f"/drops/{own.pk}/")
    ]
    assert sign_in(cast.otto).get("/advent/").status_code == 200
    assert api(cast.otto).post("/api/v1/advent/3/open/").json()["title"] == DOORS[3].texts["de"][0]


@pytest.mark.parametrize("changes", [{"size": 2}, {"size": 24, "state": "ended"}])
def test_a_shorter_calendar_or_one_that_ended_leaves_advent_where_it_is(
    changes: dict[str, Any], sign_in: Any, cast: Any, set_clock: Any
) -> None:
    drop = make_drop(cast.farid, starts_on=date(2026, 12, 1), size=changes["size"])
    Drop.objects.filter(pk=drop.pk).update(**changes)
    set_clock(berlin("2026-12-01T09:00:00"))
    assert sign_in(cast.emma).get("/advent/").status_code == 200
    assert "/advent/" in {door.path for door in todays_doors(cast.emma, berlin("2026-12-01T09:00:00"))}
