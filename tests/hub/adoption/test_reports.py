"""HR and works council see released figures about groups of their own entities, the same on every way out."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.contests.models import Challenge, PublishedElimination
from hub.adoption import snapshot
from hub.adoption.counting import MEASURES
from hub.adoption.reports import REPORTS
from hub.audit.models import AuditEntry
from hub.disclosure.models import FrozenWeek, ReleasedCell, WeekGroup, WeekMembership
from hub.people.models import LegalEntity, RoleGrant, Team, User
from tests.factories import make_challenge, make_entry, make_user
from tests.hub.adoption.conftest import GMBH, LTD, MONDAYS, NOW, attend, friday_of, publish
from tests.hub.disclosure.attacker import recovered

API = "/api/v1/adoption/reports/"
CUTS = [(by, window) for by in ("week", "site", "team") for window in (1, 4, 12)]


def rows(body: dict[str, Any]) -> list[tuple[str, float | None, float | None]]:
    return [(row["name"], row["low"], row["high"]) for row in body["rows"] if not row["hidden"]]


def test_the_share_of_people_who_attended_by_week(api: Any, company: Any) -> None:
    publish()
    body = api(company.hanna).get(f"{API}attendance/").json()
    assert rows(body) == [("9 November", 63, 63), ("2 November", 45, 45), ("26 October", 25, 25)]
    assert body["findings"] == [
        "At Ringer Werke GmbH, 63% attended a DEAL hour in the week of 9 November: 28 percentage points more than in "
        "the weeks before."
    ]


def test_by_team_over_several_weeks_it_is_the_mean_of_the_published_weeks(api: Any, company: Any) -> None:
    publish()
    body = api(company.walter).get(f"{API}attendance/?by=team&window=4").json()
    assert rows(body) == [("Produktion", 50, 50), ("Vertrieb", 50, 50), ("Other teams together", 18, 25)]
    hidden = {row["name"]: (row["hidden"], row["people"]) for row in body["rows"] if row["hidden"]}
    assert hidden == {"Personal": ("small", None), "Recht": ("small", None)}
    assert body["findings"] == [
        "Of the teams shown by name at Ringer Werke GmbH, Produktion and Vertrieb had the highest attendance: "
        "50% a week."
    ]


def test_by_site(api: Any, company: Any) -> None:
    publish()
    body = api(company.hanna).get(f"{API}attendance/?by=site&window=1").json()
    assert rows(body) == [("Ingolstadt", 75, 75), ("Ladenburg", 50, 50)]
    assert body["findings"] == [
        "Of the sites shown by name at Ringer Werke GmbH, Ingolstadt had the highest attendance: 75% a week."
    ]


def test_a_cancelled_hour_and_an_hour_of_another_week_do_not_count(api: Any, company: Any) -> None:
    from learning.hours.models import StudySession

    StudySession.objects.filter(starts_at=friday_of(MONDAYS[2])).update(status="cancelled")
    attend(company.people["Produktion"], MONDAYS[2] + timedelta(weeks=1))
    publish()
    assert rows(api(company.hanna).get(f"{API}attendance/?window=1").json()) == [("9 November", 0, 3)]


def test_tips_tried_by_few_are_a_range(api: Any, company: Any) -> None:
    publish()
    body = api(company.hanna).get(f"{API}tips-tried/?by=team&window=1").json()
    assert rows(body) == [("Vertrieb", 30, 30), ("Produktion", 0, 5), ("Other teams together", 0, 20)]


def reveal(contestant: User, steps: int, monday: Any) -> None:
    entry = make_entry(make_challenge(make_user("Ruth")), contestant)
    for step in entry.process.steps.all()[:steps]:
        PublishedElimination.objects.create(entry=entry, step=step)
    Challenge.objects.filter(pk=entry.challenge_id).update(status="revealed", revealed_at=friday_of(monday))


def test_steps_count_in_the_week_of_the_reveal_and_never_before(api: Any, company: Any) -> None:
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[1])
    reveal(company.people["Produktion"][1], 1, MONDAYS[2])
    sealed = make_entry(make_challenge(make_user("Ruth")), company.people["Produktion"][2])
    assert sealed.challenge.revealed_at is None
    publish()
    program = api(company.hanna)
    weekly = program.get(f"{API}steps-eliminated/").json()
    assert rows(weekly) == [("9 November", 1, 1), ("2 November", 3, 3), ("26 October", 0, 0)]
    assert weekly["findings"] == ["Steps eliminated at Ringer Werke GmbH in this period: 4."]
    assert rows(program.get(f"{API}steps-eliminated/?by=team&window=12").json())[0] == ("Vertrieb", 3, 3)


def finding(program: Any, query: str) -> str:
    found = program.get(f"{API}steps-eliminated/{query}").json()["findings"]
    assert len(found) < 2
    return "".join(found)


def test_who_is_in_front_is_said_of_the_groups_with_a_name(api: Any, company: Any) -> None:
    """The small teams together have more steps than any other, and are not called first."""
    reveal(company.people["Recht"][1], 5, MONDAYS[2])
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[2])
    reveal(company.people["Recht"][2], 5, MONDAYS[1])
    reveal(company.people["Vertrieb"][2], 1, MONDAYS[1])
    reveal(company.people["Produktion"][1], 4, MONDAYS[1])
    publish()
    program = api(company.hanna)
    front = "Of the teams shown by name at Ringer Werke GmbH"
    assert finding(program, "?by=team&window=1") == f"{front}, Vertrieb eliminated the most steps: 3."
    both = "Produktion and Vertrieb eliminated the most steps: 4 each."
    assert finding(program, "?by=team&window=4") == f"{front}, {both}"
    assert (
        rows(program.get(f"{API}steps-eliminated/?by=team&window=4").json())[-1][0] == "Other teams together"
    )


def test_where_all_are_at_zero_a_sentence_stands_instead_of_a_plot(
    sign_in: Any, api: Any, company: Any
) -> None:
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[1])
    publish()
    program, browser = api(company.hanna), sign_in(company.hanna)
    none = "No eliminated step of Ringer Werke GmbH was revealed in this period."
    assert finding(program, "?window=1") == none
    assert finding(program, "?by=team&window=1") == (
        "The figures shown here include no eliminated step of Ringer Werke GmbH."
    )
    for by, sentence in (("week", none), ("team", finding(program, "?by=team&window=1"))):
        page = browser.get(f"/adoption/steps-eliminated/?by={by}&window=1").content.decode()
        assert sentence in page
        assert "data-plot" not in page
        assert "report-table" in page
    assert "data-plot" in browser.get("/adoption/steps-eliminated/").content.decode()


def test_the_overview_draws_no_zeros(sign_in: Any, company: Any) -> None:
    publish()
    page = sign_in(company.hanna).get("/adoption/").content.decode()
    assert 'data-plot="figure-attendance"' in page
    assert 'data-plot="figure-steps-eliminated"' not in page
    assert page.count('class="report-table"') == len(REPORTS)


@pytest.mark.parametrize(("language", "mark"), [("de", ";"), ("en", ",")])
def test_the_sheet_opens_in_columns_in_the_readers_spreadsheet(
    language: str, mark: str, sign_in: Any, company: Any
) -> None:
    Team.objects.filter(name="Vertrieb").update(name="=A1;B, C")
    publish()
    User.objects.update(language=language)
    browser, query = sign_in(company.hanna), "?by=team&window=1"
    page = browser.get(f"/adoption/attendance/table.csv{query}").content.decode()
    assert page.startswith("\ufeff")
    assert not page.startswith("\ufeff\ufeff")
    lines = list(csv.reader(io.StringIO(page.removeprefix("\ufeff")), delimiter=mark))
    assert {len(line) for line in lines} == {12}
    assert "'=A1;B, C" in [line[6] for line in lines]

    by_api = browser.get(f"{API}attendance/{query}&format=csv").content.decode("utf-8-sig")
    assert {len(line) for line in csv.reader(io.StringIO(by_api))} == {12}
    assert list(csv.reader(io.StringIO(by_api))) == lines


@pytest.mark.parametrize(("by", "window"), CUTS)
def test_page_figure_sheet_and_api_say_the_same(
    by: str, window: int, sign_in: Any, api: Any, company: Any
) -> None:
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[2])
    publish()
    query = f"?by={by}&window={window}"
    browser = sign_in(company.hanna)
    for name in REPORTS:
        body = api(company.hanna).get(f"{API}{name}/{query}").json()
        page = browser.get(f"/adoption/{name}/{query}")
        figure = browser.get(f"/adoption/{name}/figure.json{query}").json()
        sheet = list(
            csv.DictReader(
                io.StringIO(browser.get(f"/adoption/{name}/table.csv{query}").content.decode("utf-8-sig"))
            )
        )
        by_api = browser.get(f"{API}{name}/{query}&format=csv")

        expected = rows(body)
        assert [row["name"] for row in page.context["shown"]["rows"]] == [row[0] for row in expected]
        assert [row["figure"] for row in page.context["shown"]["rows"]] == [
            line["Figure"] for line in sheet if not line["Hidden"]
        ]
        assert [
            (line["Name"], float(line["Low"]), float(line["High"])) for line in sheet if not line["Hidden"]
        ] == expected
        assert list(csv.DictReader(io.StringIO(by_api.content.decode("utf-8-sig")))) == sheet
        assert drawn(figure, by) == {row[0]: (row[1] + row[2]) / 2 for row in expected}
        assert figure == page.context["shown"]["chart"]


def drawn(figure: dict[str, Any], by: str) -> dict[str, float]:
    """Name -> value, as somebody who looks at the plot reads it."""
    found: dict[str, float] = {}
    axis = figure["layout"]["yaxis"]
    names = dict(zip(axis.get("tickvals", []), axis.get("ticktext", []), strict=True))
    for trace in figure["data"]:
        places, values = (
            (trace["x"], trace["y"]) if by == "week" else ([names[y] for y in trace["y"]], trace["x"])
        )
        found |= dict(zip(places, values, strict=True))
    return found


def test_the_figure_is_written_as_the_reader_writes_numbers(sign_in: Any, company: Any) -> None:
    publish()
    company.hanna.language = "de"
    company.hanna.save()
    page = sign_in(company.hanna).get("/adoption/attendance/")
    assert page.context["shown"]["rows"][0]["name"] == "9. November"
    assert page.context["shown"]["rows"][0]["figure"] == "63\xa0%"
    layout = page.context["shown"]["chart"]["layout"]
    assert (layout["separators"], layout["yaxis"]["ticksuffix"]) == (",.", "\xa0%")

    company.hanna.language = "en"
    company.hanna.save()
    page = sign_in(company.hanna).get("/adoption/attendance/")
    layout = page.context["shown"]["chart"]["layout"]
    assert page.context["shown"]["rows"][0]["figure"] == "63%"
    assert (layout["separators"], layout["yaxis"]["ticksuffix"]) == (".,", "%")


def test_nobody_sees_another_entity(sign_in: Any, api: Any, company: Any) -> None:
    publish()
    for user, own, other in ((company.hanna, GMBH, LTD), (company.olivia, LTD, GMBH)):
        program, browser = api(user), sign_in(user)
        teams = {GMBH: "Vertrieb", LTD: "Sales UK"}
        for by, window in CUTS:
            for name in REPORTS:
                query = f"?by={by}&window={window}"
                text = program.get(f"{API}{name}/{query}").content.decode()
                text += browser.get(f"/adoption/{name}/{query}").content.decode()
                assert own in text
                assert other not in text
                assert teams[other] not in text
                assert (teams[own] in text) == (by == "team")


def test_somebody_bound_to_both_sees_both_side_by_side(sign_in: Any, api: Any, company: Any) -> None:
    RoleGrant.objects.create(user=company.hanna, role="hr", legal_entity=LegalEntity.objects.get(name=LTD))
    publish()
    body = api(company.hanna).get(f"{API}attendance/?window=1").json()
    assert {row["entity"]: row["low"] for row in body["rows"]} == {GMBH: 63, LTD: 0}
    page = sign_in(company.hanna).get("/adoption/attendance/?by=team&window=1")
    assert page.context["shown"]["several"]
    assert len(page.context["shown"]["chart"]["data"]) == 2


@pytest.mark.parametrize("path", ["/adoption/", "/adoption/attendance/", "/adoption/attendance/figure.json",
                                  "/adoption/attendance/table.csv", API, f"{API}attendance/"])  # fmt: skip
def test_only_hr_and_works_council_may_look(path: str, sign_in: Any, company: Any) -> None:
    administrator = make_user(
        "Ada", team=company.teams["Vertrieb"], roles=("administrator", "facilitator", "referee")
    )
    executive = make_user("Bertha", team=company.teams["Vertrieb"], is_executive=True)
    publish()
    for user in (company.emma, administrator, executive, make_user("Otto")):
        assert sign_in(user).get(path).status_code == 403
    for user in (company.hanna, company.walter):
        assert sign_in(user).get(path).status_code == 200
    assert (
        AuditEntry.objects.filter(actor_key__in=[company.emma.subject_key, administrator.subject_key]).count()
        == 0
    )


def test_every_look_is_recorded_under_the_opaque_key(sign_in: Any, api: Any, company: Any) -> None:
    publish()
    browser = sign_in(company.hanna)
    browser.get("/adoption/")
    browser.get("/adoption/attendance/?by=team&window=4")
    browser.get("/adoption/attendance/table.csv?by=site&window=1")
    api(company.hanna).get(f"{API}tips-tried/?format=csv")
    browser.get("/adoption/attendance/?by=person")
    looks = AuditEntry.objects.filter(action="adoption.looked", actor_key=company.hanna.subject_key)
    assert [(look.object_id, look.facts) for look in looks] == [
        ("overview", {"by": "week", "window": 12, "as": "page"}),
        ("attendance", {"by": "team", "window": 4, "as": "page"}),
        ("attendance", {"by": "site", "window": 1, "as": "csv"}),
        ("tips-tried", {"by": "week", "window": 12, "as": "csv"}),
    ]


@pytest.mark.parametrize(
    "query",
    ["by=person", "by=", "window=2", "window=01", "window=1.0", "window=-1", "window=", "by=team&by=site",
     "from=2026-01-01", "by=week&team=3", "window=１２"],
)  # fmt: skip
def test_outside_the_menu_one_is_told_the_menu(query: str, sign_in: Any, api: Any, company: Any) -> None:
    publish()
    page = sign_in(company.hanna).get(f"/adoption/attendance/?{query}")
    assert page.status_code == 404
    assert "week, site, team" in page.content.decode()
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
        assert "attendance, lab-tasks, tips-tried, steps-eliminated" in answer.content.decode()


def test_the_menu_is_what_can_be_asked(api: Any, company: Any) -> None:
    publish()
    program = api(company.walter)
    for entry in program.get(API).json():
        for by in entry["by"]:
            for window in entry["window"]:
                url = f"{API}{entry['name']}/?by={by}&window={window}"
                assert program.get(url).status_code == 200


@pytest.mark.parametrize("language", ["de", "en"])
def test_before_the_first_week_pages_say_when_figures_come(
    language: str, sign_in: Any, api: Any, company: Any
) -> None:
    company.hanna.language = language
    company.hanna.save()
    browser = sign_in(company.hanna)
    for path in (
        "/adoption/",
        *(f"/adoption/{name}/?by={by}&window=1" for name in REPORTS for by in ("week", "team")),
    ):
        assert browser.get(path).status_code == 200
    assert api(company.hanna).get(f"{API}attendance/").json()["rows"] == []
    assert browser.get("/adoption/attendance/table.csv").status_code == 200


def test_names_that_are_formulas_or_markup_stay_text(sign_in: Any, api: Any, company: Any) -> None:
    for name, new in (
        ("Vertrieb", "=HYPERLINK(1)"),
        ("Produktion", '<a href="javascript:alert(1)">x</a>'),
        ("Recht", " @SUM(1)"),
    ):
        Team.objects.filter(name=name).update(name=new)
    publish()
    browser, query = sign_in(company.hanna), "?by=team&window=1"
    cells = [
        cell
        for line in csv.reader(
            io.StringIO(browser.get(f"/adoption/attendance/table.csv{query}").content.decode("utf-8-sig"))
        )
        for cell in line
    ]
    assert "'=HYPERLINK(1)" in cells
    assert "' @SUM(1)" in cells
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert (
        browser.get(f"{API}attendance/{query}&format=csv").content
        == browser.get(f"/adoption/attendance/table.csv{query}").content
    )

    page = browser.get(f"/adoption/attendance/{query}").content.decode()
    assert '<a href="javascript' not in page
    figure = browser.get(f"/adoption/attendance/figure.json{query}").json()
    assert any("&lt;a href" in text for text in figure["layout"]["yaxis"]["ticktext"])
    assert "<a" not in str(figure)


def test_published_weeks_stay_as_they_are(api: Any, company: Any) -> None:
    """Late check-ins, corrections, moves, renames and erasure reach no published figure."""
    publish()
    urls = [f"{API}{name}/?by={by}&window={window}" for name in REPORTS for by, window in CUTS]
    program = api(company.hanna)
    before = [program.get(url).content for url in urls]

    attend(company.people["Produktion"], MONDAYS[2])
    Team.objects.filter(name="Vertrieb").update(name="Sales")
    User.objects.filter(team=company.teams["Recht"]).update(team=company.teams["Produktion"])
    gone = company.people["Vertrieb"][3]
    WeekMembership.objects.of(gone).delete()
    gone.delete()
    publish()

    assert [program.get(url).content for url in urls] == before


def test_everybody_who_may_look_sees_the_same_decision(api: Any, company: Any) -> None:
    publish()
    hanna, walter = api(company.hanna), api(company.walter)
    for by, window in CUTS:
        url = f"{API}attendance/?by={by}&window={window}"
        assert hanna.get(url).content == walter.get(url).content


def test_an_attacker_with_every_published_cell_recovers_no_small_group(company: Any) -> None:
    publish()
    for week in FrozenWeek.objects.all():
        placed = list(WeekMembership.objects.filter(monday=week.monday).values_list("pk", "team_id"))
        published = [
            frozenset(person for person, team in placed if team in group.teams)
            for group in WeekGroup.objects.filter(week=week, cells__isnull=False).distinct()
        ]
        assert len(published) > 5
        assert recovered(published, 10) == []


def test_a_page_takes_the_same_queries_however_many_weeks_and_teams(sign_in: Any, company: Any) -> None:
    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return sum("disclosure_" in query["sql"] for query in asked.captured_queries)

    client = sign_in(company.hanna)
    publish()
    assert queries("/adoption/attendance/?by=team&window=12") == 2
    assert queries("/adoption/") == 2 * len(REPORTS)


def test_pages_with_charts_allow_plotlys_empty_style_and_nothing_else(sign_in: Any, company: Any) -> None:
    publish()
    browser = sign_in(company.hanna)
    assert "style-src 'self' 'sha256-47DEQpj8HBSa" in browser.get("/adoption/")["Content-Security-Policy"]
    for path in ("/adoption/", "/adoption/attendance/", "/leaderboard/"):
        policy = browser.get(path)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert {part.strip() for part in policy.split(";")} >= {"script-src 'self'", "connect-src 'self'"}
    assert "sha256" not in browser.get("/leaderboard/")["Content-Security-Policy"]


def test_the_weekly_task_publishes_the_last_closed_week_once(company: Any) -> None:
    first = snapshot.close_weeks(now=NOW)
    assert [week.monday for week in first] == [MONDAYS[2]]
    count = ReleasedCell.objects.count()
    assert snapshot.close_weeks(now=NOW + timedelta(hours=1)) == first
    assert ReleasedCell.objects.count() == count


def test_missed_weeks_are_made_up_for_but_not_from_long_ago(company: Any) -> None:
    snapshot.close_weeks(now=NOW)
    after = snapshot.close_weeks(now=NOW + timedelta(weeks=2))
    assert [week.monday for week in after] == [MONDAYS[2] + timedelta(weeks=number) for number in range(3)]
    much_later = snapshot.close_weeks(now=NOW + timedelta(weeks=30))
    assert [(week.monday - MONDAYS[2]).days // 7 for week in much_later] == [27, 28, 29, 30]


def test_a_week_that_failed_half_way_is_finished_next_time(company: Any) -> None:
    from hub.disclosure.actions import freeze_week

    freeze_week(monday=MONDAYS[2], now=NOW)
    week = snapshot.close_weeks(now=NOW)[0]
    assert set(week.releases.values_list("report", flat=True)) == {*MEASURES, "points"}


def test_the_week_closes_by_the_companys_clock(company: Any) -> None:
    """On Sunday evening in UTC it is Monday in Berlin, and the hour of grace has not passed."""
    assert snapshot.close_weeks(now=datetime(2026, 11, 15, 23, 30, tzinfo=UTC))[0].monday == MONDAYS[1]
    assert snapshot.close_weeks(now=datetime(2026, 11, 16, 0, 30, tzinfo=UTC))[-1].monday == MONDAYS[2]


def test_the_task_runs_by_its_name(company: Any) -> None:
    from hub.adoption.tasks import close_weeks

    assert close_weeks() == 1
