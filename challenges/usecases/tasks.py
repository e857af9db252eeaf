from celery import shared_task

from challenges.usecases.telling import remind


@shared_task
def remind_of_answers() -> int:
    """Whoever is to answer a proposal soon, or has not yet."""
    return remind()
