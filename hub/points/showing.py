"""Badges as one person sees them: those earned, newest first, then the others with how they are earned."""

from dataclasses import dataclass
from datetime import datetime

from hub.people.models import User
from hub.points.badges import BADGES, Badge
from hub.points.models import BadgeAward


@dataclass(frozen=True)
class ShownBadge:
    badge: Badge
    earned_at: datetime | None = None


def badges_of(user: User) -> list[ShownBadge]:
    """Every badge. One query."""
    mine = [
        ShownBadge(BADGES[award.badge], award.earned_at)
        for award in BadgeAward.objects.of(user)
        if award.badge in BADGES
    ]
    have = {shown.badge.slug for shown in mine}
    return mine + [ShownBadge(badge) for badge in BADGES.values() if badge.slug not in have]


def newest_badge_of(user: User) -> ShownBadge | None:
    award = BadgeAward.objects.of(user).filter(badge__in=BADGES).first()
    return ShownBadge(BADGES[award.badge], award.earned_at) if award else None
