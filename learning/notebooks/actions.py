"""What happens to a notebook and its sources. Reading stands in `reading.py`, asking in `asking.py`."""

import hashlib
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.audit.actions import record
from hub.jobs import send
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import check_size, fingerprint, one_line, plain_name
from learning.notebooks import anchoring, files, page_images, versions
from learning.notebooks.models import AidRecording, Notebook, Source
from learning.notebooks.sharing import take_points_back
from learning.notebooks.withdrawal import scrub
from learning.rag.errors import ReadingError
from learning.rag.readers import EXTENSIONS

TASK = "learning.notebooks.tasks.read_source"
UNDO_FOR = timedelta(hours=24)
# Office files that nobody reads, by the ReadingError that says what to do.
OFFICE_EXTENSIONS = {
    **dict.fromkeys([".docm", ".dotm", ".xlsm", ".xltm", ".pptm", ".potm", ".ppsm"], "macro"),
    **dict.fromkeys([".doc", ".dot", ".xls", ".xlt", ".ppt", ".pot", ".pps"], "old_office"),
}


def wake(source: Source) -> None:
    """Ask a worker to read it once the row is committed; should no broker answer, the sweep will."""
    transaction.on_commit(partial(send, TASK, source.pk))


def _refuse_if_full(notebook: Notebook) -> None:
    if versions.document_count(notebook) >= settings.NOTEBOOK_MAX_SOURCES:
        raise _full()


def _full() -> Refusal:
    sentence = _("This notebook already holds %(limit)s sources, the most it can. Remove one first.")
    return Refusal("notebook_full", str(sentence) % {"limit": settings.NOTEBOOK_MAX_SOURCES}, status=409)


def add_file(*, notebook: Notebook, user: User, file: UploadedFile, title: str = "") -> Source:
    """Keep the file and queue it. Raises Refusal: empty, too large, of a kind nobody reads, or already there."""
    columns = _file_columns(file)
    _refuse_if_full(notebook)
    columns["title"] = (one_line(title) or PurePath(columns["file_name"]).stem)[:200]
    return _add(notebook=notebook, user=user, **columns)


def add_text(*, notebook: Notebook, user: User, title: str, text: str) -> Source:
    columns = _text_columns(text)
    _refuse_if_full(notebook)
    first_line = one_line(columns["text"].splitlines()[0])[:80]
    columns["title"] = one_line(title)[:200] or first_line or str(_("Text"))
    return _add(notebook=notebook, user=user, **columns)


