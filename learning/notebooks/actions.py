"""What happens to a notebook and its sources. Reading stands in `reading.py`, asking in `asking.py`."""

import hashlib
import logging
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath

from celery import current_app
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError

from hub.audit.actions import record
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import check_size, fingerprint, plain_name
from learning.notebooks.models import Notebook, Source
from learning.notebooks.sharing import take_points_back
from learning.notebooks.withdrawal import scrub
from learning.rag.errors import ReadingError
from learning.rag.readers import EXTENSIONS

logger = logging.getLogger(__name__)

UNDO_FOR = timedelta(hours=24)


def wake(source: Source) -> None:
    """Ask a worker to read it once the row is committed; should no broker answer, the sweep will."""
    transaction.on_commit(partial(_send, str(source.pk)))


def _send(source_id: str) -> None:
    try:
        current_app.send_task("learning.notebooks.tasks.read_source", [source_id], retry=False)
    except OperationalError:
        logger.warning("no broker took the task; the sweep will wake a worker for source %s", source_id)


def _refuse_if_full(notebook: Notebook) -> None:
    if notebook.sources.present().count() >= settings.NOTEBOOK_MAX_SOURCES:
        sentence = _("This notebook already holds %(limit)s sources, the most it can. Remove one first.")
        raise Refusal("notebook_full", str(sentence) % {"limit": settings.NOTEBOOK_MAX_SOURCES}, status=409)


def add_file(*, notebook: Notebook, user: User, file: UploadedFile, title: str = "") -> Source:
    """Keep the file and queue it. Raises Refusal: empty, too large, of a kind nobody reads, or already there."""
    check_size(file)
    name = plain_name(file.name or "")
    if PurePath(name).suffix.lower() not in EXTENSIONS:
        error = ReadingError("unknown_format", accepted=", ".join(EXTENSIONS))
        raise Refusal(error.code, str(error))
    _refuse_if_full(notebook)
    return _add(
        notebook=notebook,
        user=user,
        content_sha256=fingerprint(file),
        title=(title or PurePath(name).stem)[:200],
        file=file,
        file_name=name,
        byte_count=file.size,
    )


def add_text(*, notebook: Notebook, user: User, title: str, text: str) -> Source:
    text = text.strip()
    if not text:
        raise Refusal("empty", _("There is no text yet. Paste some, or upload a file."))
    _refuse_if_full(notebook)
    encoded = text.encode()
    return _add(
        notebook=notebook,
        user=user,
        content_sha256=hashlib.sha256(encoded).hexdigest(),
        title=title.strip()[:200] or text.splitlines()[0][:80],
        text=text,
        byte_count=len(encoded),
    )


def _add(*, notebook: Notebook, user: User, content_sha256: str, **columns: object) -> Source:
    existing = notebook.sources.present().filter(content_sha256=content_sha256).first()
    if existing and existing.is_failed:
        return retry(source=existing)
    try:
        with transaction.atomic():
            if existing:
                raise IntegrityError
            source = Source.objects.create(
                notebook=notebook, added_by=user, content_sha256=content_sha256, **columns
            )
            Notebook.objects.filter(pk=notebook.pk).update(updated_at=timezone.now())
            wake(source)
    except IntegrityError as error:
        twin = notebook.sources.present().get(content_sha256=content_sha256)
        sentence = _("This is already in the notebook, as “%(title)s”. Nothing was added twice.")
        raise Refusal("already_there", str(sentence) % {"title": twin.title}, status=409) from error
    return source


@transaction.atomic
def retry(*, source: Source) -> Source:
    """Read a failed source once more."""
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

    Taking the lease away makes a worker that is still reading it stop without writing.
    """
    Source.objects.filter(pk=source.pk, removed_at=None).update(
        removed_at=now or timezone.now(), lease_token=None
    )
    _renew_generation(source.notebook_id)
    if source.added_by_id != user.pk:
        record(actor_key=user.subject_key, action="source.removed", object_type="source", object_id=source.pk)


@transaction.atomic
def put_back(*, source: Source) -> None:
    """Undo `remove`. Raises Refusal if the same content was added again in the meantime."""
    clash = Source.objects.present().filter(notebook=source.notebook_id, content_sha256=source.content_sha256)
    if clash.exists():
        raise Refusal("already_there", _("The same content was added again in the meantime."), status=409)
    Source.objects.filter(pk=source.pk).update(removed_at=None, leased_until=None)
    _renew_generation(source.notebook_id)
    source.refresh_from_db()
    if not source.is_done:
        wake(source)


def purge_removed(now: datetime | None = None) -> int:
    """Erase sources removed longer than a day ago, with their passages and files; returns how many."""
    old = Source.objects.filter(removed_at__lt=(now or timezone.now()) - UNDO_FOR).defer("text")
    count = 0
    for source in old.select_related("added_by").iterator():
        file = source.file
        with transaction.atomic():
            scrub(source)
            take_points_back(source)
            source.delete()
        if file:
            file.delete(save=False)
        count += 1
    return count


@transaction.atomic
def delete_notebook(*, notebook: Notebook, user: User) -> None:
    """Delete it with all sources, passages and conversations; files go once that is committed."""
    files = [source.file for source in notebook.sources.exclude(file="").only("file")]
    if notebook.owner_id != user.pk:
        record(
            actor_key=user.subject_key,
            action="notebook.deleted",
            object_type="notebook",
            object_id=notebook.pk,
        )
    notebook.delete()
    for file in files:
        transaction.on_commit(lambda file=file: file.delete(save=False))
