"""Periodic work of the hours."""

from celery import shared_task
from django.utils import timezone

from learning.hours import occurrences, recalls


@shared_task
def make_occurrences() -> int:
    """Every running series reaches 26 weeks ahead again."""
    return occurrences.make_all_missing()


@shared_task
def make_recalls() -> int:
    """Recall quizzes for whoever attended an hour lately, and those that were finished are done."""
    recalls.settle()
    return recalls.make_missing(timezone.now())
