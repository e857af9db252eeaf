"""What a search asks and what it finds, whatever kind of thing that is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from hub.people.models import User
from hub.today.marking import Marked, Segment
from hub.today.ranking import rank
from learning.rag.index import Query


@dataclass(frozen=True)
class Row:
    """Something that may be found: `key` leads to its page, `text` are further words it is found by."""

    key: object
    title: str
    text: str = ""
    language: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Found:
    """One result; `note` says in a few words where it belongs."""

    url: str
    title: str
    text: str
    query: Query
    language: str = ""
    when: datetime | None = None
    note: str = ""

    @cached_property
    def title_segments(self) -> list[Segment]:
        return Marked(self.title, self.query, self.language).segments()

    @cached_property
    def extract_segments(self) -> list[Segment]:
        return Marked(self.text, self.query, self.language).extract()

    @property
    def extract(self) -> str:
        return "".join(segment.text for segment in self.extract_segments)


@dataclass(frozen=True)
class Results:
    """Best first; `notice` tells what was not looked at, or is ""."""

    found: Sequence[Found]
    notice: str = ""


@dataclass(frozen=True)
class Asked:
    """Who looks for which words, and when."""

    user: User
    words: str
    now: datetime

    def among(self, rows: Iterable[Row], *, route: str) -> Results:
        """Those of the rows that hold the words; of equal ones the earlier comes first."""
        rows = list(rows)
        ranked, query = rank([(row.title, row.text, row.language) for row in rows], self.words)
        best = [rows[place] for place in ranked]
        return Results(
            [
                Found(
                    reverse(route, args=_arguments(row.key)),
                    row.title,
                    row.text,
                    query,
                    row.language,
                    row.when,
                )
                for row in best
            ]
        )


def _arguments(key: object) -> Sequence[object]:
    """A key of several parts leads to something within something."""
    return key if isinstance(key, tuple) else (key,)


Find = Callable[[Asked], Results]
