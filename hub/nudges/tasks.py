"""Queueing the tips that people asked for."""

from celery import shared_task
from django.utils import timezone

from hub.nudges import planner


@shared_task
def plan_tips() -> int:
    return planner.plan(timezone.now())
