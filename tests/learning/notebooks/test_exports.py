"""What leaves the hub: Markdown that formats nothing of its own, and packages that Anki reads."""

import json
import sqlite3
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from learning.notebooks import actions, exporting
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, hand_made

DAY = "Beschäftigte in Vollzeit haben in jedem Kalenderjahr Anspruch auf dreißig Arbeitstage Erholungsurlaub."
TRIP = "Eine Dienstreise ist eine vorübergehende Tätigkeit außerhalb der ersten Arbeitsstätte."
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
CARDS = [
    {"kind": "card", "heading": "Wie viele Tage?", "body": "dreißig <b>Tage</b>", "says": DAY},
    {"kind": "card", "heading": "Was ist eine Dienstreise?", "body": TRIP, "says": TRIP},
]


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company", title="Haus [x](http://a) *Regeln*")
    make_source(notebook, text=RULES, title="Regeln")
    return notebook


def opened(package: bytes, folder: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        archive.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


def test_a_package_holds_every_card_with_its_source(notebook: Any, tmp_path: Path) -> None:
    aid = hand_made(notebook, "cards", [dict(card) for card in CARDS])

    base = opened(exporting.as_anki(aid), tmp_path)

    notes = [row[0].split("\x1f") for row in base.execute("select flds from notes order by id")]
    assert [note[0] for note in notes] == [card["heading"] for card in CARDS]
    assert notes[0][1] == "dreißig &lt;b&gt;Tage&lt;/b&gt;"
    assert {note[2] for note in notes} == {"Regeln"}
    assert base.execute("select count(*) from cards").fetchone() == (2,)
    decks = json.loads(base.execute("select decks from col").fetchone()[0])
    assert f"{notebook.title}::{aid.title}" in {deck["name"] for deck in decks.values()}


def test_a_second_export_updates_what_was_learned_instead_of_doubling_it(
    notebook: Any, tmp_path: Path
) -> None:
    aid = hand_made(notebook, "cards", [dict(card) for card in CARDS])
    guids = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        rows = opened(exporting.as_anki(aid), tmp_path / name).execute("select guid from notes order by id")
        guids.append(rows.fetchall())
        aid.items.update(body="anders")

    assert guids[0] == guids[1]


def test_the_same_cards_give_the_same_bytes(notebook: Any) -> None:
    aid = hand_made(notebook, "cards", [dict(card) for card in CARDS])
    with time_machine.travel(NOW, tick=False):
        first = exporting.as_anki(aid)
    assert exporting.as_anki(aid) == first


def test_quizzes_and_terms_can_be_exported_too(notebook: Any, tmp_path: Path) -> None:
    items = [
        {
            "kind": "multiple_choice",
            "heading": "Wie viele?",
            "body": DAY,
            "says": DAY,
            "data": {"options": ["10", "20", "30", "40"], "right": 2},
        },
        {"kind": "cloze", "heading": "____ Tage", "says": DAY, "data": {"answer": "dreißig"}},
    ]
    aid = hand_made(notebook, "quiz", items)

    rows = opened(exporting.as_anki(aid), tmp_path).execute("select flds from notes order by id")
    notes = [row[0].split("\x1f") for row in rows]
    assert notes[0][:2] == ["Wie viele?<br>a) 10<br>b) 20<br>c) 30<br>d) 40", "30"]
    assert notes[1][1] == "dreißig"


def test_markdown_numbers_its_sources_and_lets_no_text_format(notebook: Any) -> None:
    items = [
        {"kind": "section", "heading": "Urlaub & mehr"},
        {"kind": "point", "body": "# Kein Titel [link](http://x) <img src=x>", "says": DAY},
        {"kind": "point", "body": TRIP, "says": TRIP},
    ]
    text = exporting.as_markdown(hand_made(notebook, "guide", items))

    assert "## Urlaub & mehr" in text
    assert r"- \# Kein Titel \[link\](http://x) \<img src=x\> [1]" in text
    assert f"- {TRIP} [1]" in text
    assert "1. Regeln" in text
    assert exporting.plain("1. Punkt ~~weg~~") == r"1\. Punkt \~\~weg\~\~"
    assert exporting.plain("+ mehr") == r"\+ mehr"
    assert r"\[x\](http://a)" in text


def test_what_holds_no_longer_does_not_go_out(notebook: Any, cast: SimpleNamespace, tmp_path: Path) -> None:
    aid = hand_made(notebook, "cards", [dict(card) for card in CARDS])
    actions.remove(source=notebook.sources.get(), user=cast.farid)

    assert "Dienstreise" not in exporting.as_markdown(aid)
    assert opened(exporting.as_anki(aid), tmp_path).execute("select count(*) from notes").fetchone() == (0,)


def test_what_has_no_two_sides_is_no_package(
    notebook: Any, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    aid = hand_made(notebook, "guide", [{"kind": "point", "body": DAY, "says": DAY}])

    assert sign_in(cast.farid).get(f"/notebooks/{notebook.pk}/aids/{aid.pk}/anki/").status_code == 404
    assert (
        api(cast.farid).get(f"/api/v1/notebooks/{notebook.pk}/study-aids/{aid.pk}/anki/").status_code == 404
    )


def test_downloads_are_attachments_under_a_plain_name(
    notebook: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    aid = hand_made(notebook, "cards", [dict(card) for card in CARDS])
    aid.title = 'Karten "1"/..\\ für Ümläute\r\nX: y'
    aid.save()
    for tail in ("markdown/", "anki/"):
        response = sign_in(cast.farid).get(f"/notebooks/{notebook.pk}/aids/{aid.pk}/{tail}")
        disposition = response["Content-Disposition"]
        assert disposition.startswith("attachment; filename*=UTF-8''Karten-1-f%C3%BCr")
        assert "\n" not in disposition
        assert response["X-Content-Type-Options"] == "nosniff"
