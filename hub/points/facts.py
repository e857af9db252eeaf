"""What badges rest on besides the ledger: asked of areas above, which register in `apps.ready()`."""

from collections.abc import Callable, Mapping
from datetime import datetime

from hub.people.models import User

# From a person and a moment to numbers by the name of a fact.
Facts = Callable[[User, datetime], Mapping[str, int]]

_sources: list[Facts] = []


def register(facts: Facts) -> None:
    if facts not in _sources:
        _sources.append(facts)


def facts_of(user: User, now: datetime) -> dict[str, int]:
    return {name: number for source in _sources for name, number in source(user, now).items()}
