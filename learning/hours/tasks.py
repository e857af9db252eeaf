"""Periodic work of the hours, and waking a worker for an invitation."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from learning.hours import inviting, mailing, occurrences, recalls
from learning.hours.models import Invitation

MOST_AT_ONCE = 200


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


def wake_invitations(now: datetime) -> int:
    """For the sweep: a task for every invitation that is due and that nobody is sending."""
    waiting = Invitation.objects.claimable(now).order_by("created_at").values_list("pk", flat=True)
    found = list(waiting[:MOST_AT_ONCE])
    for invitation_id in found:
        send_invitation.delay(str(invitation_id))
    return len(found)


@shared_task
def make_recalls() -> int:
    """Recall quizzes for whoever attended an hour lately, and those that were finished are done."""
    recalls.settle()
    return recalls.make_missing(timezone.now())
