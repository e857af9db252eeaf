"""Search over everything: which words, which kinds of things, how often. A new kind is one line in KINDS.

What is shown is what the person may open: every finder starts from `visible_to(user)`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from hub.today import finders, passages
from hub.today.found import Asked, Find, Found

LONGEST = 200
FIRST = 4
A_PAGE = 20
MOST_A_MINUTE = 60
SPACES = frozenset("\t\n\r\x0b\x0c")


@dataclass(frozen=True)
class Kind:
    """`name` stands in addresses and in the API, `label` above the results."""

    name: str
    label: str | Promise
    find: Find


KINDS = (
    Kind("sessions", _("DEAL hours"), finders.sessions),
    Kind("notebooks", _("Notebooks"), finders.notebooks),
    Kind("passages", _("In the sources"), passages.find),
    Kind("study_aids", _("Study aids"), finders.study_aids),
    Kind("notes", _("My notes"), finders.notes),
    Kind("tips", _("Tips"), finders.tips),
    Kind("stories", _("Stories"), finders.stories),
    Kind("use_cases", _("Idea box"), finders.use_cases),
    Kind("pilots", _("Pilots"), finders.pilots),
    Kind("bets", _("Bets"), finders.bets),
    Kind("processes", _("Processes"), finders.processes),
)


@dataclass(frozen=True)
class Group:
    """What was found of one kind, best first."""

    kind: Kind
    found: Sequence[Found]
    notice: str = ""

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def first(self) -> Sequence[Found]:
        return self.found[:FIRST]

    @property
    def has_more(self) -> bool:
        return self.count > FIRST


def words_of(given: str) -> str:
    """The words as they are searched for; "" if there are none. Raises Refusal."""
    # Soft hyphens and marks of direction come along when one copies, and nobody sees them.
    seen = "".join(sign for sign in given if unicodedata.category(sign) != "Cf")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in SPACES for sign in seen):
        raise Refusal(
            "control_characters",
            _("The search holds signs that cannot be seen or typed. Write the words anew."),
        )
    searched = " ".join(seen.split())
    if len(searched) > LONGEST:
        raise Refusal(
            "long_query",
            _("This is too long to search for. Name what you look for in at most 200 characters."),
        )
    return searched


def check_rate(user: User, now: datetime) -> None:
    """At most MOST_A_MINUTE searches a person; raises Refusal."""
    key = f"search:{user.pk}:{int(now.timestamp() // 60)}"
    cache.add(key, 0, timeout=120)
    if cache.incr(key) > MOST_A_MINUTE:
        raise Refusal(
            "too_many_searches", _("You have searched very often in a short time. Wait a minute."), status=429
        )


def search(*, user: User, given: str, now: datetime, kind: str = "") -> list[Group]:
    """The groups that found something, or the one of `kind` alone. Raises Refusal; no words find nothing."""
    words = words_of(given)
    if not words:
        return []
    check_rate(user, now)
    asked = Asked(user, words, now)
    chosen = [one for one in KINDS if not kind or one.name == kind]
    groups = [Group(one, results.found, results.notice) for one in chosen for results in (one.find(asked),)]
    return [group for group in groups if group.found or group.notice or kind]
