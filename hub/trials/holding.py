"""Which tips running trials hold back from people: what `hub.nudges.withheld` asks."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hub.trials.models import Arm, Trial, TrialAssignment


def on_trial(now: datetime) -> set[UUID]:
    """Tips that somebody waits for."""
    running = Trial.objects.filter(status=Trial.Status.RUNNING, withheld_until__gt=now)
    return set(running.values_list("tip_id", flat=True))


def held_back(user_ids: Collection[int], now: datetime) -> dict[int, set[UUID]]:
    """By user id; one query. In a waiting list nothing is held back in the second half."""
    rows = TrialAssignment.objects.filter(
        user__in=user_ids, arm=Arm.HELD, trial__status=Trial.Status.RUNNING, trial__withheld_until__gt=now
    )
    held: defaultdict[int, set[UUID]] = defaultdict(set)
    for user_id, tip_id in rows.values_list("user_id", "trial__tip_id"):
        held[user_id].add(tip_id)
    return held
