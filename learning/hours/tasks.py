"""Periodic work of the hours."""

from celery import shared_task

from learning.hours import occurrences


@shared_task
def make_occurrences() -> int:
    """Every running series reaches 26 weeks ahead again."""
    return occurrences.make_all_missing()
