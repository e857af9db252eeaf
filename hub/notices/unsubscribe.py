"""The link that ends one kind of mail without signing in: a random key and a topic, signed."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from hub.notices.models import Delivery, Preference
from hub.people.models import User

_signer = Signer(salt="hub.notices.unsubscribe", sep=".")


def unsubscribe_path(user: User, topic: str) -> str:
    try:
        preference = user.notice_preference
    except Preference.DoesNotExist:
        preference, _created = Preference.objects.get_or_create(user=user)
    token = _signer.sign(f"{preference.mail_key.hex}-{topic}")
    return reverse("notices:unsubscribe", args=[token])


def read_token(token: str) -> tuple[Preference, str] | None:
    """Whose mails of which topic; None if the link is damaged or the person is no longer known."""
    try:
        key, _dash, topic = _signer.unsign(token).partition("-")
        key_id = UUID(hex=key)
    except (BadSignature, ValueError):
        return None
    if topic not in Delivery.Topic.values:
        return None
    preference = Preference.objects.select_related("user").filter(mail_key=key_id).first()
    return (preference, topic) if preference else None
