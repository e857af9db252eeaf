"""How many people a group has, as it is shown: to the nearest fives up or down by a keyed chance, and never exactly.

The chance is drawn from the group's name and from who belongs to it. So the same group has the same number week after
week, and nothing is gained by reading it often; when one person joins, the number says nothing about that.
"""

import hmac
from collections.abc import Iterable
from hashlib import blake2b, sha256
from uuid import UUID

from django.conf import settings

from hub.encryption import derived

STEP = 5
PURPOSE = "disclosure.people"
SPAN = 2**64
MARK_BYTES = 16


class Rounding:
    """Drawn with a key of the site's own; a new `SECRET_KEY` draws anew for weeks frozen from then on."""

    def __init__(self) -> None:
        self._key = derived(settings.SECRET_KEY, PURPOSE)

    def mark(self, subject_key: UUID) -> int:
        """A number that stands for a person; the sum of a group's stands for its members."""
        digest = blake2b(subject_key.bytes, key=self._key, digest_size=MARK_BYTES)
        return int.from_bytes(digest.digest())

    def shown(self, people: int, identity: Iterable[object], marks: int) -> int:
        """`people` rounded to fives: up as often as it lies near the upper one."""
        rest = people % STEP
        if not rest:
            return people
        text = "|".join(str(part) for part in (*identity, people, marks % 2 ** (8 * MARK_BYTES)))
        drawn = int.from_bytes(hmac.new(self._key, text.encode(), sha256).digest()[:8])
        return people - rest + (STEP if drawn * STEP < rest * SPAN else 0)
