"""Every plot is a figure that Plotly knows, and nothing of it is lost on the way through Plotly's own objects."""

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from hub.adoption.annotating.actions import annotate
from hub.adoption.reports import REPORTS
from hub.people.models import LegalEntity
from tests.hub.adoption.conftest import MONDAYS, publish

CUTS = [(name, by) for name, report in REPORTS.items() for by in report.cuts]


@pytest.fixture
def drawn(company: Any, sign_in: Any) -> Any:
    """Every figure as it stands in its page, by report and cut."""
    publish()
    entity = LegalEntity.objects.get(name=company.hanna.team.legal_entity.name)
    annotate(company.hanna, entity_id=entity.pk, monday=MONDAYS[0], text="Kick-off")
    page = sign_in(company.hanna)
    return {(name, by): page.get(f"/adoption/{name}/?by={by}").context["shown"].chart for name, by in CUTS}


def test_plotly_knows_every_property_and_keeps_it(drawn: dict[tuple[str, str], Any]) -> None:
    figures = {cut: figure for cut, figure in drawn.items() if figure is not None}
    assert len({name for name, _by in figures}) > len(REPORTS) / 2
    for cut, figure in figures.items():
        kept = json.loads(go.Figure(figure).to_json())
        del kept["layout"]["template"]
        assert kept == json.loads(json.dumps(figure)), cut


def test_a_note_is_a_line_and_its_number(drawn: dict[tuple[str, str], Any]) -> None:
    layout = drawn["attendance", "week"]["layout"]
    assert [shape["type"] for shape in layout["shapes"]] == ["line"]
    assert [one["text"] for one in layout["annotations"]] == ["1"]


def test_plotly_refuses_what_it_does_not_know(drawn: dict[tuple[str, str], Any]) -> None:
    figure = drawn["attendance", "week"]
    with pytest.raises(ValueError, match="Invalid property"):
        go.Figure({"data": figure["data"], "layout": {"no_such_thing": 1}})
