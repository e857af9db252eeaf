"""What a report is: its measures, its words, and how it may be cut. `counting` knows where the numbers come from."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from hub.disclosure.figures import Kind

Text = str | Promise


class Shape(StrEnum):
    """How the plot of a report stands."""

    TREND = "trend"  # a line by week, bars by group
    STEPS = "steps"  # the measures one after another: a ladder, a funnel
    HEAT = "heat"  # groups down, weeks across


@dataclass(frozen=True)
class Measure:
    """One figure a group. `name` is what the gate publishes it as; `heading` stands over its column."""

    name: str
    kind: Kind
    heading: Text
    is_rolling: bool = False  # facts of a window that ends with the week, not of the week alone


@dataclass(frozen=True)
class Report:
    """One entry of the menu.

    `newest` is the finding as a sentence and takes %(entity)s, %(figure)s and, for shares, %(week)s. `none` and
    `none_shown` are said of sums where nothing happened, or nothing among the figures shown. Finding and plot of a
    trend speak of the measure at `lead`. `synonyms` are words of both languages by which the question box knows it; a
    question mark stands before one that other reports may mean as well.
    """

    name: str
    title: Text
    question: Text  # which it answers, as HR would ask it
    definition: Text
    formula: Text
    measures: tuple[Measure, ...]
    newest: Text
    none: Text = ""
    none_shown: Text = ""
    shape: Shape = Shape.TREND
    lead: int = 0
    cuts: tuple[str, ...] = ("week", "site", "team", "family")
    synonyms: str = ""  # with commas between them

    @property
    def names(self) -> list[str]:
        return [measure.name for measure in self.measures]

    @property
    def main(self) -> Measure:
        return self.measures[self.lead]

    @property
    def is_share(self) -> bool:
        return self.main.kind is Kind.SHARE
