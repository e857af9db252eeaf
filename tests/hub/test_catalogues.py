"""Translations are compiled without gettext, and a broken one stops it."""

import gettext
from pathlib import Path

import pytest

from hub.catalogues import BrokenCatalogue, compile_catalogues

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
GOOD = """
msgid "Hour"
msgstr "Stunde"

#, python-format
msgid "%(count)d person"
msgid_plural "%(count)d people"
msgstr[0] "%(count)d Person"
msgstr[1] "%(count)d Personen"

#, fuzzy
msgid "Session"
msgstr "Sitzung"

msgid "Streak"
msgstr ""
"""
BROKEN = """
#, python-format
msgid "Hello %(name)s"
msgstr "Hallo %(nam)s"
"""


def catalogue(folder: Path, language: str, text: str) -> Path:
    source = folder / language / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(HEADER + text)
    return source


def test_translations_arrive_and_unsure_ones_do_not(tmp_path: Path) -> None:
    catalogue(tmp_path, "de", GOOD)
    (written,) = compile_catalogues(tmp_path)
    with written.open("rb") as file:
        german = gettext.GNUTranslations(file)
    assert german.gettext("Hour") == "Stunde"
    assert german.ngettext("%(count)d person", "%(count)d people", 2) == "%(count)d Personen"
    assert german.gettext("Session") == "Session"
    assert german.gettext("Streak") == "Streak"


def test_a_broken_translation_stops_all_of_them(tmp_path: Path) -> None:
    broken = catalogue(tmp_path, "de", BROKEN)
    catalogue(tmp_path, "en", GOOD)
    with pytest.raises(BrokenCatalogue, match=rf"{broken}:\d+: .*nam"):
        compile_catalogues(tmp_path)
    assert not list(tmp_path.rglob("*.mo*"))
