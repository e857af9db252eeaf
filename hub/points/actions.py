"""Awarding points and taking an award back, each at most once however often it is asked."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.people.models import User
from hub.points import awarding
from hub.points.models import PointEntry
from hub.points.rules import RULES


def award(*, user: User, rule: str, source_key: str, at: datetime | None = None) -> PointEntry | None:
    """Give the rule's points for one source, and a badge they complete. Returns None if it was already counted."""
    try:
        with transaction.atomic():
            entry = PointEntry.objects.create(
                subject_key=user.subject_key,
                rule=rule,
                source_key=source_key,
                points=RULES[rule].points,
                earned_at=at or timezone.now(),
            )
    except IntegrityError:
        return None
    awarding.check(user=user, rule=rule, at=entry.earned_at)
    return entry


def reverse(*, source_key: str, at: datetime | None = None) -> PointEntry | None:
    """Add the opposite of an award. Returns None if it was reversed before. Raises PointEntry.DoesNotExist."""
    entry = PointEntry.objects.get(source_key=source_key)
    try:
        with transaction.atomic():
            return PointEntry.objects.create(
                subject_key=entry.subject_key,
                rule=entry.rule,
                source_key=f"reverse:{source_key}"[:120],
                points=-entry.points,
                earned_at=at or timezone.now(),
                reverses=entry,
            )
    except IntegrityError:
        return None
