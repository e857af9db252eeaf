"""IANA time zones as the people of this company choose them."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in zone_names():
        raise ValidationError(
            _("“%(name)s” is no time zone. Choose one such as Europe/Berlin."), params={"name": name}
        )


def is_skipped(wall: datetime, at: ZoneInfo) -> bool:
    """Whether the clocks are put forward over this time of day, so that it does not exist there."""
    return wall.replace(tzinfo=at).astimezone(UTC).astimezone(at).replace(tzinfo=None) != wall


def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
