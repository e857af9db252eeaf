"""Reads a table of steps: the columns of `COLUMNS`, as a spreadsheet writes them."""

import codecs
import csv
import io
import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from challenges.processes.bpmn import MOST_STEPS, check_bytes, too_many_steps
from challenges.processes.elements import LONGEST_LANE, LONGEST_NAME, one_line
from challenges.processes.models import MOST_HOURS, MOST_LOOPS, MOST_MINUTES
from hub.refusals import Refusal

KINDS = ("task", "user", "manual", "service", "script", "rule", "send", "receive", "call", "subprocess")
LARGEST = {
    "touch_minutes": MOST_MINUTES,
    "wait_hours": MOST_HOURS,
    "probability": 1,
    "loop_factor": MOST_LOOPS,
}
COLUMNS = ("lane", "step", "kind", *LARGEST, "value")
VALUES = ("value", "necessary", "waste")


@dataclass(frozen=True)
class StepLine:
    """A step of a list. Minutes of work and hours of waiting are None while nobody has said them."""

    lane: str
    name: str
    kind: str = "task"
    touch_minutes: float | None = None
    wait_hours: float | None = None
    probability: float = 1.0
    loop_factor: float = 1.0
    value: str = ""


def read_csv(content: bytes) -> list[StepLine]:
    """The steps in the order of the table. Raises Refusal, which names the line."""
    check_bytes(content)
    text = _decode(content)
    header_line = text.lstrip().partition("\n")[0]
    delimiter = max(";,\t", key=header_line.count)
    rows = csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip().casefold() for name in next(rows)]
        _check_header(header)
        lines = []
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            lines.append(_line(header, row, rows.line_num))
            if len(lines) > MOST_STEPS:
                raise too_many_steps(sum(any(map(str.strip, rest)) for rest in rows) + len(lines))
    except csv.Error as error:
        sentence = _("Line %(line)s of this table cannot be read. Nothing was kept.")
        raise Refusal("malformed", sentence % {"line": rows.line_num}) from error
    if not lines:
        raise Refusal("no_step", _("There is no step in this table, only its header."))
    return lines


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("unknown_encoding", _("This is no table of text. Save it as CSV in UTF-8."))


def _check_header(header: list[str]) -> None:
    missing = [name for name in ("lane", "step") if name not in header]
    if missing:
        sentence = _("The first line must name the columns; “%(column)s” is missing.")
        raise Refusal("no_column", sentence % {"column": missing[0]})
    for name in header:
        if name and header.count(name) > 1:
            sentence = _("The column “%(column)s” occurs twice.")
            raise Refusal("same_column", sentence % {"column": one_line(name, 60)})
        if name and name not in COLUMNS:
            sentence = _("The column “%(column)s” is unknown. These are read: %(columns)s.")
            names = {"column": one_line(name, 60), "columns": ", ".join(COLUMNS)}
            raise Refusal("unknown_column", sentence % names)


def _line(header: list[str], row: list[str], number: int) -> StepLine:
    if any(cell.strip() for cell in row[len(header) :]):
        sentence = _("Line %(line)s has more cells than the first line has columns.")
        raise Refusal("too_many_cells", sentence % {"line": number})
    cells = {name: _printable(cell) for name, cell in zip(header, row, strict=False)}
    if not cells.get("step"):
        raise Refusal("no_name", _("Line %(line)s names no step.") % {"line": number})
    kind = cells.get("kind", "").casefold() or "task"
    if kind not in KINDS:
        sentence = _("Line %(line)s: “%(value)s” is no kind of step. These are: %(kinds)s.")
        facts = {"line": number, "value": one_line(kind, 60), "kinds": ", ".join(KINDS)}
        raise Refusal("unknown_kind", sentence % facts)
    numbers: dict[str, float] = {}
    for column, largest in LARGEST.items():
        if not cells.get(column):
            continue
        found = _number(cells[column], largest)
        if found is None:
            sentence = _("Line %(line)s: “%(value)s” in the column %(column)s is not a number that fits.")
            facts = {"line": number, "value": one_line(cells[column], 60), "column": column}
            raise Refusal("no_number", sentence % facts)
        numbers[column] = found
    value = cells.get("value", "").casefold()
    if value and value not in VALUES:
        sentence = _("Line %(line)s: “%(value)s” is no class of value. These are: %(values)s.")
        raise Refusal(
            "unknown_value",
            sentence % {"line": number, "value": one_line(value, 60), "values": ", ".join(VALUES)},
        )
    lane, name = one_line(cells.get("lane"), LONGEST_LANE), one_line(cells["step"], LONGEST_NAME)
    return StepLine(lane, name, kind, **numbers, value=value)


def _printable(cell: str) -> str:
    """Without control characters, which no drawing can hold."""
    return "".join(character if character.isprintable() else " " for character in cell).strip()


def _number(text: str, largest: float) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= largest else None
