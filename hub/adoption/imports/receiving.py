"""Receiving xAPI statements from a learning platform: of each, the person's week and whether a course was completed.

The statement itself is not kept, nor in which course it was. Who is not known here, or belongs to another company than
the key, is counted and dropped.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.adoption.imports.statements import Statement
from hub.adoption.imports.taking import entities_of, may_import
from hub.adoption.models import CourseWeek, ReceivedStatement, StatementKey
from hub.audit.actions import record
from hub.disclosure.weeks import monday_of
from hub.people.models import LegalEntity, User
from hub.refusals import Refusal

MOST_KEYS = 20  # of a company, not revoked
MOST_STATEMENTS = 500  # in one request
IDS_KEPT = timedelta(days=400)
OLDEST = timedelta(days=2 * 365)


@transaction.atomic
def make_key(
    *, name: str, entity: LegalEntity, by: User, now: datetime | None = None
) -> tuple[StatementKey, str]:
    """The key and its secret, which is told this once. Raises Refusal (409) for too many."""
    if not may_import(by) or entity not in entities_of(by):
        raise PermissionDenied
    if StatementKey.objects.filter(entity=entity, revoked_at=None).count() >= MOST_KEYS:
        raise Refusal(
            "too_many_keys", _("This company has twenty keys already. Revoke one first."), status=409
        )
    secret = secrets.token_urlsafe(32)
    key = StatementKey.objects.create(
        name=name, entity=entity, secret_sha256=_hashed(secret), made_by=by, made_at=now or timezone.now()
    )
    record(
        actor_key=by.subject_key, action="statements.key_made", object_type="statement_key", object_id=key.pk
    )
    return key, secret


@transaction.atomic
def revoke_key(*, key: StatementKey, by: User, now: datetime | None = None) -> None:
    """At once, and again without effect."""
    if not may_import(by) or key.entity not in entities_of(by):
        raise PermissionDenied
    if StatementKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now or timezone.now()):
        record(
            actor_key=by.subject_key,
            action="statements.key_revoked",
            object_type="statement_key",
            object_id=key.pk,
        )


def _hashed(secret: str) -> str:
    """The secret has 256 random bits: no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_with(key_id: str, secret: str) -> StatementKey | None:
    """None for a key that is not there, is revoked, or has another secret."""
    try:
        key = StatementKey.objects.filter(pk=UUID(key_id), revoked_at=None).first()
    except ValueError:
        return None
    is_right = hmac.compare_digest(key.secret_sha256 if key else "", _hashed(secret))
    return key if is_right else None


@transaction.atomic
def receive(*, key: StatementKey, statements: Sequence[Statement], now: datetime | None = None) -> list[UUID]:
    """Count each once; returns their ids in order. All or none.

    Raises Refusal: an id twice in one request (400), or known with another content (409).
    """
    now = now or timezone.now()
    ids = [statement.id or uuid4() for statement in statements]
    if len(set(ids)) < len(ids):
        raise Refusal("id_twice", _("Two statements of this request have the same id."), status=400)
    StatementKey.objects.select_for_update().get(pk=key.pk)
    known = dict(
        ReceivedStatement.objects.filter(key=key, statement_id__in=ids).values_list("statement_id", "digest")
    )
    fresh = []
    for number, statement in zip(ids, statements, strict=True):
        if number not in known:
            fresh.append((number, statement))
        elif known[number] != statement.digest:
            sentence = _(
                "There is a statement with the id %(id)s and another content. Nothing was taken over."
            )
            raise Refusal("conflict", sentence % {"id": number}, status=409)
    day = timezone.localdate(now)
    ReceivedStatement.objects.bulk_create(
        ReceivedStatement(key=key, statement_id=number, digest=statement.digest, received_on=day)
        for number, statement in fresh
    )
    unknown = _keep_weeks(key, [statement for _number, statement in fresh], now)
    counted = StatementKey.objects.filter(pk=key.pk)
    counted.update(received=F("received") + len(fresh), unknown=F("unknown") + unknown)
    return ids


def _keep_weeks(key: StatementKey, statements: Sequence[Statement], now: datetime) -> int:
    """Returns how many were of nobody known. What is voided stays: which week it was in is not kept by statement."""
    people = User.objects.active().filter(team__legal_entity=key.entity_id)
    people = people.filter(email__in={statement.account for statement in statements if statement.account})
    keys = dict(people.values_list("email", "subject_key"))
    unknown, weeks = 0, set()
    for statement in statements:
        at = statement.at or now
        if statement.is_voiding or at < now - OLDEST:
            continue
        if statement.account not in keys:
            unknown += 1
            continue
        kind = CourseWeek.Kind.COMPLETED if statement.is_completed else CourseWeek.Kind.EXPERIENCED
        weeks.add((monday_of(at), keys[statement.account], kind))
    rows = [CourseWeek(monday=monday, subject_key=person, kind=kind) for monday, person, kind in weeks]
    CourseWeek.objects.bulk_create(rows, ignore_conflicts=True)
    return unknown


def forget_old_ids(now: datetime) -> None:
    """An id that came more than IDS_KEPT ago would count again."""
    ReceivedStatement.objects.filter(received_on__lt=timezone.localdate(now - IDS_KEPT)).delete()
