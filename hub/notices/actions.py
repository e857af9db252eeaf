"""Telling a person something, once."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from hub.notices.models import Notice
from hub.people.models import User


def notify(
    *, user: User, kind: str, dedupe_key: str, facts: dict[str, object] | None = None, path: str = ""
) -> None:
    """Put a notice into the inbox; the same `dedupe_key` has one effect, however often it is told."""
    Notice.objects.bulk_create(
        [Notice(user=user, kind=kind, dedupe_key=dedupe_key, facts=facts or {}, path=path)],
        ignore_conflicts=True,
    )


def notify_all(
    *,
    user_ids: Iterable[int],
    kind: str,
    dedupe_key: str,
    facts: dict[str, object] | None = None,
    path: str = "",
) -> None:
    """Tell many people the same thing, each once, in as few statements as the database allows."""
    notices = [
        Notice(user_id=pk, kind=kind, dedupe_key=f"{dedupe_key}:{pk}", facts=facts or {}, path=path)
        for pk in user_ids
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=1000)


def mark_read(*, user: User, notice_ids: list[int] | None = None, now: datetime | None = None) -> int:
    """Mark these notices of the person, or all, as read; returns how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=now or timezone.now())
