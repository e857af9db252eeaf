from celery import shared_task

from hub.audit import actions


@shared_task
def seal_audit() -> None:
    actions.seal_pending()
