"""What an import of usage is: its name, its purpose, and how its file is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hub.refusals import Refusal


@dataclass(frozen=True)
class Use:
    """One row of a file: who (an e-mail address, as the file writes it), over which period, and the day of the last
    activity. A file may have a row a person for each of several periods.
    """

    line: int
    account: str
    period: str
    last_on: date | None


@dataclass(frozen=True)
class Head:
    """What holds for the whole file; known once its first row is read."""

    layout: str
    reported_on: date


@dataclass(frozen=True)
class Source:
    """`read` yields the head and then the rows, one at a time, and raises BadFile at the first that is wrong."""

    name: str
    title: str | Promise
    purpose: str | Promise
    takes: str | Promise  # what is taken of a person, and what is not
    how: str | Promise  # where the file comes from
    read: Callable[[BinaryIO, date], Iterator[Head | Use]]


class BadFile(Refusal):
    """Nothing of the file is taken. `line` is its line, 0 for the file as a whole."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__("bad_file", message, status=422)
        self.line = line


def wrong_line(line: int, what: str) -> BadFile:
    """`what` is wrong in this line of the file; what the cell holds is not said."""
    sentence = _("Line %(line)s: %(what)s. Nothing was taken over.") % {"line": line, "what": what}
    return BadFile(sentence, line=line)
