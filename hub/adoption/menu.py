"""The closed menu: which reports there are and how they may be cut. Free dates and other filters do not exist.

A cut has at most two dimensions: by what it is shown, and the one group (`of`) within which. Weeks are no dimension:
every published week is published anyway.
"""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from hub.adoption.report import Report
from hub.adoption.reports import REPORTS
from hub.refusals import Refusal

BY = ("week", "site", "team", "family", "cohort")
WINDOWS = (1, 4, 12)
FORMATS = ("json", "csv")
WITHIN = {"site": ("week", "family"), "team": ("week",), "family": ("week", "site")}
UNIT = re.compile(r"(site|team|family)-([1-9][0-9]{0,17})\Z", re.ASCII)
FIELDS = ("by", "window", "of")


@dataclass(frozen=True)
class Selection:
    """Shown `by` something over `window` weeks, of everybody or of one unit: `of` is empty, or such as `site-3`."""

    by: str = "week"
    window: int = 12
    of: str = ""

    @property
    def unit(self) -> tuple[str, int] | None:
        found = UNIT.match(self.of)
        return (found[1], int(found[2])) if found else None

    @property
    def query(self) -> str:
        return f"by={self.by}&window={self.window}" + (f"&of={self.of}" if self.of else "")


def report_named(name: str) -> Report:
    """Raises Refusal (404) for a report that is not on the menu."""
    if name not in REPORTS:
        sentence = _("There is no such report. The reports are: %(names)s.")
        raise Refusal("unknown_report", sentence % {"names": ", ".join(REPORTS)}, status=404)
    return REPORTS[name]


def overview_of(report: Report) -> Selection:
    return Selection(by=report.cuts[0])


def selected(report: Report, query: QueryDict, *, status: int, others: tuple[str, ...] = ()) -> Selection:
    """What was asked for. Raises Refusal (`status`) for anything outside the menu."""
    given = overview_of(report)
    by, window, of = (query.get(name, str(getattr(given, name))) for name in FIELDS)
    if "of" in query and "by" not in query:
        by = "week"
    is_on_menu = (
        by in report.cuts
        and window in map(str, WINDOWS)
        and (not of or _is_within(by, of))
        and set(query) <= {*FIELDS, *others}
        and all(len(values) == 1 for _name, values in query.lists())
    )
    if not is_on_menu:
        sentence = _(
            "This cut is not offered. “by” is one of %(by)s, “window” one of %(windows)s weeks, and “of” one site, "
            "team or job family: a site by week or family, a family by week or site, a team by week."
        )
        words = {"by": ", ".join(report.cuts), "windows": ", ".join(map(str, WINDOWS))}
        raise Refusal("not_on_the_menu", sentence % words, status=status)
    return Selection(by, int(window), of)


def _is_within(by: str, of: str) -> bool:
    found = UNIT.match(of)
    return bool(found) and by in WITHIN[found[1]]
