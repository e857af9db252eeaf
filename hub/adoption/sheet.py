"""The table of a report as CSV. Every line carries the cut, so that a copied line still says what it is."""

import csv
import io

from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.reading import Row, Table

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
    """With a byte order mark: spreadsheets then read umlauts. After a semicolon numbers have a comma, as German has."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=separator)
    writer.writerow(
        [
            _("Report"), _("By"), _("Weeks"), _("From week"), _("To week"), _("Company"), _("Name"), _("People"),
            _("Low"), _("High"), _("Figure"), _("Hidden"),
        ]
    )  # fmt: skip
    for row in table.rows:
        writer.writerow([safe(value) for value in _values(table, row, "," if separator == ";" else ".")])
    return "\ufeff" + sheet.getvalue()


def _values(table: Table, row: Row, point: str) -> list[str]:
    selection = table.selection
    first, last = (row.monday, row.monday) if row.monday else (table.mondays[-1], table.mondays[0])
    return [
        table.report.name,
        selection.by,
        str(selection.window),
        first.isoformat(),
        last.isoformat(),
        row.entity,
        words.name(row),
        "" if row.reason == "small" else str(row.people),
        plain(row.low).replace(".", point),
        plain(row.high).replace(".", point),
        words.figure(table.report.kind, row.low, row.high),
        words.reason(row.reason) if row.reason else "",
    ]


def plain(value: object) -> str:
    """A number for programs: a point, no needless zero."""
    return "" if value is None else f"{value:f}".removesuffix(".0")
