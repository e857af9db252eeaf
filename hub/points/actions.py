"""Awarding points and taking an award back, each at most once however often it is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.inserting import insert_once
from hub.people.models import User
from hub.points import awarding
from hub.points.models import PointEntry
from hub.points.rules import RULES


@dataclass(frozen=True)
class Award:
    user: User
    rule: str
    source_key: str
    at: datetime

    def as_entry(self) -> PointEntry:
        return PointEntry(
            subject_key=self.user.subject_key,
            rule=self.rule,
            source_key=self.source_key,
            points=RULES[self.rule].points,
            earned_at=self.at,
        )


def award_many(awards: Collection[Award]) -> None:
    """As `award` for each of them, in as many queries as there are rules, not awards."""
    PointEntry.objects.bulk_create([one.as_entry() for one in awards], ignore_conflicts=True)
    for rule in dict.fromkeys(one.rule for one in awards):
        awarding.check(rule=rule, earned={one.user: one.at for one in awards if one.rule == rule})


def award(*, user: User, rule: str, source_key: str, at: datetime | None = None) -> PointEntry | None:
    """Give the rule's points for one source, and a badge they complete. Returns None if it was already counted."""
    entry = Award(user, rule, source_key, at or timezone.now()).as_entry()
    if not insert_once(entry):
        return None
    awarding.check(rule=rule, earned={user: entry.earned_at})
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
