"""Awarding badges: at once with the ledger entry that completes one, and once a day whatever else was earned."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from hub.notices.actions import notify
from hub.people.models import User
from hub.points.badges import BADGES, Entry, earned, resting_on
from hub.points.facts import facts_of
from hub.points.models import BadgeAward, PointEntry
from hub.points.rules import RULES

# The daily look goes back this far, so that a week without workers loses nothing.
LOOK_BACK = timedelta(days=15)
BATCH = 500
BEYOND_THE_LEDGER = {badge.slug for badge in BADGES.values() if badge.fact not in RULES}


def check(*, user: User, rule: str, at: datetime) -> None:
    """The badges that the newest entry of this rule completes. One query unless there is one.

    Asks for an exact number: of two entries at the same time both may look past it, which the daily look makes good.
    """
    if badges := resting_on(rule):
        count = PointEntry.objects.of(user).standing(rule)
        give(user, {badge.slug: at for badge in badges if badge.needs == count})


def check_many(*, rule: str, earned: Mapping[User, datetime]) -> None:
    """As `check` for the newest entries of many people, in one query for those who complete nothing."""
    if badges := resting_on(rule):
        counts = PointEntry.objects.standing_of_many(rule, [user.subject_key for user in earned])
        for user, at in earned.items():
            give(user, {badge.slug: at for badge in badges if badge.needs == counts.get(user.subject_key)})


def give(user: User, found: Mapping[str, datetime], *, quietly: bool = False) -> list[BadgeAward]:
    """Note the badges that the person does not have yet; giving one twice, also at once, has one effect."""
    if not found:
        return []
    had = set(BadgeAward.objects.of(user).filter(badge__in=found).values_list("badge", flat=True))
    new = [
        BadgeAward(subject_key=user.subject_key, badge=slug, earned_at=at)
        for slug, at in found.items()
        if slug not in had
    ]
    BadgeAward.objects.bulk_create(new, ignore_conflicts=True)
    for award in [] if quietly else new:
        with override(user.language):
            name = str(BADGES[award.badge].name)
        notify(
            user=user,
            kind="badge_earned",
            dedupe_key=f"badge_earned:{award.badge}:{user.subject_key}",
            facts={"name": name},
            path="/me/#badges",
        )
    return new


def give_missing(*, now: datetime | None = None, everybody: bool = False, quietly: bool = False) -> int:
    """Look at everybody's whole ledger who has a recent entry, or at every ledger; returns how many were given."""
    now = now or timezone.now()
    recent = PointEntry.objects.order_by()
    if not everybody:
        recent = recent.filter(earned_at__gte=now - LOOK_BACK)
    keys = list(recent.values_list("subject_key", flat=True).distinct())
    given = 0
    for start in range(0, len(keys), BATCH):
        people = list(
            User.objects.active()
            .filter(subject_key__in=keys[start : start + BATCH])
            .select_related("team__site")
        )
        own_keys = [person.subject_key for person in people]
        ledgers, had = _ledgers(own_keys), _had(own_keys)
        for person in people:
            have = had[person.subject_key]
            facts = facts_of(person, now) if BEYOND_THE_LEDGER - have else {}
            found = earned(ledgers[person.subject_key], facts, now)
            missing = {slug: at for slug, at in found.items() if slug not in have}
            given += len(give(person, missing, quietly=quietly))
    return given


def _had(keys: list[UUID]) -> dict[UUID, set[str]]:
    had: defaultdict[UUID, set[str]] = defaultdict(set)
    for key, slug in BadgeAward.objects.filter(subject_key__in=keys).values_list("subject_key", "badge"):
        had[key].add(slug)
    return had


def _ledgers(keys: list[UUID]) -> dict[UUID, list[Entry]]:
    ledgers: defaultdict[UUID, list[Entry]] = defaultdict(list)
    rows = PointEntry.objects.filter(subject_key__in=keys).order_by("earned_at", "pk")
    for key, rule, reverses, at in rows.values_list("subject_key", "rule", "reverses_id", "earned_at"):
        ledgers[key].append(Entry(rule, reverses is not None, at))
    return ledgers
