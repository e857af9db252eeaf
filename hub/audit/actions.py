"""Writing to the audit, sealing what was written, and proving that nothing changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hub.audit.chain import GENESIS, batch_hash
from hub.audit.models import AuditBatch, AuditEntry, AuditLink

BATCH = 1000


def record(
    *,
    actor_key: UUID | None,
    action: str,
    object_type: str = "",
    object_id: object = "",
    facts: dict[str, int | str | bool | list[str]] | None = None,
    at: datetime | None = None,
) -> AuditEntry:
    """One privileged act or look, in the caller's transaction: no act without its entry."""
    return AuditEntry.objects.create(
        at=at or timezone.now(),
        actor_key=actor_key,
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        facts=facts or {},
    )


@dataclass(frozen=True)
class Act:
    """What `record` writes, for many of them at once."""

    actor_key: UUID | None
    action: str
    object_type: str
    object_id: object
    at: datetime


def record_all(acts: Iterable[Act]) -> None:
    """Many acts that happened earlier, in their order and in the caller's transaction."""
    entries = (
        AuditEntry(
            at=act.at,
            actor_key=act.actor_key,
            action=act.action,
            object_type=act.object_type,
            object_id=str(act.object_id),
            facts={},
        )
        for act in acts
    )
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)


@transaction.atomic
def seal_pending(now: datetime | None = None) -> AuditBatch | None:
    """Chain every entry not yet in a batch. Returns None when there is none.

    Two sealers at once meet on the batch's unique number: the second one fails and seals at its next run.
    """
    pending = list(AuditEntry.objects.filter(link=None).order_by("pk"))
    if not pending:
        return None
    last = AuditBatch.objects.order_by("number").last()
    number, previous = (last.number + 1, last.hash) if last else (1, GENESIS)
    batch = AuditBatch.objects.create(
        number=number,
        sealed_at=now or timezone.now(),
        entries=len(pending),
        previous_hash=previous,
        hash=batch_hash(previous, number, pending),
    )
    AuditLink.objects.bulk_create([AuditLink(batch=batch, entry=entry) for entry in pending])
    return batch


@dataclass(frozen=True)
class Verdict:
    batches: int
    entries: int
    pending: int
    head: str
    fault: str = ""

    @property
    def is_intact(self) -> bool:
        return not self.fault


def verify() -> Verdict:
    """Recompute the whole chain. `fault` names the first batch that does not fit, and why.

    Entries written since the last sealing are counted as `pending`: they are not yet protected. Removing
    the newest batches as a whole shows only to somebody who noted an earlier `head`.
    """
    previous, batches, entries, fault = GENESIS, 0, 0, ""
    for expected, batch in enumerate(AuditBatch.objects.order_by("number").iterator(), start=1):
        rows = list(AuditEntry.objects.filter(link__batch=batch).order_by("pk"))
        if batch.number != expected:
            fault = f"batch {expected} is missing"
        elif batch.previous_hash != previous:
            fault = f"batch {batch.number} does not follow the batch before it"
        elif len(rows) != batch.entries:
            fault = f"batch {batch.number} should hold {batch.entries} entries and holds {len(rows)}"
        elif batch_hash(previous, batch.number, rows) != batch.hash:
            fault = f"an entry of batch {batch.number} was changed"
        if fault:
            break
        previous, batches, entries = batch.hash, batches + 1, entries + len(rows)
    pending = AuditEntry.objects.filter(link=None).count()
    return Verdict(batches=batches, entries=entries, pending=pending, head=previous, fault=fault)
