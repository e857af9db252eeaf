"""To a person's own browsers, by Web Push (RFC 8030, 8291, 8292): encrypted, so that the push service reads nothing.

An address is the subscription that the browser gave, as JSON. The key of the hub is derived from SECRET_KEY: every
process has the same, and none is kept. pywebpush is loaded on use.
"""

import json
from base64 import urlsafe_b64encode
from binascii import Error as NotBase64
from contextlib import suppress
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.encryption import derived
from hub.notices.channels.errors import DeliveryError
from hub.notices.channels.webhooks import post_bytes
from hub.notices.channels.words import shortened
from hub.notices.destinations import address_of, tried
from hub.notices.letters import Letter, Message
from hub.notices.models import Destination, Preference
from hub.notices.schedule import open_until
from hub.outbound import check_address
from hub.people.models import User
from hub.people.moments import hours_after
from hub.refusals import Refusal

LONGEST_TITLE, LONGEST_BODY = 120, 300
LONGEST_LABEL, LONGEST_ACTION = (
    40,
    500,
)  # longer addresses do not fit beside the rest; the tip's page has them
LONGEST_SUBSCRIPTION = 4000
HOURS_AT_ONCE = 2  # one that runs, and the next


def private_key() -> ec.EllipticCurvePrivateKey:
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
    number = int.from_bytes(derived(settings.SECRET_KEY, "hub.notices.web_push"))
    return ec.derive_private_key(number % (order - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """What a browser wants to know when it subscribes."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def check(address: str) -> str:
    return check_address(_subscription(address)["endpoint"], settings.WEB_PUSH_HOSTS)


def _subscription(address: str) -> dict[str, Any]:
    unreadable = Refusal("subscription_unreadable", _("This is not what a browser gives to subscribe."))
    if len(address) > LONGEST_SUBSCRIPTION:
        raise unreadable
    try:
        found = json.loads(address)
        endpoint, keys = found["endpoint"], found["keys"]
        subscription = {"endpoint": endpoint, "keys": {"p256dh": keys["p256dh"], "auth": keys["auth"]}}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise unreadable from error
    if not all(isinstance(value, str) for value in (endpoint, keys["p256dh"], keys["auth"])):
        raise unreadable
    return subscription


def deliver(message: Message) -> None:
    """To all of the person's browsers. One that took it is enough, as the others would show it twice if tried again."""
    errors: list[DeliveryError] = []
    taken = 0
    for destination in Destination.objects.working().filter(user=message.user, channel="web_push"):
        try:
            send(destination, message)
            taken += 1
        except DeliveryError as error:
            errors.append(error)
    if taken:
        return
    if not errors:
        raise DeliveryError("no_destination", permanent=True)
    raise next((error for error in errors if error.is_unsure), None) or min(
        errors, key=lambda error: (error.permanent, error.is_untried)
    )


def send(destination: Destination, message: Message) -> None:
    with tried(destination):
        try:
            subscription = _subscription(address_of(destination))
            body = _encrypted(subscription, json.dumps(payload(message.letter)).encode())
        except (Refusal, ValueError, NotBase64) as error:
            raise DeliveryError("subscription_unreadable", permanent=True, is_gone=True) from error
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Urgency": "low",
            "TTL": str(_seconds_of_life(message.user, message.letter.until)),
            **_signature(subscription["endpoint"]),
        }
        post_bytes(subscription["endpoint"], body, headers, hosts=settings.WEB_PUSH_HOSTS)


def _seconds_of_life(user: User, until: datetime | None) -> int:
    """A browser that is off until quiet hours or an hour of learning begin, or until it is of no use, gets it no more.

    0: now or never.
    """
    now = timezone.now()
    with suppress(OverflowError):
        coming = [hour.starts_at for hour in hours_after(user, now, HOURS_AT_ONCE) if hour.starts_at > now]
        ends = min([open_until(now, Preference.of(user).rest), *coming, *([until] if until else [])])
        return max(int((ends - now).total_seconds()), 0)
    return 0


def _encrypted(subscription: dict[str, Any], text: bytes) -> bytes:
    from pywebpush import WebPusher, WebPushException

    try:
        return bytes(WebPusher(subscription).encode(text, content_encoding="aes128gcm")["body"])
    except WebPushException as error:
        raise ValueError("no key of a browser") from error


def _signature(endpoint: str) -> dict[str, str]:
    from py_vapid import Vapid02

    vapid = Vapid02()
    vapid.private_key = private_key()
    parts = urlsplit(endpoint)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return vapid.sign({"aud": f"{parts.scheme}://{parts.netloc}", "sub": f"mailto:{sender}"})


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return payload(letter)


def payload(letter: Letter) -> dict[str, object]:
    """What static/js/push_worker.js shows."""
    body = letter.paragraphs[0] if letter.paragraphs else ""
    body = f"({letter.note}) {body}" if letter.note else body
    actions = []
    if letter.kind == "tip":
        actions.append({"title": _("Why do I see this?"), "address": letter.why_path or "/me/#stored"})
    if letter.action and len(letter.action) <= LONGEST_ACTION:
        label = shortened(letter.action_label, LONGEST_LABEL)
        actions.insert(0, {"title": label, "address": letter.action})
    return {
        "title": shortened(letter.title, LONGEST_TITLE),
        "body": shortened(body, LONGEST_BODY),
        "path": letter.path or "/tips/",
        "actions": actions,
    }
