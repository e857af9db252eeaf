from celery import shared_task

from challenges.sealed.commitments import commit_closed
from challenges.sealed.control import remind


@shared_task
def commit_closed_bets() -> int:
    """Publish the commitment of every bet whose deadline has passed."""
    return commit_closed()


@shared_task
def remind_of_control() -> int:
    """Referees and organisers of bets whose control period is over, once a week until the result is final."""
    return remind()
