"""How tests read a report: rows of the API, points of a plot, and a revealed bet to read about."""

from typing import Any

from challenges.contests.models import Challenge, PublishedElimination
from hub.adoption.report import Shape
from hub.adoption.reports import REPORTS
from hub.people.models import User
from tests.factories import make_challenge, make_entry, make_user
from tests.hub.adoption.conftest import friday_of

API = "/api/v1/adoption/reports/"
# Every report by every cut that it offers, over the shortest and the longest window.
CUTS = [(name, by, window) for name, report in REPORTS.items() for by in report.cuts for window in (1, 12)]


def rows(body: dict[str, Any]) -> list[tuple[str, float | None, float | None]]:
    return [(row["name"], row["low"], row["high"]) for row in body["rows"] if not row["hidden"]]


def reveal(contestant: User, steps: int, monday: Any) -> None:
    entry = make_entry(make_challenge(make_user("Ruth")), contestant)
    for step in entry.process.steps.all()[:steps]:
        PublishedElimination.objects.create(entry=entry, step=step)
    Challenge.objects.filter(pk=entry.challenge_id).update(status="revealed", revealed_at=friday_of(monday))


def finding(program: Any, query: str) -> str:
    """The one sentence of the report about bets."""
    found = program.get(f"{API}bets/{query}").json()["findings"]
    assert len(found) < 2
    return "".join(found)


def drawn(figure: dict[str, Any]) -> list[float]:
    """Every value in the plot, as somebody who looks at it reads it; of a heat map the shades."""
    found: list[float] = []
    for trace in figure["data"]:
        if trace.get("meta"):
            values = trace["marker"]["color"]
        else:
            values = trace["x"] if trace.get("orientation") == "h" else trace["y"]
        found += [value for value in values if value is not None and value >= 0]
    return sorted(found)


def to_be_drawn(body: dict[str, Any]) -> list[float]:
    """What the plot has to show of an answer of the API about one legal entity."""
    report = REPORTS[body["name"]]
    shown = [row for row in body["rows"] if not row["hidden"]]
    if report.shape is Shape.STEPS:
        figures = [
            figure for row in (shown[:1] if body["by"] == "week" else shown) for figure in row["figures"]
        ]
    elif report.shape is Shape.TREND and body["by"] == "week" and report.is_share:
        figures = [figure for row in shown for figure in row["figures"]]
    else:
        figures = [row["figures"][report.lead] for row in shown]
    return sorted(sum(figure) / 2 for figure in figures if figure)
