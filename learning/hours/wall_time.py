"""From what a clock on the wall shows to the moment it means, at every time of the year.

Where clocks are put forward over a time of day, it is moved on by as much as they are (as RFC 5545 says): 02:30
becomes 03:30. Where an hour comes twice, the first one is meant.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def instant(wall: datetime, zone: str) -> datetime:
    """The moment in UTC of a naive wall time."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def shown(wall: datetime, zone: str) -> datetime:
    """What the clock really shows at that moment: the wall time itself, unless it is skipped there."""
    return instant(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def is_repeated(wall: datetime, zone: str) -> bool:
    """Whether the clocks are put back over this time, so that it comes twice."""
    first, second = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    return first.utcoffset() > second.utcoffset()
