"""The closed menu: which reports there are and how they may be cut. Free dates and other filters do not exist."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from hub.adoption.report import Report
from hub.adoption.reports import REPORTS
from hub.refusals import Refusal

BY = ("week", "site", "team")
WINDOWS = (1, 4, 12)
FORMATS = ("json", "csv")


@dataclass(frozen=True)
class Selection:
    by: str = "week"
    window: int = 12


OVERVIEW = Selection()


def report_named(name: str) -> Report:
    """Raises Refusal (404) for a report that is not on the menu."""
    if name not in REPORTS:
        sentence = _("There is no such report. The reports are: %(names)s.")
        raise Refusal("unknown_report", sentence % {"names": ", ".join(REPORTS)}, status=404)
    return REPORTS[name]


def selected(query: QueryDict, *, status: int, others: tuple[str, ...] = ()) -> Selection:
    """What was asked for. Raises Refusal (`status`) for anything outside the menu."""
    by, window = query.get("by", OVERVIEW.by), query.get("window", str(OVERVIEW.window))
    is_on_menu = (
        by in BY
        and window in map(str, WINDOWS)
        and set(query) <= {"by", "window", *others}
        and all(len(values) == 1 for _name, values in query.lists())
    )
    if not is_on_menu:
        sentence = _("This cut is not offered. “by” is one of %(by)s, “window” one of %(windows)s weeks.")
        words = {"by": ", ".join(BY), "windows": ", ".join(map(str, WINDOWS))}
        raise Refusal("not_on_the_menu", sentence % words, status=status)
    return Selection(by, int(window))
