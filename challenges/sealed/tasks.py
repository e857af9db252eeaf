from celery import shared_task

from challenges.sealed import opening
from challenges.sealed.commitments import commit_closed
from challenges.sealed.control import remind


@shared_task
def commit_closed_bets() -> int:
    """Publish the commitment of every bet whose deadline has passed."""
    return commit_closed()


@shared_task
def open_seal(opening_id: str) -> bool:
    """The reveal of a large bet."""
    return opening.work(int(opening_id))


@shared_task
def remind_of_control() -> int:
    """Referees and organisers of bets whose control period is over, once a week until the result is final."""
    return remind()
