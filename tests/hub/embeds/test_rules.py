"""The public rule file: the same for everybody, with nobody in it, and read by listed pages only."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hub.embeds.models import EmbedOrigin
from hub.nudges.models import TipText
from tests.factories import make_session, make_tip

PAGE = "https://crm.example.com"
PATTERN = f"{PAGE}/offers/*"


@pytest.fixture
def _listed(db: None) -> None:
    EmbedOrigin.objects.create(origin=PAGE)


def get(lang: str = "de", **headers: str) -> Any:
    return Client().get(f"/embed/rules.json?lang={lang}", headers=headers)


@pytest.mark.usefixtures("_listed")
def test_tips_in_use_that_fit_a_page_are_in_it_and_no_person(cast: Any) -> None:
    tip = make_tip("Lies gegen", pages=[PATTERN], author=cast.farid, link="https://chat.example.com/")
    make_tip("Ohne Seite")
    make_tip("Nicht in Gebrauch", pages=[PATTERN], is_active=False)
    today = timezone.localdate()
    make_tip("Noch nicht", pages=[PATTERN], valid_from=today + timedelta(days=2))
    make_tip("Vorbei", pages=[PATTERN], valid_until=today - timedelta(days=2))
    body = get().json()
    assert body["tips"] == [
        {
            "id": str(tip.pk),
            "title": "Lies gegen",
            "body": "Wozu es gut ist.",
            "steps": ["Erst dies.", "Dann das."],
            "language": "de",
            "minutes": 2,
            "link": "https://chat.example.com/",
            "patterns": [PATTERN],
        }
    ]
    assert "farid" not in get().content.decode().casefold()


@pytest.mark.usefixtures("_listed")
def test_without_a_translation_the_other_language_is_named() -> None:
    tip = make_tip("Nur deutsch", pages=[PATTERN], languages=("de",))
    rule = get("en").json()["tips"][0]
    assert (rule["title"], rule["language"]) == ("Nur deutsch", "de")
    TipText.objects.create(tip=tip, language="en", title="In English", body="b")
    assert get("en").json()["tips"][0]["title"] == "In English"
    assert get("xx").json()["language"] == "de"


@pytest.mark.usefixtures("_listed")
def test_it_may_be_kept_and_is_asked_again_by_its_tag() -> None:
    make_tip(pages=[PATTERN])
    first = get(Origin=PAGE)
    assert first["Cache-Control"] == "public, max-age=300"
    assert not first.cookies
    again = get(Origin=PAGE, If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == PAGE
    make_tip(pages=[PATTERN])
    assert get(If_None_Match=first["ETag"]).status_code == 200


@pytest.mark.usefixtures("_listed")
def test_whoever_is_signed_in_gets_the_same(sign_in: Any, cast: Any) -> None:
    make_tip(pages=[PATTERN])
    cast.emma.language = "en"
    cast.emma.save()
    assert sign_in(cast.emma).get("/embed/rules.json?lang=de").content == get().content


@pytest.mark.usefixtures("_listed")
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://crm.example.com", "https://crm.example.com.evil.example", "null", "*"],
)
@pytest.mark.parametrize("path", ["rules.json", "may-show/", "answer/"])
def test_a_strangers_page_gets_no_word_about_origins(origin: str, path: str) -> None:
    client = Client(headers={"Origin": origin})
    for answer in (
        client.get(f"/embed/{path}"),
        client.options(f"/embed/{path}", headers={"Access-Control-Request-Method": "POST"}),
    ):
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
        assert "Origin" in answer["Vary"]


@pytest.mark.usefixtures("_listed")
@pytest.mark.parametrize(
    ("path", "method"), [("rules.json", "GET"), ("may-show/", "GET"), ("answer/", "POST")]
)
def test_a_listed_page_is_named_and_cookies_are_never_allowed(path: str, method: str) -> None:
    client = Client(headers={"Origin": PAGE})
    asked = client.options(f"/embed/{path}", headers={"Access-Control-Request-Method": method})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == method
    for answer in (asked, client.get(f"/embed/{path}")):
        assert answer["Access-Control-Allow-Origin"] == PAGE
        assert "Origin" in answer["Vary"]
        assert not answer.has_header("Access-Control-Allow-Credentials")


@pytest.mark.usefixtures("_listed")
def test_it_says_when_hours_are_held_and_not_whose(cast: Any) -> None:
    day = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=2)
    make_session(cast.farid, starts_at=day, minutes=60, team=cast.farid.team, title="Nur wir")
    make_session(cast.emma, starts_at=day + timedelta(minutes=30), minutes=60)
    make_session(cast.emma, starts_at=day + timedelta(hours=4), minutes=30)
    make_session(cast.emma, starts_at=day + timedelta(hours=8), minutes=30, status="cancelled")
    make_session(cast.emma, starts_at=day + timedelta(days=20), minutes=30)
    hours = get().json()["hours"]

    def at(**later: int) -> str:
        return f"{day + timedelta(**later):%Y-%m-%dT%H:%M:%SZ}"

    assert hours["held"] == [[at(), at(minutes=90)], [at(hours=4), at(hours=4, minutes=30)]]
    assert hours["until"] > at(days=12)
    assert "Nur wir" not in get().content.decode()
