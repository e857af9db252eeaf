"""A revealed bet and who took part in it, read once a second at most however many people look at once.

What this process changes itself shows at once; what another changed, such as a claim taken back, after a second.
Nothing sealed is ever kept: only bets that are revealed are.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from challenges.contests.models import Challenge, Entry, Partaking

LASTS_SECONDS = 1.0
MOST = 50


@dataclass(frozen=True)
class Published:
    """`entries` holds the entries in which a person took part, by the person's id. Shared by threads: only read it."""

    challenge: Challenge
    entries: Mapping[int, tuple[UUID, ...]]
    read_at: float


_published: dict[UUID, Published] = {}


def published(challenge_id: UUID) -> Published | None:
    """None where the bet is not revealed, or is not there: whether the person may see it is then still to be asked.

    Whoever is signed in may see a revealed one (`ChallengeQuerySet.visible_to`).
    """
    known = _published.get(challenge_id)
    if known is not None and time.monotonic() - known.read_at <= LASTS_SECONDS:
        return known
    read_at = time.monotonic()
    challenge = Challenge.objects.filter(pk=challenge_id).select_related("organiser").first()
    if challenge is None or not challenge.is_revealed:
        return None
    is_same = known is not None and known.challenge.published_at == challenge.published_at
    entries = known.entries if is_same else _entries_of(challenge)
    if len(_published) >= MOST:
        _published.clear()
    found = _published[challenge_id] = Published(challenge, entries, read_at)
    return found


def _entries_of(challenge: Challenge) -> Mapping[int, tuple[UUID, ...]]:
    """Two queries."""
    found: defaultdict[int, tuple[UUID, ...]] = defaultdict(tuple)
    members = Partaking.objects.filter(challenge=challenge, part=Partaking.Part.MEMBER)
    for rows in (
        Entry.objects.filter(challenge=challenge).values_list("contestant_id", "pk"),
        members.values_list("user_id", "entry_id"),
    ):
        for person, entry in rows:
            if entry not in found[person]:
                found[person] += (entry,)
    return dict(found)


def forget(instance: Challenge, **_signal: Any) -> None:
    _published.pop(instance.pk, None)
