"""Nobody forgets the decision day: told a week before, on the day, and every week after it."""

from datetime import date, datetime

from django.utils import timezone

from challenges.pilots.models import Pilot
from hub.notices.actions import notify, notify_all
from hub.people import access
from hub.people.models import User
from hub.people.zones import zone

A_WEEK = 7  # days


def remind(now: datetime) -> int:
    """Tells owners, and where there is none or the pilot is four weeks late, those who can name one. Safe to run at
    any time; returns how many pilots are near their day or past it.
    """
    found = 0
    keepers: set[int] | None = None
    for pilot in Pilot.objects.running().select_related("owner").order_by("pk"):
        today = timezone.localdate(now)
        if pilot.has_owner:
            found += _tell_owner(pilot, timezone.localdate(now, zone(pilot.owner.time_zone)))
        if not pilot.has_owner or pilot.is_stuck(today):
            keepers = _keepers() if keepers is None else keepers
            _tell_keepers(pilot, keepers, today)
            found += not pilot.has_owner
    return found


def _tell_owner(pilot: Pilot, today: date) -> bool:
    days_left = (pilot.due_on - today).days
    if days_left > A_WEEK:
        return False
    if days_left > 0:
        kind, key = "pilot_soon", ""
    elif days_left > -A_WEEK:
        kind, key = "pilot_due", ""
    else:
        kind, key = "pilot_overdue", f":{-days_left // A_WEEK}"
    notify(
        user=pilot.owner,
        kind=kind,
        # A new owner is told anew.
        dedupe_key=f"{kind}:{pilot.pk}:{pilot.owner_id}:{pilot.due_on}{key}",
        facts={"title": pilot.title},
        path=f"/pilots/{pilot.pk}/",
    )
    return True


def _keepers() -> set[int]:
    roles = (access.Role.FACILITATOR, access.Role.ADMINISTRATOR)
    return set(User.objects.active().filter(role_grants__role__in=roles).values_list("pk", flat=True))


def _tell_keepers(pilot: Pilot, keepers: set[int], today: date) -> None:
    kind = "pilot_stuck" if pilot.has_owner else "pilot_ownerless"
    year, week, _day = today.isocalendar()
    notify_all(
        user_ids=keepers,
        kind=kind,
        dedupe_key=f"{kind}:{pilot.pk}:{year}-{week:02}",
        facts={"title": pilot.title},
        path=f"/pilots/{pilot.pk}/",
    )
