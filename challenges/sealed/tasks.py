from celery import shared_task

from challenges.sealed.commitments import commit_closed


@shared_task
def commit_closed_bets() -> int:
    """Publish the commitment of every bet whose deadline has passed."""
    return commit_closed()