def add_version(
    *,
    source: Source,
    user: User,
    file: UploadedFile | None = None,
    text: str = "",
    title: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Source:
    """Queue a new version of the source's document; until it is read the one before it goes on answering.

    Of two at once both are kept, in one order. Raises Refusal as `add_file` does, or if it was removed.
    """
    columns = _file_columns(file) if file else _text_columns(text)
    return _add(
        notebook=source.notebook,
        user=user,
        replaces=source,
        title=one_line(title)[:200] or source.title,
        owner_id=source.owner_id or source.added_by_id,
        valid_from=valid_from,
        valid_until=valid_until,
        **columns,
    )


def _file_columns(file: UploadedFile) -> dict[str, Any]:
    check_size(file)
    name = plain_name(file.name or "")
    extension = PurePath(name).suffix.lower()
    if extension not in EXTENSIONS:
        error = ReadingError("unknown_format", accepted=", ".join(EXTENSIONS))
        if extension in OFFICE_EXTENSIONS:
            error = ReadingError(OFFICE_EXTENSIONS[extension])
        raise Refusal(error.code, str(error))
    return {"content_sha256": fingerprint(file), "file": file, "file_name": name, "byte_count": file.size}


def _text_columns(text: str) -> dict[str, Any]:
    text = text.strip()
    if not text:
        raise Refusal("empty", _("There is no text yet. Paste some, or upload a file."))
    encoded = text.encode()
    return {
        "content_sha256": hashlib.sha256(encoded).hexdigest(),
        "text": text,
        "byte_count": len(encoded),
    }


def _add(
    *, notebook: Notebook, user: User, content_sha256: str, replaces: Source | None = None, **columns: Any
) -> Source:
    twins = notebook.sources.current().filter(content_sha256=content_sha256)
    existing = twins.first()
    if existing and existing.is_failed and (replaces is None or existing in versions.versions_of(replaces)):
        return retry(source=existing)
    try:
        with transaction.atomic():
            if existing:
                raise IntegrityError
            if replaces:
                columns.update(_place_after(replaces))
            source = Source.objects.create(
                notebook=notebook, added_by=user, content_sha256=content_sha256, **columns
            )
            Notebook.objects.filter(pk=notebook.pk).update(updated_at=timezone.now())
            wake(source)
    except IntegrityError as error:
        sentence = _("This is already in the notebook, as “%(title)s”. Nothing was added twice.")
        raise Refusal("already_there", str(sentence) % {"title": twins.get().title}, status=409) from error
    return source


def _place_after(source: Source) -> dict[str, Any]:
    """The columns of the newest version of the source's document; the lock gives two at once one order."""
    versions.lock(source.notebook_id)
    line = list(versions.versions_of(source))
    present = [version for version in line if version.removed_at is None]
    if not present:
        sentence = _(
            "“%(title)s” was removed in the meantime. Put it back first, or add this as a new source."
        )
        raise Refusal("gone", str(sentence) % {"title": source.title}, status=409)
    return {"replaces": present[-1], "version": line[-1].version + 1}


@transaction.atomic
def retry(*, source: Source) -> Source:
    """Read a failed source once more. Raises Refusal if its file was erased as harmful."""
    if source.error_code == "malware":
        raise Refusal("malware", ReadingError("malware").message, status=409)
    again = Source.objects.filter(pk=source.pk, state=Source.State.FAILED).update(
        state=Source.State.QUEUED,
        is_done=False,
        attempts=0,
        progress=0,
        error_code="",
        error_details={},
        leased_until=None,
        lease_token=None,
    )
    source.refresh_from_db()
    if again:
        wake(source)
    return source


def may_change(source: Source, user: User) -> bool:
    """Whoever may remove it, and whoever answers for it."""
    return source.owner_id == user.pk or source.can_be_removed_by(user)


def cancel(*, source: Source) -> Source:
    """Stop reading it, or waiting for it; does nothing once it is read.

    Taking the lease away makes a worker that is still reading it stop without writing.
    """
    Source.objects.filter(pk=source.pk, is_done=False).update(
        state=Source.State.FAILED,
        error_code="cancelled",
        error_details={},
        progress=0,
        is_done=True,
        leased_until=None,
        lease_token=None,
    )
    source.refresh_from_db()
    return source


@transaction.atomic
def change_source(*, source: Source, by: User) -> Source:
    """Save title, responsible person and validity; whoever changes somebody else's source is recorded."""
    versions.lock(source.notebook_id)
    before = Source.objects.defer("text", "pages", "headings").get(pk=source.pk)
    days = (before.valid_from, before.valid_until) != (source.valid_from, source.valid_until)
    source.save(update_fields=["title", "owner", "valid_from", "valid_until"])
    if days:
        versions.arrange(source)
        _renew_generation(source.notebook_id)
    if by.pk not in (before.added_by_id, before.owner_id):
        record(actor_key=by.subject_key, action="source.changed", object_type="source", object_id=source.pk)
    return source


@transaction.atomic
def change_notebook(*, notebook: Notebook, by: User) -> Notebook:
    """Save changed columns; a change of somebody else's notebook is audited."""
    notebook.save()
    if notebook.owner_id != by.pk:
        record(
            actor_key=by.subject_key,
            action="notebook.changed",
            object_type="notebook",
            object_id=notebook.pk,
            facts={"audience": notebook.audience},
        )
    return notebook


def _renew_generation(notebook_id: object) -> None:
    Notebook.objects.filter(pk=notebook_id).update(generation=F("generation") + 1, updated_at=timezone.now())


@transaction.atomic
def remove(*, source: Source, user: User, now: datetime | None = None) -> None:
    """From this moment on the source answers nothing. It can be put back for a day, then it is erased.

    The current version takes all others of its document along. Taking the lease away makes a worker that
    is still reading one stop without writing.
    """
    versions.lock(source.notebook_id)
    leaving = versions.leaving_with(source)
    if leaving == [source.pk] and source.replaces_id is not None:
        versions.close_gap(source)
    Source.objects.filter(pk__in=leaving, removed_at=None).update(
        removed_at=now or timezone.now(), lease_token=None
    )
    _renew_generation(source.notebook_id)
    if source.added_by_id != user.pk:
        record(actor_key=user.subject_key, action="source.removed", object_type="source", object_id=source.pk)


@transaction.atomic
def put_back(*, source: Source) -> None:
    """Undo `remove`. Raises Refusal if the notebook is full or the same content was added in the meantime."""
    versions.lock(source.notebook_id)
    source.refresh_from_db(fields=["removed_at"])
    line = versions.versions_of(source).filter(removed_at=source.removed_at)
    returning = [version for version in line if version.superseded_at is None]
    clash = Source.objects.current().filter(
        notebook=source.notebook_id, content_sha256__in=[version.content_sha256 for version in returning]
    )
    if clash.exists():
        raise Refusal("already_there", _("The same content was added again in the meantime."), status=409)
    ids = [version.pk for version in line]
    count = versions.document_count(source.notebook)
    Source.objects.filter(pk__in=ids).update(removed_at=None, leased_until=None)
    versions.arrange(source)
    # A version that comes back to a document that is there takes no place of its own.
    if count < versions.document_count(source.notebook) > settings.NOTEBOOK_MAX_SOURCES:
        raise _full()
    _renew_generation(source.notebook_id)
    source.refresh_from_db()
    for version in Source.objects.filter(pk__in=ids, is_done=False).only("pk"):
        wake(version)


@transaction.atomic
def let_begin(source: Source, now: datetime) -> None:
    """The first day of a version has come: it takes over."""
    versions.lock(source.notebook_id)
    versions.arrange(source, now)
    anchoring.follow(source)
    _renew_generation(source.notebook_id)


def purge_removed(now: datetime | None = None) -> int:
    """Erase sources removed longer than a day ago, with their passages and files; returns how many."""
    old = Source.objects.filter(removed_at__lt=(now or timezone.now()) - UNDO_FOR).defer("text")
    count = 0
    for source in old.select_related("added_by").iterator():
        file = source.file
        with transaction.atomic():
            scrub(source)
            take_points_back(source)
            versions.close_gap(source)
            source.delete()
        files.discard(file)
        page_images.forget(source)
        count += 1
    return count


@transaction.atomic
def delete_notebook(*, notebook: Notebook, user: User) -> None:
    """Delete it with all sources, passages and conversations; files go once that is committed."""
    sources = list(notebook.sources.exclude(file="").only("file", "content_sha256"))
    recorded = list(AidRecording.objects.filter(aid__notebook=notebook).exclude(file=""))
    if notebook.owner_id != user.pk:
        record(
            actor_key=user.subject_key,
            action="notebook.deleted",
            object_type="notebook",
            object_id=notebook.pk,
        )
    notebook.delete()
    for source in sources:
        transaction.on_commit(partial(files.discard, source.file))
        transaction.on_commit(partial(page_images.forget, source))
    for recording in recorded:
        transaction.on_commit(partial(recording.file.storage.delete, recording.file.name))
