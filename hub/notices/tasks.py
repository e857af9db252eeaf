"""Waking a worker for a message, and queueing reminders."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from hub.notices import delivering, reminding
from hub.notices.models import Delivery

MOST_AT_ONCE = 200


@shared_task
def deliver(delivery_id: str) -> None:
    delivering.deliver(UUID(delivery_id))


@shared_task
def plan_reminders() -> int:
    return reminding.plan(timezone.now())


def wake_deliveries(now: datetime) -> int:
    """For the sweep: a task for every message that is due and that nobody is sending."""
    waiting = list(Delivery.objects.due(now).claimable(now).values_list("pk", flat=True)[:MOST_AT_ONCE])
    for delivery_id in waiting:
        deliver.delay(str(delivery_id))
    return len(waiting)
