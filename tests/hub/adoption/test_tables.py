"""What an axis, a sentence and a sheet make of figures, as calculation."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from hub.adoption import words
from hub.adoption.charts import chart_of
from hub.adoption.menu import Selection
from hub.adoption.reading import Row, Table
from hub.adoption.reports import REPORTS
from hub.adoption.sheet import csv_of
from hub.disclosure.figures import Figure
from hub.disclosure.grouping import Part
from tests.hub.adoption.conftest import GMBH, MONDAYS

Figures = dict[str, tuple[str, str]]


def table(report: str, figures: Figures, *, by: str = "team") -> Table:
    """Teams with a name, highest first, each from low to high; by week there is one."""
    monday = MONDAYS[2] if by == "week" else None
    rows = [
        Row(GMBH, by, name, None, monday, 20, main=figure, figures=(figure,) * len(REPORTS[report].measures))
        for name, (low, high) in figures.items()
        for figure in [Figure(Decimal(low), Decimal(high))]
    ]
    return Table(REPORTS[report], Selection(by, 1), (MONDAYS[2],), tuple(rows))


@pytest.mark.parametrize(
    ("most", "step"), [(1, 1), (3, 1), (8, 1), (9, 2), (16, 2), (17, 5), (41, 10), (400, 50), (900, 200)]
)
@pytest.mark.parametrize(("by", "axis"), [("week", "yaxis"), ("team", "xaxis")])
def test_an_axis_of_counts_has_whole_numbers_each_once(by: str, axis: str, most: int, step: int) -> None:
    drawn = chart_of(table("bets", {"IT": (str(most), str(most))}, by=by))["layout"][axis]
    assert (drawn["tick0"], drawn["dtick"], drawn["range"][0]) == (0, step, 0)
    assert drawn["range"][1] >= max(4, most)


def test_months_stand_down_and_weeks_across_and_a_gap_has_no_text() -> None:
    def row(month: str, monday: date, share: str) -> Row:
        figure = Figure(Decimal(share), Decimal(share))
        return Row(GMBH, Part.COHORT, month, None, monday, 20, main=figure, figures=(figure,))

    rows = (
        row("2026-09-01", MONDAYS[2], "40"),
        row("2026-09-01", MONDAYS[1], "60"),
        row("2026-10-01", MONDAYS[2], "80"),
    )
    with translation.override("en"):
        heat = Table(REPORTS["retention"], Selection("cohort", 12), (MONDAYS[2], MONDAYS[1]), rows)
        chart = chart_of(heat)
        [said] = words.findings(heat)
    shades = {trace["name"]: (trace["marker"]["color"], trace["text"]) for trace in chart["data"]}
    assert shades == {"September 2026": ([60, 40], ["60%", "40%"]), "October 2026": ([-1, 80], ["", "80%"])}
    assert chart["layout"]["yaxis"]["ticktext"] == ["October 2026", "September 2026"]
    assert (
        said == f"Of those at {GMBH} who began in September 2026, 40% were active in the week of 9 November."
    )


@pytest.mark.parametrize(
    ("figures", "first"),
    [
        (
            {"A": ("50", "50"), "B": ("50", "50"), "C": ("20", "20")},
            "A and B with 50% each",
        ),
        ({"A": ("90", "100"), "B": ("90", "90")}, "A with at least 90%"),
        ({"A": ("30", "50"), "B": ("35", "35")}, ""),
        ({"A": ("0", "20"), "B": ("8", "8")}, ""),
        ({"A": ("30", "30"), "B": ("0", "5")}, "A with 30%"),
        ({"A": ("0", "5"), "B": ("0", "5")}, ""),
        ({"A": ("0", "0")}, ""),
    ],
)
def test_a_range_that_reaches_over_the_highest_figure_leaves_nobody_in_front(
    figures: Figures, first: str
) -> None:
    with translation.override("en"):
        found = words.findings(table("attendance", figures))
    assert found == ([f"Highest of the teams shown by name at {GMBH}: {first}."] if first else [])


def test_german_says_who_is_in_front_without_bending_names() -> None:
    with translation.override("de"):
        [found] = words.findings(table("bets", {"IT": ("3", "3"), "Einkauf": ("3", "3")}))
    assert found == (
        f"Am höchsten unter den Teams, die bei {GMBH} mit Namen gezeigt werden: IT und Einkauf mit je 3."
    )


@pytest.mark.parametrize(("separator", "number"), [(";", "17,5"), (",", "17.5")])
def test_a_number_in_a_sheet_is_one_to_the_spreadsheet_that_reads_it(separator: str, number: str) -> None:
    line = csv_of(table("attendance", {"IT": ("17.5", "17.5")}), separator).splitlines()[1]
    assert line.split(separator)[10:12] == [number, number]
