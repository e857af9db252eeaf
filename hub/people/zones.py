"""IANA time zones as the people of this company choose them."""

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


def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
