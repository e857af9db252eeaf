from celery import shared_task

from hub.adoption import snapshot
from hub.adoption.saved import sending


@shared_task
def close_weeks() -> int:
    """Publish what is due, then send what waits for it."""
    weeks = snapshot.close_weeks()
    sending.send_due()
    return len(weeks)
