"""What people are told of lanes in which they work alone; rules: `consent.py`."""

from datetime import datetime

from django.utils import timezone

from challenges.processes.models import Lane
from hub.notices.actions import notify
from hub.notices.models import Notice
from hub.people.models import User


def ask(lane: Lane, *, why: str = "") -> None:
    """Tell the named person, once a day at most: who said no is not asked again by saving the page anew. Whoever came
    `back`, or whose answer ended since, is.
    """
    notify(
        user=lane.person,
        kind="lane_asked",
        dedupe_key=f"lane_asked:{lane.pk}:{lane.person_id}:{timezone.localdate()}{why or _ended(lane)}",
        facts={"who": str(lane.process.owner), "title": lane.process.title},
        path="/processes/my-work/",
    )


def tell_several(lane: Lane, person: User) -> None:
    """Whoever was named as the only one hears that the owner says now that several work there: nobody asks any more."""
    notify(
        user=person,
        kind="lane_several",
        dedupe_key=f"lane_several:{lane.pk}:{person.pk}:{timezone.localdate()}",
        facts={"who": str(lane.process.owner), "title": lane.process.title},
        path=f"/processes/{lane.process_id}/",
    )


def tell_asked_anew(lane: Lane, answered_at: datetime | None) -> None:
    """Once for each yes that ended."""
    notify(
        user=lane.person,
        kind="lane_asked_anew",
        dedupe_key=f"lane_asked:{lane.pk}:{lane.person_id}:{answered_at and answered_at.isoformat()}",
        facts={"title": lane.process.title},
        path="/processes/my-work/",
    )


def tell_ended(lane: Lane, person: User) -> None:
    """Whoever was named hears that nobody asks any more, and that a yes ended with that."""
    notify(
        user=person,
        kind="lane_ended",
        dedupe_key=f"lane_ended:{lane.pk}:{person.pk}:{timezone.now().isoformat()}",
        facts={"who": str(lane.process.owner), "title": lane.process.title},
        path="/processes/my-work/",
    )


def _ended(lane: Lane) -> str:
    """How often a question to this person ended already; empty where it never did."""
    ended = Notice.objects.filter(user=lane.person_id, dedupe_key__startswith=f"lane_ended:{lane.pk}:")
    count = ended.count()
    return f":{count}" if count else ""
