"""A report on paper: PDF by typst, tagged so that it can be read aloud (PDF/UA-1).

The text is data to the template, never markup, and the compiler sees an empty folder and no network.
"""

import calendar
import json
from datetime import timedelta
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.presenting import Presented
from hub.adoption.reading import Row
from hub.adoption.report import Shape

MOST_ROWS = 500  # some ten pages; the sheet has them all
MOST = 100.0


def pdf_of(shown: Presented) -> bytes:
    """The report as a PDF. Raises typst.TypstError only if the template itself is broken."""
    import typst

    template = files("hub.adoption").joinpath("templates/adoption/report.typ").read_bytes()
    with TemporaryDirectory() as empty:
        return typst.compile(
            template,
            root=empty,
            font_paths=[],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_data(shown))},
            pdf_standards="ua-1",
            timestamp=_dated(shown),
        )


def _dated(shown: Presented) -> int:
    """When the file says it was made, in seconds: the end of its newest week, so that one snapshot is one file."""
    day = shown.sunday or timezone.localdate()
    return calendar.timegm((day + timedelta(days=1)).timetuple())


def _data(shown: Presented) -> dict[str, Any]:
    report = shown.report
    is_heat = report.shape is Shape.HEAT
    headings = [shown.first_heading, *([_("Company")] if shown.several else []), _("People"), *shown.headings]
    lines = shown.rows if is_heat else shown.lines(MOST_ROWS)
    rows = shown.table.shown[:MOST_ROWS]
    bars = not is_heat and report.is_share and bool(lines)
    snapshot = ""
    if shown.newest and shown.sunday:
        week = {"monday": words.day(shown.newest), "sunday": words.day(shown.sunday)}
        snapshot = _("Snapshot of the week from %(monday)s to %(sunday)s, published once.") % week
    return {
        "lang": words.locale(),
        "author": "Hatpin",
        "title": str(report.title),
        "eyebrow": _("Adoption"),
        "findings": shown.findings,
        "filters": shown.filters,
        "headings": headings,
        "bars": bars,
        "rows": [
            {
                "name": line.name,
                "bar": _bar(rows[number]) if bars else None,
                "cells": [*([line.entity] if shown.several else []), line.people, *line.figures],
            }
            for number, line in enumerate(lines)
        ],
        "hidden": [f"{group['reason']}: {group['names']}." for group in shown.hidden],
        "counted": _("What is counted"),
        "definition": str(report.definition),
        "formula": str(report.formula),
        "snapshot": snapshot,
        "footer": " · ".join(filter(None, [str(report.title), shown.filters, snapshot])),
    }


def _bar(row: Row) -> list[float] | None:
    """What is sure, and up to where it may reach, in percent."""
    if row.main is None or row.high is None:
        return None
    return [min(MOST, float(row.low)), min(MOST, float(row.high))]
