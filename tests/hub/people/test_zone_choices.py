"""Time zones under the names of the reader's language; every old name is still taken."""

from typing import Any

import pytest
from django.utils import translation

from hub.people.zone_choices import ZoneField, zone_choices
from hub.people.zones import zone_names


@pytest.mark.parametrize(
    ("language", "named"),
    [
        (
            "de",
            {
                "Europe/Berlin": "Berlin (Deutschland)",
                "Asia/Tokyo": "Tokio (Japan)",
                "Europe/Lisbon": "Lissabon (Portugal)",
                "America/Indiana/Indianapolis": "Indianapolis (Vereinigte Staaten)",
                "Asia/Singapore": "Singapur",
                "UTC": "UTC",
            },
        ),
        (
            "en",
            {
                "Europe/Berlin": "Berlin (Germany)",
                "Asia/Tokyo": "Tokyo (Japan)",
                "Europe/Zurich": "Zurich (Switzerland)",
            },
        ),
    ],
)
def test_they_are_called_as_the_language_calls_them(language: str, named: dict[str, str]) -> None:
    with translation.override(language):
        choices = zone_choices()
    assert named.items() <= dict(choices).items()
    shown = [text for _name, text in choices]
    assert len(set(shown)) == len(shown) > 350, "no two are called alike"
    assert {name for name, _text in choices} <= zone_names()
    cities = [text.split(" ")[0] for text in shown if text.startswith(("Ber", "Zag", "Zür", "Zur"))]
    assert cities[0] == "Berlin", "sorted by what is shown"


def test_accents_stand_with_their_letters() -> None:
    with translation.override("de"):
        shown = [text for _name, text in zone_choices()]
    assert shown.index("Zürich (Schweiz)") == len(shown) - 1
    assert shown.index("São Paulo (Brasilien)") < shown.index("Seoul (Südkorea)")


@pytest.mark.parametrize("language", ["de", "en"])
def test_only_places_and_utc_are_offered(language: str) -> None:
    with translation.override(language):
        choices = zone_choices()
        kept = zone_choices("Etc/GMT-1")
    assert not [name for name, _text in choices if name.startswith("Etc/")]
    assert [text for _name, text in choices if "UTC" in text or "GMT" in text] == ["UTC"]
    assert not [text for _name, text in choices if "Unbekannt" in text or "Unknown" in text]
    assert kept[0] == ("Etc/GMT-1", "Etc/GMT-1"), "one that somebody has stays"


def test_an_old_name_is_kept_and_taken() -> None:
    field = ZoneField(kept="Asia/Calcutta")
    assert ("Asia/Calcutta", "Asia/Calcutta") in list(field.choices)
    assert "Asia/Calcutta" not in dict(zone_choices())
    for name in ("Asia/Calcutta", "Asia/Kolkata", "Etc/GMT+3", "Europe/Berlin"):
        assert field.clean(name) == name
    assert not field.valid_value("Europe/Ladenburg")


def test_preferences_show_them_in_both_languages(sign_in: Any, cast: Any) -> None:
    emma = sign_in(cast.emma)
    page = (
        emma.get("/me/preferences/") if emma.get("/me/preferences/").status_code == 200 else emma.get("/me/")
    )
    assert '<option value="Europe/Berlin" selected>Berlin (Deutschland)</option>' in page.content.decode()
    cast.emma.language = "en"
    cast.emma.save()
    emma.cookies.clear()
    english = sign_in(cast.emma).get(page.request["PATH_INFO"], headers={"Accept-Language": "en"})
    assert '<option value="Europe/Berlin" selected>Berlin (Germany)</option>' in english.content.decode()
