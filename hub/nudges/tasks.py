"""Queueing the tips that people asked for."""

from celery import shared_task
from django.utils import timezone

from hub.nudges import forgetting, outcomes, planner, reviews


@shared_task
def plan_tips() -> int:
    return planner.plan(timezone.now())


@shared_task
def tell_reviews() -> int:
    return reviews.tell(timezone.now())


@shared_task
def forget_gone_tips() -> int:
    return forgetting.forget(timezone.now())


@shared_task
def tally_outcomes() -> int:
    """How groups of roles took each tip: read when one is drawn."""
    return outcomes.tally(timezone.now())
