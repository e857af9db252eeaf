"""Reading a source: the work behind a queued row, safe to run twice and to be killed at any point."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hub import malware
from hub.audit.actions import record
from hub.jobs import MAX_ATTEMPTS, LeaseLost
from hub.notices.actions import notify
from learning.notebooks import anchoring, embedding, versions
from learning.notebooks.models import Notebook, Passage, Source
from learning.notebooks.sharing import give_points
from learning.rag.errors import ReadingError
from learning.rag.languages import detect
from learning.rag.reading import Reading
from learning.rag.splitting import Draft, split

logger = logging.getLogger(__name__)

PROGRESS_EVERY_SECONDS = 0.5
SCANNER_PAUSE = timedelta(minutes=5)  # before the scanner is asked again, longer after each attempt


def read_source(source_id: UUID) -> None:
    """Lease, read, split, and swap the passages in at once. Does nothing if somebody else holds the row."""
    source = Source.objects.take(source_id)
    if source is None:
        return
    try:
        if source.is_out_of_attempts:
            _fail(source, source.error_code or "gave_up")
            return
        source.renew(state=Source.State.READING, progress=0, error_code="")
        with source.kept():
            _scan(source)
            reading = _read(source)
            source.renew(state=Source.State.INDEXING, progress=0)
            drafts = split(reading, progress=_progress_of(source))
        _settle(source, reading, drafts)
    except malware.ScannerUnavailable as error:
        logger.warning("the scanner gave no verdict on source %s: %s", source_id, error)
        _ask_scanner_again(source)
    except ReadingError as error:
        _fail(source, error.code, error.details)
    except LeaseLost:
        logger.info("source %s was cancelled or taken over", source_id)
    except Exception:
        # The row goes back at once; after a few attempts it fails with a sentence of its own.
        logger.exception("reading source %s failed", source_id)
        source.release()
        raise


def _scan(source: Source) -> None:
    """Before any parser opens the file. What is found is erased at once."""
    if not source.file:
        return
    try:
        found = malware.scan(Path(source.file.path))
    except malware.ScanLimit as error:
        raise ReadingError("scan_limit") from error
    if found:
        _erase(source, found)
        raise ReadingError("malware")


@transaction.atomic
def _erase(source: Source, found: str) -> None:
    storage, name = source.file.storage, source.file.name
    source.renew(file="")
    record(
        actor_key=None,
        action="source.malware",
        object_type="source",
        object_id=source.pk,
        facts={"found": found[:100]},
    )
    transaction.on_commit(partial(storage.delete, name))


def _ask_scanner_again(source: Source) -> None:
    if source.attempts >= MAX_ATTEMPTS:
        _fail(source, "scanner_unavailable")
        return
    try:
        source.renew(state=Source.State.QUEUED, error_code="scanner_unavailable")
    except LeaseLost:
        return
    Source.objects.filter(pk=source.pk, lease_token=source.lease_token).update(
        leased_until=timezone.now() + SCANNER_PAUSE * source.attempts, lease_token=None
    )


def _read(source: Source) -> Reading:
    from learning.rag.readers import read, read_text

    if not source.file:
        return read_text(source.text, title=source.title, max_words=settings.SOURCE_MAX_WORDS)
    return read(
        Path(source.file.path),
        name=source.file_name,
        max_words=settings.SOURCE_MAX_WORDS,
        progress=_progress_of(source),
    )


def _progress_of(source: Source) -> Callable[[int, int], None]:
    """Writes how far the stage is, now and then; this is also where a worker learns that it was cancelled."""
    written = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal written
        if time.monotonic() - written > PROGRESS_EVERY_SECONDS:
            source.renew(progress=min(99, 100 * done // max(total, 1)))
            written = time.monotonic()

    return progress


@transaction.atomic
def _settle(source: Source, reading: Reading, drafts: list[Draft]) -> None:
    versions.lock(source.notebook_id)
    source.passages.all().delete()
    source.vectors.all().delete()
    Passage.objects.bulk_create(
        [
            Passage(
                source=source,
                start=draft.start,
                end=draft.end,
                page=draft.page,
                heading_path=draft.heading_path[:400],
                language=draft.language,
                content_hash=draft.content_hash,
                text=reading.text[draft.start : draft.end],
            )
            for draft in drafts
        ],
        batch_size=500,
    )
    source.finish(
        state=Source.State.READY,
        progress=100,
        error_code="",
        format=reading.format,
        language=detect(reading.text[:20_000]),
        text=reading.text,
        pages=[[page.number, page.start, page.end] for page in reading.pages],
        headings=[[heading.level, heading.title[:200], heading.start] for heading in reading.headings],
        word_count=len(reading.text.split()),
        read_at=timezone.now(),
    )
    give_points(source)
    embedding.wake_for(source)
    versions.arrange(source)
    anchoring.follow(source)
    Notebook.objects.filter(pk=source.notebook_id).update(
        generation=F("generation") + 1, updated_at=timezone.now()
    )


def _fail(source: Source, code: str, details: dict[str, str | int] | None = None) -> None:
    try:
        source.finish(state=Source.State.FAILED, error_code=code, error_details=details or {}, progress=0)
    except LeaseLost:
        logger.info("source %s was cancelled or taken over", source.pk)
        return
    notify(
        user=source.added_by,
        kind="source_failed",
        dedupe_key=f"source_failed:{source.pk}:{source.attempts}",
        facts={"title": source.title},
        path=f"/notebooks/{source.notebook_id}/",
    )
