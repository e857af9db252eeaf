"""On which days a tip is left for a person: what the preview of the next one asks."""

from collections.abc import Callable
from datetime import date, datetime

from hub.notices.models import Preference
from hub.nudges.interests import is_of_interest
from hub.nudges.models import Dismissal, Nudge, Tip
from hub.nudges.selection import is_any_left
from hub.nudges.withheld import withheld_from
from hub.people.models import User


def openings(user: User, now: datetime) -> Callable[[date], bool]:
    """For any day to come, as things stand now; five queries, and none more however many days are asked about."""
    preference, withheld = Preference.of(user), withheld_from([user.pk], now).get(user.pk, set())
    tips = [
        tip
        for tip in Tip.objects.in_use().only("pk", "area", "roles", "valid_from", "valid_until")
        if tip.pk not in withheld and is_of_interest(tip, preference)
    ]
    shown = [nudge.as_shown(user) for nudge in Nudge.objects.visible_to(user).filter(is_recalled=False)]
    dismissed = Dismissal.objects.tip_ids_of(user)

    def is_any_on(day: date) -> bool:
        return is_any_left([tip.pk for tip in tips if tip.is_valid_on(day)], shown, dismissed, day=day)

    return is_any_on
