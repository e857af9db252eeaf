"""Public holidays by country, region and language; what nobody knows has none."""

from datetime import date

from learning.hours.feast_days import MOST_YEARS, feast_day, feast_days_between


def test_holidays_are_those_of_the_region() -> None:
    for corpus_christi in (date(2026, 6, 4), date(2027, 5, 27)):
        assert feast_day("DE", "BW", corpus_christi, "de") == "Fronleichnam"
        assert feast_day("DE", "BE", corpus_christi, "de") is None
        assert feast_day("DE", "", corpus_christi, "de") is None
    assert feast_day("DE", "BY", date(2026, 8, 15), "de") is None  # only in some of its towns
    assert feast_day("DE", "BY", date(2027, 1, 6), "de") == "Heilige Drei Könige"
    assert feast_day("DE", "HE", date(2027, 1, 6), "de") is None
    assert feast_day("GB", "ENG", date(2026, 4, 6), "en") == "Easter Monday"
    assert feast_day("GB", "SCT", date(2026, 4, 6), "en") is None
    assert feast_day("GB", "ENG", date(2027, 8, 30), "en")  # the late summer bank holiday
    assert feast_day("GB", "ENG", date(2027, 12, 27), "en")  # Christmas Day was a Saturday
    assert feast_day("US", "", date(2026, 11, 26), "en").startswith("Thanksgiving")
    assert feast_day("US", "", date(2026, 7, 3), "en")  # Independence Day is a Saturday
    assert feast_day("DE", "BW", date(2026, 11, 27), "de") is None


def test_holidays_are_called_by_the_readers_name_where_there_is_one() -> None:
    unity = date(2026, 10, 3)
    assert feast_day("DE", "BW", unity, "de") == "Tag der Deutschen Einheit"
    assert feast_day("DE", "BW", unity, "en-gb") == "German Unity Day"
    assert feast_day("US", "", date(2026, 12, 25), "de") == "Christmas Day"
    assert feast_day("PL", "", date(2026, 5, 3), "de") != feast_day("PL", "", date(2026, 5, 3), "en")
    assert feast_day("FR", "", date(2026, 7, 14), "de")


def test_unknown_places_have_no_holidays_and_raise_nothing() -> None:
    new_year = date(2027, 1, 1)
    for nowhere in ("", "XX", "de/../", "HolidayBase", "Germany", "🎄"):
        assert feast_day(nowhere, "BW", new_year, "de") is None
    for anywhere in ("ZZ", "DE-ZZ", "Freistaat", "🎄"):
        assert feast_day("DE", anywhere, new_year, "de") == "Neujahr"
    assert feast_day("de", "de-bw", date(2026, 6, 4), "de") == "Fronleichnam"
    assert feast_day("DE", "BW", new_year, "") == "New Year's Day"
    assert feast_day("DE", "BW", date.max, "de") is None


def test_the_holidays_of_a_time_come_in_order_and_not_for_ever() -> None:
    found = feast_days_between("DE", "BW", date(2026, 12, 25), date(2027, 1, 6), "de")
    assert list(found) == [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 1, 6)]
    assert len(feast_days_between("DE", "BW", date(2026, 1, 1), date(2026, 12, 31), "de")) == 12
    assert max(feast_days_between("DE", "", date(2026, 1, 1), date.max, "de")).year == 2026 + MOST_YEARS
    assert feast_days_between("DE", "", date(2027, 1, 1), date(2026, 1, 1), "de") == {}
