"""Posting the points of an hour: when everybody presses at nine, the ledger follows behind the answers.

An attendance that is not posted is its own queue. A task posts a whole batch and locks its rows as long as that
takes; whatever a worker that died left undone, the sweep finds. Every entry's key keeps it from being made twice.
"""

import time
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from hub.jobs import send
from hub.notices import silence
from hub.points.actions import Award, award_many
from learning.hours.comebacks import award_comebacks
from learning.hours.models import Attendance

TASK = "learning.hours.tasks.post_points"
BATCH = 500
# Long enough that at nine a few large batches do it, which would else take a quarter of the rush's time.
AFTER_SECONDS = 2.5
MOST_KNOWN = 200
# The sweep leaves alone what a task is about to post.
OVERDUE = timedelta(seconds=10)

_woken: dict[UUID, float] = {}


def wake(session_id: UUID) -> None:
    """Have the hour's points posted in `AFTER_SECONDS`. One task in that time and process is enough for everybody."""
    now = time.monotonic()
    if now - _woken.get(session_id, -AFTER_SECONDS) < AFTER_SECONDS:
        return
    if len(_woken) > MOST_KNOWN:
        _woken.clear()
    _woken[session_id] = now
    send(TASK, session_id, after_seconds=AFTER_SECONDS)


def wake_unposted(now: datetime) -> int:
    waiting = Attendance.objects.filter(is_posted=False, checked_in_at__lt=now - OVERDUE)
    sessions = list(waiting.order_by().values_list("session_id", flat=True).distinct())
    for session_id in sessions:
        send(TASK, session_id)
    return len(sessions)


def post(session_id: UUID) -> int:
    """Award what the hour's attendances are worth, until none is left; returns how many there were."""
    posted = 0
    while count := _post_batch(session_id):
        posted += count
    return posted


def _post_batch(session_id: UUID) -> int:
    with transaction.atomic():
        rows = list(
            Attendance.objects.filter(session_id=session_id, is_posted=False)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("session", "user__team__site")
            .order_by("pk")[:BATCH]
        )
        award_many([award for row in rows for award in _awards(row)])
        award_comebacks(rows)
        silence.have_followed([row.user_id for row in rows])
        Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(is_posted=True)
    return len(rows)


def _awards(row: Attendance) -> Collection[Award]:
    session, user, at = row.session, row.user, row.checked_in_at
    awards = [Award(user, "attended", f"attended:{session.pk}:{user.subject_key}", at)]
    if user.pk == (session.deputy_id or session.facilitator_id):
        awards.append(Award(user, "facilitated", f"facilitated:{session.pk}", at))
    return awards
