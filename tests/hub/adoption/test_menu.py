"""The closed menu: what is not on it is told, and everything on it answers."""

from typing import Any

import pytest

from tests.hub.adoption.conftest import publish
from tests.hub.adoption.figures import API


@pytest.mark.parametrize(
    "query",
    ["by=person", "by=", "window=2", "window=01", "window=1.0", "window=-1", "window=", "by=team&by=site",
     "from=2026-01-01", "by=week&team=3", "by=cohort", "of=site-1&by=team", "of=team-1&by=site", "of=site-0",
     "of=person-1", "of=site-1 or 1=1", "of=site-1&of=site-2", "window=１２"],
)  # fmt: skip
def test_outside_the_menu_one_is_told_the_menu(query: str, sign_in: Any, api: Any, company: Any) -> None:
    publish()
    page = sign_in(company.hanna).get(f"/adoption/attendance/?{query}")
    assert page.status_code == 404
    assert "week, site, team, family" in page.content.decode()
    for more in ("", "&format=csv"):
        answer = api(company.hanna).get(f"{API}attendance/?{query}{more}")
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("application/problem+json")
        assert "1, 4, 12" in answer.json()["detail"]


def test_an_unknown_format_is_outside_the_menu(api: Any, company: Any) -> None:
    answer = api(company.hanna).get(f"{API}attendance/?format=xml")
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:hatpin:problem:not_on_the_menu")


def test_an_unknown_report_names_the_known_ones(sign_in: Any, api: Any, company: Any) -> None:
    for answer in (
        sign_in(company.hanna).get("/adoption/who-is-lazy/"),
        api(company.hanna).get(f"{API}who-is-lazy/"),
    ):
        assert answer.status_code == 404
        assert "attendance, active, habit, bets" in answer.content.decode()


def test_the_menu_is_what_can_be_asked(api: Any, company: Any) -> None:
    publish()
    program = api(company.walter)
    for entry in program.get(API).json():
        for by in entry["by"]:
            for window in entry["window"]:
                url = f"{API}{entry['name']}/?by={by}&window={window}"
                assert program.get(url).status_code == 200
