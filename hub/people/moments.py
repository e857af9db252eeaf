"""When a person learns: asked by what must know it and may not know the hours; filled in by them."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from hub.people.models import User


class Hour(NamedTuple):
    """One learning hour of a person, in UTC. `path` is where the hub shows it."""

    starts_at: datetime
    ends_at: datetime
    path: str = ""


# From a person and a moment to the hours that end after it, earliest first, at most as many as asked for.
Hours = Callable[[User, datetime, int], list[Hour]]

# Whether at this moment an hour of anybody runs: one query for all.
Running = Callable[[datetime], bool]

_sources: dict[Hours, Running] = {}


def register_hours(hours: Hours, running: Running = lambda now: True) -> None:
    """Called in an area's `apps.ready()`."""
    _sources[hours] = running


def is_anybody_learning(now: datetime) -> bool:
    return any(running(now) for running in _sources.values())


def hours_after(user: User, now: datetime, most: int = 30) -> list[Hour]:
    """The person's hours that have not ended, the running one included, earliest first."""
    return sorted(hour for source in _sources for hour in source(user, now, most))[:most]


def is_learning(user: User, now: datetime) -> bool:
    """Whether one of the person's hours runs."""
    return any(hour.starts_at <= now for hour in hours_after(user, now, 1))
