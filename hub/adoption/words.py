"""Figures, weeks, reasons and findings in words, as the reader's language writes them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_decimal, format_percent
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from hub.adoption.menu import Selection
from hub.adoption.reading import Row, Table, points_more
from hub.adoption.report import Shape
from hub.disclosure.figures import Figure, Kind
from hub.disclosure.grouping import Part
from hub.disclosure.suppression import Reason

HUNDRED = Decimal(100)
NOTICEABLE = 2  # percentage points
REASONS: dict[str, str | Promise] = {
    Reason.SMALL: gettext_lazy("Hidden because too few people belong to it"),
    Reason.PAGE: gettext_lazy("Hidden because the company has too few people here"),
    Reason.COMPLEMENT: gettext_lazy("Hidden so that no smaller group beside it can be worked out"),
    Reason.AUDIT: gettext_lazy("Hidden so that no small group can be worked out from it and other figures"),
    Reason.STEADY: gettext_lazy("Hidden because too few people joined or left since the last figure"),
    Reason.DOUBT: gettext_lazy("Hidden because it could not be shown to be safe"),
}
OTHERS: dict[str, str | Promise] = {
    Part.OTHER_SITES: gettext_lazy("Other sites together"),
    Part.OTHER_TEAMS: gettext_lazy("Other teams together"),
    Part.OTHER_FAMILIES: gettext_lazy("Other job families together"),
    Part.OTHER_SITE_FAMILIES: gettext_lazy("Other job families together"),
    Part.OTHER_COHORTS: gettext_lazy("Other months together"),
}
FIRST: dict[str, str | Promise] = {
    "site": gettext_lazy("Highest of the sites shown by name at %(entity)s: %(unit)s with %(figure)s."),
    "team": gettext_lazy("Highest of the teams shown by name at %(entity)s: %(unit)s with %(figure)s."),
    "family": gettext_lazy(
        "Highest of the job families shown by name at %(entity)s: %(unit)s with %(figure)s."
    ),
}
BY: dict[str, str | Promise] = {
    "week": gettext_lazy("week"),
    "site": gettext_lazy("site"),
    "team": gettext_lazy("team"),
    "family": gettext_lazy("job family"),
    "cohort": gettext_lazy("month of the first time"),
}
HEADINGS: dict[str, str | Promise] = {
    "week": gettext_lazy("Week of"),
    "site": gettext_lazy("Site"),
    "team": gettext_lazy("Team"),
    "family": gettext_lazy("Job family"),
    "cohort": gettext_lazy("Began in"),
}


def locale() -> str:
    return (get_language() or "en").partition("-")[0]


def number(value: Decimal | int) -> str:
    return _number(value, locale())


# A page formats the same few numbers and weeks again and again, and babel takes its time.
@lru_cache(maxsize=4096)
def _number(value: Decimal | int, language: str) -> str:
    return format_decimal(value, locale=language)


@lru_cache(maxsize=4096)
def _percent(value: Decimal, language: str) -> str:
    return format_percent(value / HUNDRED, locale=language)


def decimal(value: float) -> str:
    """To tenths, with a sign where it is below zero."""
    return format_decimal(Decimal(str(value)), format="0.0;−0.0", locale=locale())


def percent(value: Decimal) -> str:
    return _percent(value, locale())


def percent_sign() -> str:
    """As it stands behind a number: with a space in German, without one in English."""
    return percent(Decimal(0)).removeprefix(number(0))


def week(monday: date) -> str:
    return _date(monday, pgettext("date format", "j F"), get_language())


def month(day: date) -> str:
    return _date(day, "F Y", get_language())


@lru_cache(maxsize=4096)
def _date(value: date, format_: str, _language: str | None) -> str:
    return formats.date_format(value, format_)


def day(value: date) -> str:
    return formats.date_format(value, pgettext("date format", "j F Y"))


def figure(kind: Kind, shown: Figure | None) -> str:
    """“62 %”, “at most 10 %”, “at least 90 %”, “40–45 %”, or a number; nothing where nothing is shown."""
    if shown is None or shown.high is None:
        return ""
    low, high = shown.low, shown.high
    if kind is not Kind.SHARE:
        return number(low)
    if low == high:
        return percent(low)
    if low == 0:
        return _("at most %(share)s") % {"share": percent(high)}
    if high == HUNDRED:
        return _("at least %(share)s") % {"share": percent(low)}
    return f"{number(low)}–{percent(high)}"


def compact(kind: Kind, shown: Figure | None) -> str:
    """The same where there is room for a number alone: “≤ 10 %”, “≥ 90 %”."""
    if kind is Kind.SHARE and shown and shown.high is not None and shown.low != shown.high:
        if shown.low == 0:
            return f"≤\N{NO-BREAK SPACE}{percent(shown.high)}"
        if shown.high == HUNDRED:
            return f"≥\N{NO-BREAK SPACE}{percent(shown.low)}"
    return figure(kind, shown)


def change(row: Row, table: Table) -> str:
    """Against the period before: “+3 points”, “−12”, or nothing where that is not known."""
    if row.change is None:
        return ""
    whole = row.change.quantize(Decimal(1), ROUND_HALF_UP)
    sign = "+" if whole > 0 else "−" if whole < 0 else "±"
    shown = f"{sign}{number(abs(whole))}"
    if not table.report.is_share:
        return shown
    return ngettext("%(n)s point", "%(n)s points", int(abs(whole))) % {"n": shown}


def name(row: Row) -> str:
    """What the line is about: a week, a site, a team, a job family, a month, or the others together."""
    if row.part in OTHERS:
        return str(OTHERS[row.part])
    if row.part == Part.COHORT:
        return month(date.fromisoformat(row.unit))
    if row.monday:
        return week(row.monday)
    return row.unit or _("Without a job family")


def reason(code: str) -> str:
    return str(REASONS[code])


def weeks_shown(row: Row, table: Table) -> str:
    """Says so where a group has figures for some of the weeks only."""
    if row.monday or row.weeks >= len(table.mondays) or table.report.main.is_rolling:
        return ""
    return ngettext("from %(n)s week", "from %(n)s weeks", row.weeks) % {"n": row.weeks}


def filters(selection: Selection, unit: str = "") -> str:
    """The cut in one line, as it stands in every export."""
    weeks = ngettext("the last week", "the last %(n)s weeks", selection.window) % {"n": selection.window}
    line = _("By %(by)s, over %(weeks)s") % {"by": BY[selection.by], "weeks": weeks}
    return _("%(line)s, only %(unit)s") % {"line": line, "unit": unit} if unit else line


def findings(table: Table) -> list[str]:
    """One sentence a legal entity: what the report says."""
    return [sentence for entity in table.entities if (sentence := _finding(table, entity))]


def _finding(table: Table, entity: str) -> str:
    rows = [row for row in table.shown if row.entity == entity and row.main]
    if not rows:
        return ""
    if not table.report.is_share and not any(row.high for row in rows):
        is_all = not any(row.entity == entity for row in table.hidden)
        return str(table.report.none if is_all else table.report.none_shown) % {"entity": entity}
    if table.report.shape is Shape.HEAT:
        return _stayed(table, entity, [row for row in rows if not row.is_others])
    if table.selection.by != "week":
        return _first(table, entity, [row for row in rows if not row.is_others])
    place = rows[0].unit if table.selection.of else entity
    if table.report.is_share:
        return _newest(table, place, rows)
    total = sum((row.low for row in rows), Decimal(0))
    return str(table.report.newest) % {"entity": place, "figure": number(total)}


def _newest(table: Table, place: str, rows: list[Row]) -> str:
    newest = rows[0]
    shown = figure(table.report.main.kind, newest.main)
    said = str(table.report.newest) % {"entity": place, "week": week(newest.monday), "figure": shown}
    difference = points_more(rows)
    if difference is None:
        return said
    points = int(difference.quantize(Decimal(1), ROUND_HALF_UP))
    if abs(points) < NOTICEABLE:
        return f"{said} " + _("That is as in the weeks before.")
    if points > 0:
        more = ngettext(
            "That is %(points)s percentage point more than in the weeks before.",
            "That is %(points)s percentage points more than in the weeks before.", points,
        )  # fmt: skip
        return f"{said} " + more % {"points": number(points)}
    less = ngettext(
        "That is %(points)s percentage point less than in the weeks before.",
        "That is %(points)s percentage points less than in the weeks before.", -points,
    )  # fmt: skip
    return f"{said} " + less % {"points": number(-points)}


def _stayed(table: Table, entity: str, rows: list[Row]) -> str:
    """The first month with a name, as it stands in the newest week."""
    if not rows:
        return ""
    first = min(rows, key=lambda row: (row.unit, -row.monday.toordinal()))
    facts = {"unit": name(first), "week": week(first.monday), "figure": figure(Kind.SHARE, first.main)}
    return str(table.report.newest) % {"entity": entity, **facts}


def _first(table: Table, entity: str, rows: list[Row]) -> str:
    """Those who come first of the groups with a name, if they do for sure: a range must not reach over theirs.

    Nobody is called last, and where all may be at zero nobody is first.
    """
    if not rows or not rows[0].low:
        return ""
    best = rows[0]
    first = [row for row in rows if (row.low, row.high) == (best.low, best.high)]
    if any(row.high > best.low for row in rows if row not in first):
        return ""
    *before, last = [row.unit for row in first]
    shown = figure(table.report.main.kind, best.main)
    if before:
        shown = _("%(figure)s each") % {"figure": shown}
    units = _(" and ").join([", ".join(before), last]) if before else last
    return str(FIRST[table.selection.by]) % {"entity": entity, "unit": units, "figure": shown}
