"""Pages, plots and sheets of reports: the same figures on every way out, as the reader writes them."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.adoption.reports import REPORTS
from hub.adoption.snapshot import freeze_weeks
from hub.people.models import Team, User
from tests.factories import make_team
from tests.hub.adoption.conftest import GMBH, MONDAYS, NOW, fill, publish
from tests.hub.adoption.figures import API, CUTS, drawn, finding, reveal, to_be_drawn


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
        page = browser.get(f"/adoption/bets/?by={by}&window=1").content.decode()
        assert sentence in page
        assert "data-plot" not in page
        assert "report-table" in page
    assert "data-plot" in browser.get("/adoption/bets/").content.decode()


def test_the_overview_draws_no_zeros(sign_in: Any, company: Any) -> None:
    publish()
    page = sign_in(company.hanna).get("/adoption/").content.decode()
    assert 'data-plot="figure-attendance"' in page
    assert 'data-plot="figure-bets"' not in page
    assert (
        page.count('class="report-table"') == len(REPORTS) - 2
    )  # by month and by job family nobody stands yet


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
    assert {len(line) for line in lines} == {15}
    assert "'=A1;B, C" in [line[8] for line in lines]

    by_api = browser.get(f"{API}attendance/{query}&format=csv").content.decode("utf-8-sig")
    assert {len(line) for line in csv.reader(io.StringIO(by_api))} == {15}
    assert list(csv.reader(io.StringIO(by_api))) == lines


@pytest.fixture
def lived(company: Any) -> Any:
    """With a revealed bet, so that every kind of figure is there."""
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[2])
    publish()
    return company


@pytest.mark.parametrize("name", REPORTS)
def test_page_figure_sheet_and_api_say_the_same(name: str, sign_in: Any, api: Any, lived: Any) -> None:
    for cut in CUTS:
        if cut[0] == name:
            assert_all_ways_say_the_same(*cut, sign_in, api, lived)


def assert_all_ways_say_the_same(name: str, by: str, window: int, sign_in: Any, api: Any, lived: Any) -> None:
    query = f"?by={by}&window={window}"
    browser = sign_in(lived.hanna)
    body = api(lived.hanna).get(f"{API}{name}/{query}").json()
    page = browser.get(f"/adoption/{name}/{query}").context["shown"]
    for_everybody = (
        sign_in(lived.people["Vertrieb"][5]).get(f"/adoption/for-everybody/{name}/{query}").context["shown"]
    )
    figure = browser.get(f"/adoption/{name}/figure.json{query}").json()
    sheet = lines(browser.get(f"/adoption/{name}/table.csv{query}"))

    assert lines(browser.get(f"{API}{name}/{query}&format=csv")) == sheet
    assert [
        (line["Name"], line["Measure"], line["Low"], line["High"]) for line in sheet if not line["Hidden"]
    ] == [
        (row["name"], measure["name"], *(("", "") if figure is None else map(plain, figure)))
        for row in body["rows"]
        for measure, figure in zip(body["measures"], row["figures"], strict=True)
        if not row["hidden"]
    ]
    cells = [figure for row in page.rows for figure in row.figures]
    written = [line["Figure"] for line in sheet if not line["Hidden"]]
    assert sorted(filter(None, cells)) == sorted(filter(None, written))
    assert drawn(figure) == to_be_drawn(body)
    assert page.chart in (figure, None)
    assert (for_everybody.rows, for_everybody.findings) == (page.rows, page.findings)


def lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def plain(number: float) -> str:
    return f"{number:g}"


def test_the_figure_is_written_as_the_reader_writes_numbers(sign_in: Any, company: Any) -> None:
    publish()
    company.hanna.language = "de"
    company.hanna.save()
    page = sign_in(company.hanna).get("/adoption/attendance/")
    assert page.context["shown"].rows[0].name == "9. November"
    assert page.context["shown"].rows[0].figures[0] == "63\xa0%"
    layout = page.context["shown"].chart["layout"]
    assert (layout["separators"], layout["yaxis"]["ticksuffix"]) == (",.", "\xa0%")

    company.hanna.language = "en"
    company.hanna.save()
    page = sign_in(company.hanna).get("/adoption/attendance/")
    layout = page.context["shown"].chart["layout"]
    assert page.context["shown"].rows[0].figures[0] == "63%"
    assert (layout["separators"], layout["yaxis"]["ticksuffix"]) == (".,", "%")


@pytest.mark.parametrize("language", ["de", "en"])
def test_before_the_first_week_pages_say_when_figures_come(
    language: str, sign_in: Any, api: Any, company: Any
) -> None:
    company.hanna.language = language
    company.hanna.save()
    browser = sign_in(company.hanna)
    for path in (
        "/adoption/",
        "/adoption/for-everybody/",
        *(f"/adoption/{name}/?by={by}&window={window}" for name, by, window in CUTS),
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


URLS = ("/adoption/attendance/?by=team&window=12", "/adoption/attendance/?by=week&window=12", "/adoption/")


def test_a_page_takes_the_same_queries_however_many_weeks_and_teams(sign_in: Any, company: Any) -> None:
    def queries(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return sum("disclosure_" in query["sql"] for query in asked.captured_queries)

    client = sign_in(company.hanna)
    publish()
    after = MONDAYS[-1] + timedelta(weeks=1)
    freeze_weeks(
        after, after, now=NOW + timedelta(weeks=4)
    )  # of four weeks on, falling groups are looked for
    few = [queries(url) for url in URLS]
    assert few == [5, 5, 20]
    for number in range(3):
        team = make_team(f"Team {number}", entity=GMBH)
        fill(team, 12)
    freeze_weeks(after + timedelta(weeks=1), after + timedelta(weeks=2), now=NOW + timedelta(weeks=4))
    assert [queries(url) for url in URLS] == few


def test_pages_with_charts_allow_plotlys_empty_style_and_nothing_else(sign_in: Any, company: Any) -> None:
    publish()
    browser = sign_in(company.hanna)
    assert "style-src 'self' 'sha256-47DEQpj8HBSa" in browser.get("/adoption/")["Content-Security-Policy"]
    for path in ("/adoption/", "/adoption/attendance/", "/leaderboard/"):
        policy = browser.get(path)["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert {part.strip() for part in policy.split(";")} >= {"script-src 'self'", "connect-src 'self'"}
    assert "sha256" not in browser.get("/leaderboard/")["Content-Security-Policy"]
