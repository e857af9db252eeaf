"""An aid outside the hub: Markdown with its sources, and a package for Anki. Only what holds today goes out."""

import re
import tempfile
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.utils.html import escape
from django.utils.translation import gettext as _

from learning.notebooks.aid_presenting import ShownItem, present
from learning.notebooks.aids.drafts import BLANK
from learning.notebooks.models import StudyAid

SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>#|~"})
# What would begin a list or a rule at the start of a line.
OPENS = re.compile(r"^(\d+)([.)])(?=\s)|^([+\-=])(?=\s|-|=)")
# Anki tells note types apart by these numbers; changing them would double what people have learned.
CARD_MODEL, DECKS_FROM = 1_607_392_319, 1 << 30
ANKI_KINDS = ("cards", "quiz", "terms")  # what has two sides
CSS = ".card { font: 20px/1.5 sans-serif; text-align: center; } .source { color: #777; font-size: 14px; }"


def held_items(aid: StudyAid) -> list[ShownItem]:
    """The items whose passages all answer today."""
    return [item for item in present(aid) if not item.standing]


def as_markdown(aid: StudyAid) -> str:
    """Headings, items and numbered sources; text of documents formats nothing."""
    sources: dict[str, int] = {}
    lines = [f"# {plain(aid.title)}", "", _origin(aid), ""]
    for item in held_items(aid):
        marks = "".join(f"[{_number(sources, quote.title, quote.page)}]" for quote in item.quotes)
        lines += [*_lines_of(item, marks), ""]
    if sources:
        lines += [f"## {_('Sources')}", "", *(f"{n}. {title}" for title, n in sources.items()), ""]
    return "\n".join(lines)


def _origin(aid: StudyAid) -> str:
    made = (
        _("Written by %(model)s from the sources.")
        if aid.mode == "generated"
        else _("Taken from the sources.")
    )
    return f"*{plain(aid.notebook.title)}. {made % {'model': plain(aid.model)}}*"


def plain(text: str) -> str:
    """One line that formats nothing; an address in it may still be made a link by whoever shows it."""
    line = " ".join(text.split()).translate(SPECIAL)
    return OPENS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def _number(sources: dict[str, int], title: str, page: int | None) -> int:
    name = plain(title) + (", " + _("page %(page)s") % {"page": page} if page else "")
    return sources.setdefault(name, len(sources) + 1)


def _lines_of(item: ShownItem, marks: str) -> Sequence[str]:
    heading, body, right = plain(item.heading), plain(item.body), _("Right:")
    match item.kind:
        case "section":
            return [f"{'#' * (item.depth + 2)} {heading}"]
        case "node":
            return [f"{'  ' * item.depth}- {heading}" + (f": {body}" if body else "") + f" {marks}".rstrip()]
        case "point":
            return [f"- {body} {marks}"]
        case "turn":
            return [f"**{heading}:** {body} {marks}".rstrip()]
        case "multiple_choice":
            options = [f"   {chr(97 + n)}) {plain(option)}" for n, option in enumerate(item.data["options"])]
            return [
                f"- **{heading}**",
                *options,
                f"   {right} {chr(97 + item.data['right'])}. {body} {marks}",
            ]
        case "cloze" | "short_answer":
            return [
                f"- **{heading}**",
                f"   {right} {plain(item.data['answer'])}. {body} {marks}".rstrip(),
            ]
        case _:
            return [f"- **{heading}** {body} {marks}".rstrip()]


def as_anki(aid: StudyAid) -> bytes:
    """An `.apkg` file. Its notes keep their identity, so that a later export updates instead of doubling."""
    import genanki

    model = genanki.Model(
        CARD_MODEL,
        "Hatpin",
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Source"}],
        templates=[
            {
                "name": "Hatpin",
                "qfmt": "{{Front}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Back}}<p class="source">{{Source}}</p>',
            }
        ],
        css=CSS,
    )
    deck = genanki.Deck(DECKS_FROM + aid.pk.int % DECKS_FROM, f"{aid.notebook.title}::{aid.title}")
    for item in held_items(aid):
        front, back = _sides(item)
        if front and back:
            fields = [_html(front), _html(back), _html(", ".join(quote.title for quote in item.quotes))]
            deck.add_note(genanki.Note(model=model, fields=fields, guid=genanki.guid_for(str(item.id))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        made_at = (aid.made_at or aid.created_at).timestamp()
        genanki.Package(deck).write_to_file(path, timestamp=made_at)
        return _without_times(path)


def _without_times(path: Path) -> bytes:
    """The same package with no hour of its making in it: the same cards give the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as same:
        for name in made.namelist():
            same.writestr(zipfile.ZipInfo(name), made.read(name))
    return packed.getvalue()


def _sides(item: ShownItem) -> tuple[str, str]:
    match item.kind:
        case "multiple_choice":
            options = "\n".join(f"{chr(97 + n)}) {option}" for n, option in enumerate(item.data["options"]))
            return f"{item.heading}\n{options}", item.data["options"][item.data["right"]]
        case "cloze" | "short_answer":
            return item.heading.replace(BLANK, "_____"), item.data["answer"]
        case _:
            return item.heading, item.body


def _html(text: str) -> str:
    return str(escape(text)).replace("\n", "<br>")


def file_name(aid: StudyAid, extension: str) -> str:
    """Letters, digits and hyphens of the title; the id where nothing is left."""
    words = "".join(character if character.isalnum() else " " for character in aid.title).split()
    return "-".join(words)[:80].strip("-") + extension if words else f"{UUID(str(aid.pk))}{extension}"
