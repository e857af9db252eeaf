"""Waking a worker for a source or a study aid."""

from datetime import datetime
from uuid import UUID

from celery import shared_task

from learning.notebooks import (
    actions,
    aid_actions,
    embedding,
    indexes,
    making,
    reading,
    recordings,
    versions,
)
from learning.notebooks.models import Source


@shared_task
def read_source(source_id: str) -> None:
    reading.read_source(UUID(source_id))


@shared_task
def purge_removed_sources() -> int:
    indexes.forget_gone()
    aid_actions.purge_removed()
    count = actions.purge_removed()
    recordings.purge()
    return count


@shared_task
def make_aid(aid_id: str) -> None:
    making.make_aid(UUID(aid_id))


@shared_task
def make_recording(recording_id: str) -> None:
    recordings.make_recording(UUID(recording_id))


@shared_task
def embed_source(row_id: int) -> None:
    embedding.embed_source(row_id)


@shared_task
def weigh_notebook(row_id: int) -> None:
    embedding.weigh_notebook(row_id)


def wake_sources(now: datetime) -> int:
    """For the sweep: a task for every source that nobody is reading; versions whose day has come take over."""
    for source in versions.begun(now).defer("text", "pages", "headings"):
        actions.let_begin(source, now)
    waiting = list(Source.objects.present().claimable(now).values_list("pk", flat=True)[:200])
    for source_id in waiting:
        read_source.delay(str(source_id))
    return len(waiting)
