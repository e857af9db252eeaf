"""Who gets a tip and who is held out: pure, from a random salt and a person's opaque key, and from nothing else."""

import hmac
from uuid import UUID

BUCKETS = 1000


def bucket(salt: str, subject_key: UUID) -> int:
    """One of a thousand, the same for a person as long as the salt is."""
    digest = hmac.digest(salt.encode(), subject_key.bytes, "sha256")
    return int.from_bytes(digest[:8]) % BUCKETS


def is_held(salt: str, subject_key: UUID, held_share: float) -> bool:
    return bucket(salt, subject_key) < round(held_share * BUCKETS)
