"""Time zones to choose from, called as the reader's language calls them: the city, and its country."""

import unicodedata
from collections import Counter
from functools import cache, partial
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.people.zones import zone_names


class ZoneField(forms.ChoiceField):
    """A select, searched by typing. It takes every IANA name, and shows each zone once, as it is called now."""

    def __init__(self, *, kept: str = "", **kwargs: Any) -> None:
        super().__init__(label=_("Time zone"), choices=partial(zone_choices, kept), **kwargs)

    def valid_value(self, value: object) -> bool:
        return value in zone_names()


def zone_choices(kept: str = "") -> list[tuple[str, str]]:
    """(IANA name, what the select shows), by what it shows; `kept` is in it even if it is an old name."""
    found = _choices(get_language() or "en")
    if kept and kept not in dict(found):
        return [(kept, kept.replace("_", " ")), *found]
    return list(found)


@cache
def _choices(language: str) -> tuple[tuple[str, str], ...]:
    old, territories = get_global("zone_aliases"), get_global("zone_territories")
    # Etc/GMT+3 and the like are no places; UTC stands for them.
    places = [name for name in zone_names() if not name.startswith("Etc/")]
    present = [name for name in places if name not in old and name in territories]
    called = {name: _called(name, territories[name], language) for name in present} | {"UTC": "UTC"}
    alike = Counter(called.values())
    shown = [
        (name, text if alike[text] == 1 else f"{text}, {name.replace('_', ' ')}")
        for name, text in called.items()
    ]
    return tuple(sorted(shown, key=lambda pair: (_sorted_as(pair[1]), pair[0])))


def _called(name: str, territory: str, language: str) -> str:
    locale = Locale.parse(language, sep="-")
    city = get_timezone_location(name, locale=locale, return_city=True).rpartition("/")[2]
    country = locale.territories.get(territory, "")
    return f"{city} ({country})" if country and country != city else city


def _sorted_as(text: str) -> str:
    """As a phone book does: ä beside a."""
    return "".join(
        one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalnum() or one == " "
    )
