"""The usage detail of Microsoft 365 Copilot as a CSV file, report versions 1 and 2.

The columns are the published ones of `getMicrosoft365CopilotUsageUserDetail`. Names and counts are checked and left in
the file; days by app too. Columns that are not known here are not read.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.adoption.imports.source import BadFile, Head, Source, Use, wrong_line

REFRESHED, ACCOUNT, LAST, PERIOD = (
    "Report Refresh Date",
    "User Principal Name",
    "Last Activity Date",
    "Report Period",
)
APP_DATES = tuple(
    f"{app} Last Activity Date"
    for app in (
        "Copilot Chat",
        "Microsoft Teams Copilot",
        "Word Copilot",
        "Excel Copilot",
        "PowerPoint Copilot",
        "Outlook Copilot",
        "OneNote Copilot",
        "Loop Copilot",
    )
)
V1 = (REFRESHED, ACCOUNT, "Display Name", LAST, *APP_DATES, PERIOD)
COUNTS = (
    "Prompts submitted for all apps",
    "Prompts submitted for Copilot Chat (work)",
    "Prompts submitted for Copilot Chat (web)",
    "Active Usage Days for all apps",
)
V2_DATES = (
    "Copilot Chat (work) Last Activity Date",
    "Copilot Chat (web) Last Activity Date",
    "Microsoft 365 Copilot Last Activity Date",
    "Edge Last Activity Date",
    "Copilot Agent Last Activity Date",
)
V2 = (*V1, *COUNTS, *V2_DATES)
PERIODS = frozenset({"7", "28", "30", "90", "180"})
LONGEST_LINE = 20_000  # characters
LONGEST_ACCOUNT = 254


def read(file: BinaryIO, today: date) -> Iterator[Head | Use]:
    """Line by line, so that a large file takes no more room than a small one. Nobody is named in what it raises."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        yield from _rows(csv.reader(_lines(text), strict=True), today)
    except UnicodeDecodeError as error:
        raise BadFile(_("This file is not UTF-8 text. Export it as CSV once more.")) from error
    except csv.Error as error:
        raise BadFile(_("This file is no CSV as the report writes it. Export it once more.")) from error
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise BadFile(_("A line of this file is longer than any line of the report."))
        yield line


def _rows(reader: "csv._reader", today: date) -> Iterator[Head | Use]:
    places, layout = _columns(next(reader, []))
    dates = [(name, places[name]) for name in (LAST, *APP_DATES, *V2_DATES) if name in places]
    counts = [(name, places[name]) for name in COUNTS if name in places]
    width, head = max(places.values()) + 1, None
    for cells in reader:
        line = reader.line_num
        if not any(cells):
            continue
        if len(cells) < width:
            raise wrong_line(line, _("it has too few cells"))
        reported_on = _day(cells[places[REFRESHED]])
        if reported_on is None or reported_on > today:
            raise wrong_line(line, _no_date(REFRESHED))
        if head is None:
            head = Head(layout, reported_on)
            yield head
        elif reported_on != head.reported_on:
            raise wrong_line(line, _("its report is of another day than in the rows before"))
        for name, place in dates:
            if cells[place] and ((day := _day(cells[place])) is None or day > reported_on):
                raise wrong_line(line, _no_date(name))
        for name, place in counts:
            if cells[place] and not (cells[place].isascii() and cells[place].isdecimal()):
                sentence = _("“%(column)s” is no whole number from 0 up") % {"column": name}
                raise wrong_line(line, sentence)
        account, period = cells[places[ACCOUNT]].strip(), cells[places[PERIOD]].strip().removeprefix("D")
        if not account or len(account) > LONGEST_ACCOUNT:
            raise wrong_line(line, _("“%(column)s” is empty or too long") % {"column": ACCOUNT})
        if period not in PERIODS:
            sentence = _("“%(column)s” is none of 7, 28, 30, 90, 180") % {"column": PERIOD}
            raise wrong_line(line, sentence)
        yield Use(line, account, period, _day(cells[places[LAST]]))
    if head is None:
        raise BadFile(_("This file has no row below its columns."))


def _columns(header: list[str]) -> tuple[dict[str, int], str]:
    """Where each known column stands, and which version of the report it is."""
    by_name = {name.casefold(): name for name in V2}
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = by_name.get(" ".join(cell.split()).casefold())
        if name in places:
            raise BadFile(_("The column “%(column)s” is there twice.") % {"column": name})
        if name:
            places[name] = place
    wanted = V2 if any(name in places for name in (*COUNTS, *V2_DATES)) else V1
    if missing := [name for name in wanted if name not in places]:
        sentence = _("This is not the report: it lacks %(columns)s.")
        raise BadFile(sentence % {"columns": ", ".join(f"“{name}”" for name in missing)})
    return places, "v2" if wanted is V2 else "v1"


@lru_cache(maxsize=1024)
def _day(cell: str) -> date | None:
    """None for an empty cell, and for one that is no date as the report writes it."""
    try:
        return date.fromisoformat(cell) if len(cell) == len("2026-11-30") else None
    except ValueError:
        return None


def _no_date(column: str) -> str:
    return _("“%(column)s” is no date (YYYY-MM-DD), or one that had not come yet") % {"column": column}


SOURCE = Source(
    name="copilot",
    title="Microsoft 365 Copilot",
    purpose=gettext_lazy("To tell for groups how many have a seat, and in how many it has become a habit."),
    takes=gettext_lazy(
        "Of each person the week of the last activity and that there is a seat, under an opaque key. Names, days by "
        "app and numbers of prompts stay in the file, and the file is not kept."
    ),
    how=gettext_lazy(
        "The usage report by person, as CSV, from the Microsoft 365 admin center or Microsoft Graph, version 1 or 2. "
        "Its names must not be concealed: who they are could not be told then."
    ),
    read=read,
)
