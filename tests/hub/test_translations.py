"""The German catalogue says everything the source says; a forgotten sentence fails here, without gettext installed."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUE = Path(settings.BASE_DIR) / "hub" / "locale" / "de" / "LC_MESSAGES" / "django.po"
AREAS = ("hub", "learning", "challenges")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# What a sentence is filled with: %(name)s and %s, {name}, and the tags around its words.
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w[^>]*>")

Sentence = tuple[str | None, str]  # context and English text


def texts(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The forms of a message: one, or singular and plural."""
    return (message,) if isinstance(message, str) else tuple(message)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de", domain="django")


@pytest.fixture(scope="module")
def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def python_of(path: Path) -> str:
    """The file as Python; a template becomes its gettext calls in one bracket, where indentation means nothing."""
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".py" else f"(\n{templatize(text, origin=str(path))}\n)"


def sentences_of(path: Path) -> Iterator[Sentence]:
    source = BytesIO(python_of(path).encode())
    for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
        yield from ((context, text) for text in texts(message) if text)


def source_files() -> list[Path]:
    """Every file of the site that may hold a sentence."""
    folders = [Path(settings.BASE_DIR) / area for area in AREAS]
    modules = [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]
    templates = [path for folder in folders for path in folder.rglob("templates/**/*") if path.is_file()]
    return modules + [path for path in templates if path.suffix in {".html", ".txt"}]


def test_every_sentence_has_its_german(messages: list[Message]) -> None:
    silent = [message.id for message in messages if not all(texts(message.string))]
    assert silent == []


def test_no_translation_is_a_guess(messages: list[Message]) -> None:
    assert [message.id for message in messages if message.fuzzy] == []


def test_what_is_filled_in_stays_what_it_is(catalogue: Catalog, messages: list[Message]) -> None:
    assert [(message.id, errors) for message, errors in catalogue.check()] == []
    for message in messages:
        wanted = Counter(BLANK.findall(texts(message.id)[-1]))
        for number, german in enumerate(texts(message.string)):
            # "One thing" may do without its number in both languages.
            allowed = (wanted, Counter(BLANK.findall(texts(message.id)[0]))) if number == 0 else (wanted,)
            assert Counter(BLANK.findall(german)) in allowed, message.id


def test_no_sentence_of_the_source_is_forgotten(messages: list[Message]) -> None:
    known = {(message.context, text) for message in messages for text in texts(message.id)}
    forgotten = {
        f"{path.relative_to(settings.BASE_DIR)}: {text!r}"
        for path in source_files()
        for context, text in sentences_of(path)
        if (context, text) not in known
    }
    assert sorted(forgotten) == [], "run makemessages and translate these"


def test_a_forgotten_sentence_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<p title="it\'s">\n    {% translate "New here" %}\n  {% translate "j F" context "date format" as short %}\n'
        "{% blocktranslate count n=n with name=x.y %}{{ n }} of {{ name }}{% plural %}{{ n }} from {{ name }}"
        "{% endblocktranslate %}{{ _('Inside')|upper }}</p>"
    )
    module = tmp_path / "module.py"
    module.write_text(
        'title = _("Said in Python")\nlate = gettext_lazy("Said later, "\n    "in two lines")\n'
        'many = ngettext_lazy("%(n)s day", "%(n)s days", n)\nday = pgettext_lazy("date format", "l")\n'
    )
    assert set(sentences_of(page)) == {
        (None, "New here"),
        ("date format", "j F"),
        (None, "%(n)s of %(name)s"),
        (None, "%(n)s from %(name)s"),
        (None, "Inside"),
    }
    assert set(sentences_of(module)) == {
        (None, "Said in Python"),
        (None, "Said later, in two lines"),
        (None, "%(n)s day"),
        (None, "%(n)s days"),
        ("date format", "l"),
    }
