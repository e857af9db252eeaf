"""The table of a report as CSV. Every line carries the cut, so that a copied line still says what it is."""

import csv
import io
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.adoption import words
from hub.adoption.reading import Row, Table
from hub.disclosure.suppression import Reason

# A spreadsheet would take a cell that begins with one of these for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    """The text as a spreadsheet shows it and does not calculate it."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def separator() -> str:
    """What a spreadsheet in the reader's language takes for the end of a cell: German ones write commas in numbers."""
    return ";" if words.locale() == "de" else ","


def csv_of(table: Table, separator: str = ",") -> str:
    """With a byte order mark: spreadsheets then read umlauts. After a semicolon numbers have a comma, as German has.

    One line a row and measure.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=separator)
    writer.writerow(
        [
            _("Report"), _("Measure"), _("By"), _("Weeks"), _("Only"), _("From week"), _("To week"), _("Company"),
            _("Name"), _("People"), _("Low"), _("High"), _("Figure"), pgettext("of a figure", "Change"), _("Hidden"),
        ]
    )  # fmt: skip
    point = "," if separator == ";" else "."
    for row in table.rows:
        for values in _lines(table, row, point):
            writer.writerow([safe(value) for value in values])
    return "\ufeff" + sheet.getvalue()


def _lines(table: Table, row: Row, point: str) -> list[list[str]]:
    selection = table.selection
    first, last = (row.monday, row.monday) if row.monday else (table.mondays[-1], table.mondays[0])
    people = "" if row.reason == Reason.SMALL else str(row.people)
    lines = []
    for measure, figure in zip(table.report.measures, row.figures, strict=True):
        change = row.change if measure is table.report.main else None
        lines.append(
            [
                table.report.name, measure.name, selection.by, str(selection.window), selection.of, first.isoformat(),
                last.isoformat(), row.entity, words.name(row), people,
                plain(figure and figure.low).replace(".", point), plain(figure and figure.high).replace(".", point),
                words.figure(measure.kind, figure), signed(change).replace(".", point),
                words.reason(row.reason) if row.reason else "",
            ]
        )  # fmt: skip
    return lines


def plain(value: Decimal | None) -> str:
    """A number for programs: a point, no needless zero."""
    return "" if value is None else f"{value:f}".removesuffix(".0")


def signed(value: Decimal | None) -> str:
    """A change; one below zero begins with the sign for minus that no spreadsheet takes for a formula."""
    return "" if value is None else plain(value.quantize(Decimal(1))).replace("-", "−")
