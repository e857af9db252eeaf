"""Which tip a page of one's work shows: drawn here, before it is known which of them fit that page.

The page gets a score for each tip and takes the highest of those that fit it alike. With the answer it names
those: their ids say no more of the page than the tip shown there does, and only with them is it known how likely that
tip was.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hub.embeds.rules import embedded_tips
from hub.notices.models import Preference
from hub.nudges.models import Nudge, Tip, local_day
from hub.nudges.outcomes import posterior_for
from hub.nudges.selection import days_since_shown, own_key
from hub.people.models import User

CHANNEL = "embed"
DIGITS = 4


def scores_for(user: User, role: str, now: datetime, resting: set[UUID]) -> dict[str, float]:
    """By tip, without those that rest; the same all day as long as the counts are. Four queries at most."""
    day = local_day(user, now)
    ids = [pk for pk in embedded_tips(day).order_by("pk").values_list("pk", flat=True) if pk not in resting]
    if not ids:
        return {}
    posterior = posterior_for(role, CHANNEL, day, ids)
    found = posterior.scores(ids, key=own_key(user.subject_key, day), days_since=_days_since(user, now))
    return {str(tip_id): round(score, DIGITS) for tip_id, score in found.items()}


def propensity_of(user: User, tip: Tip, rivals: Sequence[UUID], now: datetime) -> float | None:
    """None where the page does not say among which tips it was, or names none that are there."""
    day = local_day(user, now)
    known = set(embedded_tips(day).filter(pk__in=rivals).values_list("pk", flat=True))
    if tip.pk not in known:
        return None
    ids = sorted(known)
    posterior = posterior_for(Preference.of(user).role, CHANNEL, day, ids)
    return posterior.propensity(tip.pk, ids, days_since=_days_since(user, now))


def _days_since(user: User, now: datetime) -> dict[UUID, int]:
    rows = Nudge.objects.visible_to(user).filter(is_recalled=False)
    return days_since_shown([nudge.as_shown(user) for nudge in rows], local_day(user, now))
