"""The arithmetic of the chain: what an entry hashes to, and what a batch adds to the hash before it."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub.audit.models import AuditEntry

GENESIS = "0" * 64


def canonical(entry: "AuditEntry") -> bytes:
    """The entry as JSON with sorted keys and UTC microseconds: equal on every database."""
    content = {
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(entry.actor_key or ""),
        "action": entry.action,
        "type": entry.object_type,
        "object": entry.object_id,
        "facts": entry.facts,
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def batch_hash(previous: str, number: int, entries: Iterable["AuditEntry"]) -> str:
    """SHA-256 over the previous hash, the batch's number and each entry's own SHA-256, in order of id."""
    digest = hashlib.sha256(f"{previous}:{number}".encode())
    for entry in entries:
        digest.update(hashlib.sha256(canonical(entry)).digest())
    return digest.hexdigest()
