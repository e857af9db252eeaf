"""The board ranks teams of the last closed week, by points per member, and shames nobody."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from hub.disclosure.actions import freeze_week
from hub.people.models import Team, User
from hub.points.actions import award, reverse
from hub.points.board import Standing, cut, ranked, release_week
from tests.factories import make_team, make_user

MONDAY = date(2026, 11, 9)
FRIDAY = datetime(2026, 11, 13, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 17, tzinfo=UTC)
URL = "/api/v1/leaderboards/teams/"


def fill(team: Team, size: int) -> list[User]:
    return [make_user(team=team, joined_at=datetime(2020, 1, 1, tzinfo=UTC)) for _number in range(size)]


def give(people: list[User], at: datetime = FRIDAY) -> None:
    for person in people:
        award(user=person, rule="attended", source_key=f"{at}:{person.pk}", at=at)


def publish() -> None:
    release_week(freeze_week(monday=MONDAY, now=LATER)[0])


@pytest.fixture
def teams(db: None) -> dict[str, list[User]]:
    sizes = {"Vertrieb": 20, "Einkauf": 10, "Produktion": 30, "Recht": 6, "Archiv": 7}
    found = {name: fill(make_team(name), size) for name, size in sizes.items()}
    give(found["Vertrieb"][:10] + found["Einkauf"][:5] + found["Produktion"][:6] + found["Recht"][:4])
    return found


def lines(body: dict[str, Any]) -> list[tuple[int | None, str, str]]:
    return [(line["rank"], line["name"], line["average"]) for line in (*body["top"], *body["around"])]


def test_teams_are_ranked_by_points_per_member_and_equal_ones_share_the_place(api: Any, teams: Any) -> None:
    publish()
    body = api(teams["Einkauf"][0]).get(URL).json()
    assert body["monday"] == "2026-11-09"
    assert lines(body) == [(1, "Einkauf", "5.0"), (1, "Vertrieb", "5.0")]
    assert [line["is_mine"] for line in body["top"]] == [True, False]
    assert body["teams"] == 4


def test_small_teams_stand_together_and_know_that_they_are_among_them(
    api: Any, sign_in: Any, teams: Any
) -> None:
    publish()
    body = api(teams["Recht"][0]).get(URL, headers={"Accept-Language": "en"}).json()
    assert "Recht" not in str(body)
    [mine] = [line for line in body["around"] if line["is_mine"]]
    assert mine["is_small_teams"]
    assert mine["people"] in {10, 15}  # thirteen, in fives
    page = sign_in(teams["Archiv"][0]).get("/leaderboard/")
    assert b"Archiv" not in page.content


def test_nobody_else_is_shown_who_comes_last(api: Any, teams: Any) -> None:
    publish()
    seen = {name: lines(api(people[0]).get(URL).json()) for name, people in teams.items()}
    last = [name for name, found in seen.items() if any(line[1] == "Produktion" for line in found)]
    assert last == ["Produktion"]
    assert seen["Produktion"][-1] == (None, "Produktion", "2.0")


def test_points_of_other_weeks_and_later_corrections_do_not_count(api: Any, teams: Any) -> None:
    give(teams["Produktion"], at=datetime(2026, 11, 8, 22, 59, tzinfo=UTC))
    give(teams["Produktion"], at=datetime(2026, 11, 15, 23, 0, tzinfo=UTC))
    publish()
    before = api(teams["Vertrieb"][0]).get(URL).json()
    assert lines(before) == [(1, "Einkauf", "5.0"), (1, "Vertrieb", "5.0")]

    reverse(source_key=f"{FRIDAY}:{teams['Einkauf'][0].pk}")
    give(teams["Einkauf"], at=datetime(2026, 11, 14, tzinfo=UTC))
    publish()
    assert api(teams["Vertrieb"][0]).get(URL).json() == before


def test_moves_and_erasure_do_not_reach_back(api: Any, teams: Any) -> None:
    publish()
    person = api(teams["Vertrieb"][0])
    before = person.get(URL).json()
    User.objects.filter(team__name="Einkauf").update(team=Team.objects.get(name="Vertrieb"))
    teams["Vertrieb"][1].delete()
    Team.objects.filter(name="Einkauf").update(name="Procurement")
    assert person.get(URL).json() == before


def test_whoever_joined_since_sees_the_board_without_an_own_team(api: Any, sign_in: Any, teams: Any) -> None:
    publish()
    stranger = make_user("Otto")
    assert not any(line["is_mine"] for line in api(stranger).get(URL).json()["top"])
    assert sign_in(stranger).get("/leaderboard/").status_code == 200


def test_a_team_in_which_nearly_everybody_took_part_says_at_least(api: Any, teams: Any) -> None:
    give(teams["Einkauf"][5:])
    publish()
    first = api(teams["Vertrieb"][0]).get(URL).json()["top"][0]
    assert (first["name"], first["average"], first["is_at_least"]) == ("Einkauf", "8.0", True)


def test_a_team_in_which_hardly_anybody_took_part_is_not_on_the_board(api: Any, teams: Any) -> None:
    give(fill(make_team("Marketing"), 12)[:2])
    publish()
    body = api(teams["Vertrieb"][0]).get(URL).json()
    assert body["teams"] == 4
    assert "Marketing" not in str(body)


@pytest.mark.parametrize("language", ["de", "en"])
def test_before_the_first_week_the_page_says_how_it_begins(
    language: str, api: Any, sign_in: Any, cast: Any
) -> None:
    cast.emma.language = language
    cast.emma.save()
    page = sign_in(cast.emma).get("/leaderboard/")
    assert page.status_code == 200
    assert page.context["board"] is None
    assert api(cast.emma).get(URL).json() == {"monday": None, "top": [], "around": [], "teams": 0}


def test_a_name_full_of_markup_stays_text(sign_in: Any, db: None) -> None:
    people = fill(make_team("<script>alert(1)</script>"), 30)
    give(people[:12])
    publish()
    content = sign_in(people[0]).get("/leaderboard/").content.decode()
    assert "&lt;script&gt;alert(1)" in content
    assert "<script>alert" not in content


def test_there_is_no_board_of_people(api: Any, cast: Any) -> None:
    for scope in ("people", "me", "sites"):
        assert api(cast.emma).get(f"/api/v1/leaderboards/{scope}/").status_code == 404


def test_the_board_takes_three_queries_however_many_teams(
    sign_in: Any, teams: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection

    client = sign_in(teams["Vertrieb"][0])
    publish()
    client.get("/leaderboard/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/leaderboard/")
    assert sum("disclosure_" in query["sql"] for query in asked.captured_queries) == 3


def standings(*averages: int, mine: int | None = None) -> list[Standing]:
    return ranked(
        Standing(name=f"Team {number:02}", people=20, average=Decimal(average), is_mine=number == mine)
        for number, average in enumerate(averages)
    )


def test_equal_averages_share_a_place_and_the_lower_half_has_none() -> None:
    assert [standing.rank for standing in standings(9, 8, 8, 7, 6, 5, 4, 3)] == [
        1,
        2,
        2,
        4,
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("mine", "around"),
    [(None, []), (2, []), (5, [5, 6]), (7, [6, 7, 8]), (10, [9, 10]), (11, [10, 11])],
)
def test_one_sees_the_first_ones_and_ones_own_neighbours(mine: int | None, around: list[int]) -> None:
    board = cut(MONDAY, standings(*range(30, 18, -1), mine=mine))
    assert [standing.name for standing in board.top] == [f"Team {number:02}" for number in range(5)]
    assert [standing.name for standing in board.around] == [f"Team {number:02}" for number in around]
    assert board.more == 12 - 5 - len(around)
    assert board.has_mine == (mine is not None)
