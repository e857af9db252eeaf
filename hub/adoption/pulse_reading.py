"""The published pulses of legal entities, newest first, and their plot."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.charts.parts import Chart, label, value, whiskers
from hub.adoption.models.pulse import PulseFigure, Question
from hub.adoption.reading import Scope
from hub.disclosure.figures import Figure, Kind

QUARTERS_SHOWN = 8


@dataclass(frozen=True)
class PulseRow:
    """A quarter of a company, one of its sites, or its other sites together."""

    quarter: date
    entity: str
    site: str
    is_others: bool
    answers: int | None
    figures: tuple[Figure | None, Figure | None]  # confident, worried
    reason: str = ""

    @property
    def name(self) -> str:
        return _("Other sites together") if self.is_others else self.site or self.entity

    @property
    def shown(self) -> list[str]:
        return [words.figure(Kind.SHARE, figure) for figure in self.figures]

    @property
    def quarter_name(self) -> str:
        return quarter_name(self.quarter)

    @property
    def why_hidden(self) -> str:
        return words.reason(self.reason) if self.reason else ""


def quarter_name(first: date) -> str:
    return _("quarter %(n)s of %(year)s") % {"n": (first.month + 2) // 3, "year": first.year}


def published(scope: Scope) -> list[PulseRow]:
    """Newest quarter first; in it companies, then their sites by name. Two queries."""
    rows: QuerySet = PulseFigure.objects.filter(entity_id__in=scope).annotate_quarter()
    quarters = sorted({row.quarter for row in rows}, reverse=True)[:QUARTERS_SHOWN]
    found: dict[tuple, dict[str, PulseFigure]] = {}
    for row in rows:
        if row.quarter in quarters:
            key = (row.quarter, row.entity_name, row.is_others, row.site_name, row.site_id)
            found.setdefault(key, {})[row.question] = row
    order = sorted(
        found, key=lambda key: (-key[0].toordinal(), key[1], bool(key[4]) or key[2], key[2], key[3])
    )
    return [_row(*key[:4], found[key]) for key in order]


def _row(
    quarter: date, entity: str, is_others: bool, site: str, by_question: dict[str, PulseFigure]
) -> PulseRow:
    one = by_question[Question.CONFIDENCE]
    figures = tuple(
        None if row is None or row.low is None else Figure(row.low, row.high)
        for row in (by_question.get(question) for question in (Question.CONFIDENCE, Question.WORRY))
    )
    return PulseRow(quarter, entity, site, is_others, one.answers, figures, one.reason)


def finding(rows: list[PulseRow], entity: str) -> str:
    """The newest published quarter of the company in a sentence."""
    own = [
        row for row in rows if row.entity == entity and not row.site and not row.is_others and not row.reason
    ]
    if not own:
        return ""
    newest = own[0]
    confident, worried = newest.shown
    return _(
        "At %(entity)s, %(confident)s of those who answered feel confident with AI at work and %(worried)s are worried "
        "(%(quarter)s)."
    ) % {"entity": entity, "confident": confident, "worried": worried, "quarter": newest.quarter_name}


def findings(rows: list[PulseRow]) -> list[str]:
    return [said for entity in dict.fromkeys(row.entity for row in rows) if (said := finding(rows, entity))]


def chart_of(rows: list[PulseRow]) -> dict[str, Any] | None:
    """Quarters from left to right, confident and worried side by side; of the first company where there are several."""
    whole = [row for row in reversed(rows) if not row.site and not row.is_others and not row.reason]
    whole = [row for row in whole if row.entity == whole[0].entity]
    if not whole:
        return None
    chart = Chart()
    for number, name in enumerate((_("Confident"), _("Worried"))):
        figures = [row.figures[number] for row in whole]
        chart.add_bar(
            name=label(name),
            x=[label(row.quarter_name) for row in whole],
            y=[value(figure) for figure in figures],
            error_y=whiskers(figures),
            customdata=[f"{row.shown[number]} {name}" for row in whole],
            hovertemplate="%{customdata}<extra></extra>",
        )
    chart.update_layout(
        barmode="group", bargap=0.5, dragmode=False, showlegend=True, legend={"orientation": "h", "y": 1.12, "x": 0},
        margin={"l": 8, "r": 28, "t": 16, "b": 8}, xaxis={"type": "category", "fixedrange": True, "automargin": True},
        yaxis={"range": [0, 100], "ticksuffix": words.percent_sign(), "fixedrange": True, "automargin": True},
    )  # fmt: skip
    return {"data": chart.data, "layout": chart.layout}
