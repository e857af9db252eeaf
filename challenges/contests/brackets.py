"""Brackets: who is compared with whom. Small processes would otherwise have nothing to win against large ones."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Entry

SMALL, MEDIUM = 10, 25  # steps at the start, at most

NAMES = {
    "small": _("processes of up to 10 steps"),
    "medium": _("processes of 11 to 25 steps"),
    "large": _("processes of more than 25 steps"),
}


def _size(entry: Entry) -> str:
    if entry.baseline_steps <= SMALL:
        return "small"
    return "medium" if entry.baseline_steps <= MEDIUM else "large"


def _entity(entry: Entry) -> str:
    team = entry.contestant.team
    return team.legal_entity.name if team else ""


STRATEGIES: dict[str, Callable[[Entry], str]] = {
    "none": lambda _entry: "",
    "size": _size,
    "entity": _entity,
}


def bracket_title(bracket: str) -> str:
    """In the language active now; the name of a legal entity is its own."""
    return str(NAMES.get(bracket, bracket))
