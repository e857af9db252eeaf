"""Waking a worker for a message, and queueing reminders."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from hub.notices import delivering, mailing, reminding
from hub.notices.models import Delivery
from hub.notices.vocabulary import Channel

SWEEP_SECONDS = 20
MOST_AT_ONCE = 1000
MOST_MAILS = 2000  # a sweep
MAILS_AT_ONCE = 50


@shared_task
def deliver(delivery_id: str) -> None:
    delivering.deliver(UUID(delivery_id))


@shared_task
def deliver_mails(delivery_ids: list[str]) -> None:
    mailing.deliver_mails([UUID(delivery_id) for delivery_id in delivery_ids])


@shared_task
def plan_reminders() -> int:
    return reminding.plan(timezone.now())


def wake_deliveries(now: datetime) -> int:
    """For the sweep: mails that are due and that nobody is sending in tasks of many, each of the others in its own.

    What has failed before comes last, so that dead places keep nobody waiting. A task that has not begun when the next
    sweep comes is put up by that one.
    """
    waiting = Delivery.objects.due(now).claimable(now).order_by("failures", "not_before")
    mails = list(waiting.filter(channel=Channel.MAIL).values_list("pk", flat=True)[:MOST_MAILS])
    for start in range(0, len(mails), MAILS_AT_ONCE):
        some = [str(pk) for pk in mails[start : start + MAILS_AT_ONCE]]
        deliver_mails.apply_async([some], expires=SWEEP_SECONDS)
    others = list(waiting.exclude(channel=Channel.MAIL).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for delivery_id in others:
        deliver.apply_async([str(delivery_id)], expires=SWEEP_SECONDS)
    return len(mails) + len(others)
