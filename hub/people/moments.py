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

# From one moment to another: when any hour of the company is held in between, as pairs of start and end in UTC.
Spans = Callable[[datetime, datetime], list[tuple[datetime, datetime]]]

_sources: dict[Hours, Spans] = {}


def register_hours(hours: Hours, anywhere: Spans) -> None:
    """Called in an area's `apps.ready()`."""
    _sources[hours] = anywhere


def hours_anywhere(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """When anybody may be learning in [start, end): pairs of UTC, in order, none touching another."""
    merged: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(span for spans in _sources.values() for span in spans(start, end)):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def hours_after(user: User, now: datetime, most: int = 30) -> list[Hour]:
    """The person's hours that have not ended, the running one included, earliest first."""
    return sorted(hour for source in _sources for hour in source(user, now, most))[:most]


def is_learning(user: User, now: datetime) -> bool:
    """Whether one of the person's hours runs."""
    return any(hour.starts_at <= now for hour in hours_after(user, now, 1))
