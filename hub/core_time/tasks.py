from celery import shared_task
from django.utils import timezone

from hub.core_time import publishing


@shared_task
def publish_due() -> int:
    """Measurements whose two weeks are over."""
    return len(publishing.publish_due(timezone.now()))
