"""Awarding badges: at once with the ledger entry that completes one, and once a day whatever else was earned."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from hub.notices.actions import notify_all
from hub.people.models import User
from hub.points.badges import BADGES, Entry, earned, resting_on
from hub.points.facts import facts_of
from hub.points.models import BadgeAward, PointEntry
from hub.points.rules import RULES

# The daily look goes back this far, so that a week without workers loses nothing.
LOOK_BACK = timedelta(days=15)
BATCH = 500
BEYOND_THE_LEDGER = {badge.slug for badge in BADGES.values() if badge.fact not in RULES}


def check(*, rule: str, earned: Mapping[User, datetime]) -> None:
    """The badges that people's newest entries of this rule complete. One query unless there is one.

    Asks for an exact number: of two entries at the same time both may look past it, which the daily look makes good.
    """
    if badges := resting_on(rule):
        counts = PointEntry.objects.standing_of(rule, [user.subject_key for user in earned])
        give(
            {
                user: {badge.slug: at for badge in badges if badge.needs == counts.get(user.subject_key)}
                for user, at in earned.items()
            }
        )


def give(found: Mapping[User, Mapping[str, datetime]], *, quietly: bool = False) -> int:
    """Note the badges people do not have yet; giving one twice, also at once, has one effect. Returns how many."""
    wanted = [(user, slug, at) for user, badges in found.items() for slug, at in badges.items()]
    if not wanted:
        return 0
    had = _had([user.subject_key for user, _slug, _at in wanted])
    new = [(user, slug, at) for user, slug, at in wanted if slug not in had[user.subject_key]]
    BadgeAward.objects.bulk_create(
        [BadgeAward(subject_key=user.subject_key, badge=slug, earned_at=at) for user, slug, at in new],
        ignore_conflicts=True,
    )
    if not quietly:
        _tell(new)
    return len(new)


def _tell(new: Collection[tuple[User, str, datetime]]) -> None:
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for user, slug, _at in new:
        alike[user.language, slug].append(user.pk)
    for (language, slug), user_ids in alike.items():
        with override(language):
            name = str(BADGES[slug].name)
        notify_all(
            user_ids=user_ids,
            kind="badge_earned",
            dedupe_key=f"badge_earned:{slug}",
            facts={"name": name},
            path="/me/#badges",
        )


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
        found = {}
        for person in people:
            is_complete = had[person.subject_key] >= BEYOND_THE_LEDGER
            facts = {} if is_complete else facts_of(person, now)
            found[person] = earned(ledgers[person.subject_key], facts, now)
        given += give(found, quietly=quietly)
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
