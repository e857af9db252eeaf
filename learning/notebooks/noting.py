"""What happens to a note: written, saved from an answer, changed, removed. Only its author sees it."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import one_line
from learning.notebooks.exporting import plain
from learning.notebooks.models import Exchange, Note, Notebook

MOST_NOTES = 500  # in one notebook by one person


class ChangedMeanwhile(Refusal):
    """The note was saved elsewhere; `note` is what stands now."""

    def __init__(self, note: Note) -> None:
        sentence = _("You changed this note elsewhere meanwhile. Compare, then save again.")
        super().__init__("changed_meanwhile", sentence, status=409)
        self.note = note


def _checked(notebook: Notebook, author: User, title: str, body: str) -> tuple[str, str]:
    body = body.replace("\x00", "").replace("\r\n", "\n").strip()[:20_000]
    title = one_line(title)[:200] or one_line(body.partition("\n")[0])[:80]
    if not title:
        raise Refusal("empty_note", _("Write something first."))
    return title, body


def write(*, notebook: Notebook, author: User, title: str = "", body: str = "") -> Note:
    """Raises Refusal for an empty note and for more than MOST_NOTES."""
    title, body = _checked(notebook, author, title, body)
    _refuse_too_many(notebook, author)
    return Note.objects.create(notebook=notebook, author=author, title=title, body=body)


def save_answer(*, exchange: Exchange) -> Note:
    """Keep an answer with its citations; saving it again gives the same note."""
    kept = Note.objects.filter(
        notebook=exchange.notebook_id, author=exchange.asker_id, title=exchange.question[:200]
    )
    for note in kept.filter(answer__isnull=False):
        if note.answer == exchange.answer:
            return note
    _refuse_too_many(exchange.notebook, exchange.asker)
    return Note.objects.create(
        notebook=exchange.notebook,
        author=exchange.asker,
        title=one_line(exchange.question)[:200],
        answer=exchange.answer,
    )


def _refuse_too_many(notebook: Notebook, author: User) -> None:
    if Note.objects.filter(notebook=notebook, author=author).count() >= MOST_NOTES:
        raise Refusal(
            "too_many_notes", _("You have as many notes here as there can be. Remove one."), status=409
        )


def change(*, note: Note, revision: int, title: str, body: str) -> Note:
    """Save it if it still is what was seen. Raises ChangedMeanwhile."""
    title, body = _checked(note.notebook, note.author, title, body)
    changed = Note.objects.filter(pk=note.pk, revision=revision).update(
        title=title, body=body, revision=F("revision") + 1
    )
    note.refresh_from_db()
    if not changed:
        raise ChangedMeanwhile(note)
    return note


def remove(*, note: Note) -> None:
    note.delete()


def as_markdown(notes: list[Note]) -> str:
    """Title, own words as they were written, and of a saved answer its sentences with the titles of their sources."""
    lines: list[str] = []
    for note in notes:
        lines += [f"# {plain(note.title)}", ""]
        if note.body:
            lines += [note.body, ""]
        for sentence in (note.answer or {}).get("sentences", []):
            if sentence["text"]:
                lines.append(
                    f"> {plain(sentence['text'])} " + "".join(f"[{n}]" for n in sentence["citations"])
                )
        cited = [citation for citation in (note.answer or {}).get("citations", []) if citation["quote"]]
        lines += ["", *(f"[{citation['n']}] {plain(citation['title'])}" for citation in cited), ""]
    return "\n".join(lines).strip() + "\n"
