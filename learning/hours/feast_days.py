"""Public holidays of a country and its region, by name, from the `holidays` library.

An hour on such a day takes place unless somebody cancels it; it is only neutral for those whose site is closed.
Countries and regions nobody knows have no holidays here, and raise nothing.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

MOST_YEARS = 5


def feast_day(country: str, region: str, day: date, language: str) -> str | None:
    """The name of the day's holiday in that language, or in the country's own if there is none."""
    return _year(country.upper(), region.upper(), day.year, language[:2]).get(day)


def feast_days_between(country: str, region: str, first: date, last: date, language: str) -> dict[date, str]:
    """Both days included; looks five years ahead at most."""
    years = range(first.year, min(last.year, first.year + MOST_YEARS) + 1)
    found = (
        item for year in years for item in _year(country.upper(), region.upper(), year, language[:2]).items()
    )
    return {day: name for day, name in sorted(found) if first <= day <= last}


@lru_cache(maxsize=256)
def _year(country: str, region: str, year: int, language: str) -> Mapping[date, str]:
    # The library is large: only who asks for a holiday waits for it.
    import holidays

    regions = _countries().get(country)
    if regions is None:
        return MappingProxyType({})
    region = region.removeprefix(f"{country}-")
    subdivision = next((known for known in regions if known.upper() == region), None)
    spoken = _localised().get(country, [])
    named = holidays.country_holidays(
        country, subdiv=subdivision, years=year, language=_nearest(language, spoken)
    )
    return MappingProxyType(dict(named.items()))


def _nearest(language: str, spoken: list[str]) -> str | None:
    """A language the library has for the country: the wanted one, then English, then the country's own (None)."""
    for wanted in (language, "en"):
        found = [known for known in spoken if known.split("_")[0] == wanted]
        if found:
            return found[0]
    return None


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, list[str]]:
    import holidays

    return holidays.list_supported_countries()


@lru_cache(maxsize=1)
def _localised() -> Mapping[str, list[str]]:
    import holidays

    return holidays.list_localized_countries()
