"""Tokens for programs: shown once, kept as hashes, always with an end."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from knox.models import get_token_model

from hub.audit.actions import record
from hub.people.models import User
from hub.refusals import Refusal

LIFETIME = timedelta(days=90)
MOST = 20


def create_token(*, user: User) -> str:
    """A new token of this person, valid for ninety days. Only its hash is kept."""
    tokens = get_token_model().objects
    if tokens.filter(user=user).count() >= MOST:
        raise Refusal("too_many_tokens", _("You already have twenty tokens. Delete one first."), status=409)
    _instance, token = tokens.create(user=user, expiry=LIFETIME)
    record(actor_key=user.subject_key, action="token.created", object_type="token")
    return token


def delete_token(*, user: User, digest_start: str) -> bool:
    """Delete the person's token whose hash begins so. Returns whether there was one."""
    deleted, _by_model = get_token_model().objects.filter(user=user, digest__startswith=digest_start).delete()
    if deleted:
        record(actor_key=user.subject_key, action="token.deleted", object_type="token")
    return bool(deleted)
