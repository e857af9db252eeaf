from celery import shared_task

from challenges.usecases.answering import reopen_not_taken_further
from challenges.usecases.telling import remind


@shared_task
def remind_of_answers() -> int:
    """Whoever is to answer a proposal soon, has not yet, or took it no further."""
    reopen_not_taken_further()
    return remind()
