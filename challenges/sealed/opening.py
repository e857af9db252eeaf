"""Opening a seal: at once where that is quick, else by a worker, and the page says so.

Publishing costs 0.4 ms a claim, in one transaction: nobody waits for more than some thousands of them. The row is the
queue: a worker that dies leaves the bet sealed, and another one begins anew.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim
from challenges.sealed.counting import count
from challenges.sealed.models import Opening
from challenges.sealed.revealing import reveal
from hub.jobs import LeaseLost, send
from hub.people.models import User

AT_ONCE = 5000  # verified claims: about two seconds
TASK = "challenges.sealed.tasks.open_seal"
MOST_WOKEN = 20


@transaction.atomic
def open_seal(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Challenge:
    """`revealing.reveal`, or ask a worker for it; the bet is being revealed until then. Repeating it changes nothing.

    Raises Refusal as `count` does.
    """
    now = now or timezone.now()
    challenge = count(challenge=challenge, referee=referee, now=now)
    if challenge.is_revealed:
        return challenge
    if all_claims(challenge).filter(state=Claim.State.VERIFIED).order_by().count() <= AT_ONCE:
        return reveal(challenge=challenge, referee=referee, now=now)
    defaults = {"asked_by": referee, "asked_at": now}
    row, _is_new = Opening.objects.get_or_create(challenge=challenge, defaults=defaults)
    challenge.status = Challenge.Status.REVEALING
    challenge.save(update_fields=["status"])
    transaction.on_commit(lambda: send(TASK, row.pk))
    return challenge


def is_opening(challenge: Challenge) -> bool:
    """Whether a worker has it, or will."""
    return Opening.objects.filter(challenge=challenge, is_done=False).exists()


def work(opening_id: int) -> bool:
    """What the worker does; False where another one has it, or it is done."""
    row = Opening.objects.take(opening_id)
    if row is None:
        return False
    referee = row.asked_by or row.challenge.organiser
    try:
        with row.kept():
            reveal(challenge=row.challenge, referee=referee)
        row.finish()
    except LeaseLost:
        return False
    except BaseException:
        row.release()
        raise
    return True


def wake_openings(now: datetime) -> int:
    """For the sweep: a task for every seal that is to be opened and that nobody opens; returns how many."""
    waiting = list(Opening.objects.claimable(now).values_list("pk", flat=True)[:MOST_WOKEN])
    for opening_id in waiting:
        send(TASK, opening_id)
    return len(waiting)
