from celery import shared_task
from django.utils import timezone

from challenges.pilots import reminding


@shared_task
def remind_of_decisions() -> int:
    """Owners of pilots whose decision day is near or past."""
    return reminding.remind(timezone.now())
