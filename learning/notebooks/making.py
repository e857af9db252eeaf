"""Making a study aid: the work behind a queued row, safe to run twice and to be killed at any point."""

import logging
import time
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from hub.ai import chat as chat_models
from hub.ai.hanging_up import HangUp
from hub.ai.usage import record_use
from hub.jobs import LeaseLost, send
from hub.notices.actions import notify
from learning.notebooks.aids.drafts import AidPassage, ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.kinds import KINDS
from learning.notebooks.asking import ChatAdapter
from learning.notebooks.models import AidItem, ItemQuote, Notebook, Passage, StudyAid, taught_condition

logger = logging.getLogger(__name__)

TASK = "learning.notebooks.tasks.make_aid"
PROGRESS_EVERY_SECONDS = 0.5
MOST_WOKEN = 200  # a sweep


def wake(aid: StudyAid) -> None:
    """Ask a worker to make it once the row is committed; should no broker answer, the sweep will."""
    transaction.on_commit(partial(send, TASK, aid.pk))


def wake_aids(now: datetime) -> int:
    """For the sweep: a task for every aid that nobody is making; returns how many."""
    waiting = list(StudyAid.objects.present().claimable(now).values_list("pk", flat=True)[:MOST_WOKEN])
    for aid_id in waiting:
        send(TASK, aid_id)
    return len(waiting)


def make_aid(aid_id: UUID, *, with_model: bool = True) -> None:
    """Lease the row, make the items, and keep them all at once. Does nothing if somebody else holds it."""
    aid = StudyAid.objects.take(aid_id)
    if aid is None:
        return
    try:
        if aid.is_out_of_attempts:
            _fail(aid, "gave_up")
            return
        aid.renew(state=StudyAid.State.MAKING, progress=0)
        passages = passages_for(aid)
        if not passages:
            _fail(aid, "no_passages")
            return
        with aid.kept(), translation.override(aid.language):
            made = _make(aid, passages, chat_models.get_chat_model() if with_model else None)
        _settle(aid, made, passages)
    except LeaseLost:
        logger.info("aid %s was cancelled or taken over", aid_id)
    except Exception:
        # The row goes back at once; after a few attempts it fails with a sentence of its own.
        logger.exception("making aid %s failed", aid_id)
        aid.release()
        raise


def passages_for(aid: StudyAid) -> list[AidPassage]:
    """What answers today of the chosen sources, by source and in reading order.

    Nothing once its maker may no longer read the notebook.
    """
    if not Notebook.objects.visible_to(aid.made_by).filter(pk=aid.notebook_id).exists():
        return []
    rows = Passage.objects.filter(taught_condition("source__"), source__notebook=aid.notebook_id)
    if aid.sources:
        rows = rows.filter(source__in=aid.sources)
    names = ("pk", "source_id", "source__title", "text", "start", "end", "page", "heading_path", "language")
    rows = rows.order_by("source__created_at", "source__title", "source", "start")
    return [AidPassage(*row) for row in rows.values_list(*names)]


def _make(aid: StudyAid, passages: Sequence[AidPassage], model: chat_models.ChatModel | None) -> Made:
    material = Material(title=aid.notebook.title, language=aid.language, passages=passages)
    made = KINDS[aid.kind].make(
        material,
        Wish(length=aid.length),
        chat=ChatAdapter(model, HangUp()) if model else None,
        tick=_tick_of(aid),
    )
    failed = bool(model) and made.mode != "generated"
    record_use(system="hatpin-study-aids", purpose=aid.kind, model=made.model or made.mode, failed=failed)
    return made


def _tick_of(aid: StudyAid) -> Tick:
    """Writes how far it is, now and then; this is also where a worker learns that it was cancelled."""
    written = time.monotonic()

    def tick(percent: int) -> None:
        nonlocal written
        if time.monotonic() - written > PROGRESS_EVERY_SECONDS:
            aid.renew(progress=max(0, min(99, percent)))
            written = time.monotonic()

    return tick


@transaction.atomic
def _settle(aid: StudyAid, made: Made, passages: Collection[AidPassage]) -> None:
    """Keep what still stands: an item on a passage that was withdrawn in the meantime is left out."""
    by_id = {passage.id: passage for passage in passages}
    still = Passage.objects.filter(taught_condition("source__"), pk__in=by_id).select_for_update(of=("self",))
    there = set(still.values_list("pk", flat=True))
    items = [item for item in made.items if all(quote.passage in there for quote in item.quotes)]
    if not any(item.quotes for item in items):
        aid.finish(state=StudyAid.State.FAILED, error_code="nothing_found", progress=0)
        return
    aid.items.all().delete()
    keep(aid, items, by_id)
    aid.finish(
        state=StudyAid.State.READY,
        progress=100,
        error_code="",
        mode=made.mode,
        model=made.model[:100],
        discarded=made.discarded,
        notice=made.notice[:300],
        made_at=timezone.now(),
    )
    Notebook.objects.filter(pk=aid.notebook_id).update(updated_at=timezone.now())


def keep(aid: StudyAid, drafts: Sequence[ItemDraft], passages: dict[int, AidPassage]) -> None:
    """Write the items and their quotes; three queries, however many there are."""
    items = [
        AidItem(
            aid=aid,
            position=position,
            kind=draft.kind,
            heading=draft.heading[:1000],
            body=draft.body[:4000],
            depth=draft.depth,
            data=dict(draft.data),
            is_cited=bool(draft.quotes),
        )
        for position, draft in enumerate(drafts)
    ]
    AidItem.objects.bulk_create(items, batch_size=500)
    quotes = []
    for item, draft in zip(items, drafts, strict=True):
        for quote in dict.fromkeys(draft.quotes):
            passage = passages[quote.passage]
            quotes.append(
                ItemQuote(
                    item=item,
                    source_id=passage.source_id,
                    passage_id=passage.id,
                    start=quote.start,
                    end=quote.end,
                    text=passage.text[quote.start - passage.start : quote.end - passage.start],
                )
            )
    ItemQuote.objects.bulk_create(quotes, batch_size=500)


def _fail(aid: StudyAid, code: str) -> None:
    try:
        aid.finish(state=StudyAid.State.FAILED, error_code=code, progress=0)
    except LeaseLost:
        logger.info("aid %s was cancelled or taken over", aid.pk)
        return
    notify(
        user=aid.made_by,
        kind="aid_failed",
        dedupe_key=f"aid_failed:{aid.pk}:{aid.attempts}",
        facts={"title": aid.title},
        path=f"/notebooks/{aid.notebook_id}/#studio",
    )
