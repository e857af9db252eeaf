"""The pass with which a page may note what a person did with an embedded tip, and do nothing else.

A script of the page can read it, so it names nobody, counts on one origin only, ends after an hour, and ends at
once when the person takes it back, leaves, or the origin is taken off the list. While it is used it is renewed, for a
working day.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from hub.embeds.models import EmbedKey, EmbedOrigin
from hub.people.models import User

LIFETIME = timedelta(hours=1)
LONGEST = timedelta(hours=12)
_signer = Signer(salt="hub.embeds.passes")


@dataclass(frozen=True)
class Pass:
    user: User
    key: UUID
    origin: str
    connected_at: datetime
    ends_at: datetime

    @property
    def token(self) -> str:
        times = [int(moment.timestamp()) for moment in (self.connected_at, self.ends_at)]
        return _signer.sign_object([self.key.hex, self.origin, *times])

    def renewed(self, now: datetime) -> "Pass | None":
        """A later one, once half of its hour is over; None while it is fresh and after a working day."""
        last = self.connected_at + LONGEST
        if self.ends_at - now > LIFETIME / 2 or self.ends_at >= last:
            return None
        return Pass(self.user, self.key, self.origin, self.connected_at, min(now + LIFETIME, last))


def new_pass(*, user: User, origin: str, now: datetime) -> Pass:
    """For an origin on the list. The first one makes the person's key."""
    key, _created = EmbedKey.objects.get_or_create(user=user, defaults={"made_at": now})
    return Pass(user, key.key, origin, now, now + LIFETIME)


def read_pass(token: str, *, origin: str, now: datetime) -> Pass | None:
    """None if it is forged, over, taken back, of somebody who left, or of another origin than the one that sends it."""
    try:
        key_hex, its_origin, connected, ends = _signer.unsign_object(token)
        key_id = UUID(hex=key_hex)
    except (BadSignature, ValueError, TypeError):
        return None
    connected_at, ends_at = (datetime.fromtimestamp(seconds, UTC) for seconds in (connected, ends))
    if its_origin != origin or now >= ends_at or not is_allowed(origin):
        return None
    key = EmbedKey.objects.select_related("user").filter(key=key_id).first()
    if key is None or not key.user.is_active:
        return None
    return Pass(key.user, key.key, origin, connected_at, ends_at)


def is_allowed(origin: str) -> bool:
    return bool(origin) and EmbedOrigin.objects.filter(origin=origin).exists()
