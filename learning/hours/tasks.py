"""Periodic work of the hours, and sending an invitation."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from learning.hours import inviting, mailing, occurrences, posting, recalls


@shared_task
def make_occurrences() -> int:
    """Every running series reaches 26 weeks ahead again."""
    return occurrences.make_all_missing()


@shared_task
def top_up_invitations() -> int:
    """Whoever wants invitations has those of five weeks; whoever is no longer invited loses theirs."""
    return inviting.top_up()


@shared_task
def send_invitation(invitation_id: str) -> None:
    mailing.deliver(UUID(invitation_id))


@shared_task
def post_points(session_id: str) -> int:
    return posting.post(UUID(session_id))


@shared_task
def make_recalls() -> int:
    """Recall quizzes for whoever attended an hour lately, and those that were finished are done."""
    recalls.settle()
    return recalls.make_missing(timezone.now())
