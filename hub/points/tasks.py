from celery import shared_task

from hub.points import awarding


@shared_task
def give_missing_badges() -> int:
    return awarding.give_missing()
