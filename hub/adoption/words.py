"""Figures, weeks, reasons and findings in words, as the reader's language writes them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal, format_percent
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from hub.adoption.reading import Row, Table
from hub.disclosure.figures import Kind
from hub.disclosure.gate import MINIMUM_GROUP, MINIMUM_PAGE
from hub.disclosure.suppression import Reason

HUNDRED = Decimal(100)
REASONS: dict[str, str | Promise] = {
    Reason.SMALL: gettext_lazy("Hidden because fewer than %(group)s people belong to it"),
    Reason.PAGE: gettext_lazy("Hidden because the company has fewer than %(page)s people here"),
    Reason.COMPLEMENT: gettext_lazy("Hidden so that no smaller group beside it can be worked out"),
    Reason.AUDIT: gettext_lazy("Hidden so that no small group can be worked out from it and other figures"),
    Reason.DOUBT: gettext_lazy("Hidden because it could not be shown to be safe"),
}


def locale() -> str:
    return (get_language() or "en").split("-")[0]


def number(value: Decimal | int) -> str:
    return format_decimal(value, locale=locale())


def percent(value: Decimal) -> str:
    return format_percent(value / HUNDRED, locale=locale())


def percent_sign() -> str:
    """As it stands behind a number: with a space in German, without one in English."""
    return percent(Decimal(0)).removeprefix(number(0))


def week(monday: date) -> str:
    return formats.date_format(monday, pgettext("date format", "j F"))


def figure(kind: Kind, low: Decimal | None, high: Decimal | None) -> str:
    """“62 %”, “at most 10 %”, “at least 90 %”, “40–45 %”, or a number; nothing where nothing is shown."""
    if low is None or high is None:
        return ""
    if kind is not Kind.SHARE:
        return number(low)
    if low == high:
        return percent(low)
    if low == 0:
        return _("at most %(share)s") % {"share": percent(high)}
    if high == HUNDRED:
        return _("at least %(share)s") % {"share": percent(low)}
    return f"{number(low)}–{percent(high)}"


def name(row: Row) -> str:
    """What the line is about: a week, a site, a team, or the others together."""
    if row.monday:
        return week(row.monday)
    if not row.is_others:
        return row.unit
    return _("Other sites together") if row.part == "other_sites" else _("Other teams together")


def reason(code: str) -> str:
    return str(REASONS[code]) % {"group": MINIMUM_GROUP, "page": MINIMUM_PAGE}


def weeks_shown(row: Row, window: int) -> str:
    """Says so where a group has figures for some of the weeks only."""
    if row.weeks == window or row.monday:
        return ""
    return ngettext("from %(n)s week", "from %(n)s weeks", row.weeks) % {"n": row.weeks}


def findings(table: Table) -> list[str]:
    """One sentence a legal entity: what the report says."""
    return [sentence for entity in table.entities if (sentence := _finding(table, entity))]


def _finding(table: Table, entity: str) -> str:
    rows = [row for row in table.shown if row.entity == entity]
    if not rows:
        return ""
    if table.report.kind is not Kind.SHARE and not any(row.high for row in rows):
        is_all = not any(row.entity == entity for row in table.hidden)
        return str(table.report.none if is_all else table.report.none_shown) % {"entity": entity}
    if table.selection.by != "week":
        return _first(table, entity, [row for row in rows if not row.is_others])
    if table.report.kind is Kind.SHARE:
        return _newest(table, entity, rows)
    total = sum((row.low for row in rows), Decimal(0))
    return str(table.report.newest) % {"entity": entity, "figure": number(total)}


def _newest(table: Table, entity: str, rows: list[Row]) -> str:
    report, (newest, *before) = table.report, rows
    sentence, points = report.newest, 0
    if before:
        earlier = sum(row.middle for row in before) / len(before)
        points = int((newest.middle - earlier).quantize(Decimal(1), ROUND_HALF_UP))
        sentence = report.same if abs(points) < 2 else report.more if points > 0 else report.less
    figures = {"figure": figure(report.kind, newest.low, newest.high), "points": number(abs(points))}
    return str(sentence) % {"entity": entity, "week": week(newest.monday), **figures}


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
    shown = figure(table.report.kind, best.low, best.high)
    if before and table.report.kind is not Kind.SHARE:
        shown = _("%(figure)s each") % {"figure": shown}
    units = _(" and ").join([", ".join(before), last]) if before else last
    sentence = table.report.first_site if table.selection.by == "site" else table.report.first_team
    return str(sentence) % {"entity": entity, "unit": units, "figure": shown}
