"""Ending trials that have run their time."""

from celery import shared_task
from django.utils import timezone

from hub.trials import actions


@shared_task
def end_due_trials() -> int:
    return actions.end_due(timezone.now())
