"""How groups of roles took each tip: counted anew every night, read for drawing."""

import time
from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q

from hub.nudges.bandit import Arm, Posterior
from hub.nudges.models import Nudge, Tip, TipOutcome

COUNTED_FOR = timedelta(days=84)
FEWEST = 30  # showings in a group of roles before it is asked instead of everybody
LASTS_SECONDS = 600.0
MOST = 200

_posteriors: dict[tuple[str, str, date], tuple[float, Posterior]] = {}


@transaction.atomic
def tally(now: datetime) -> int:
    """Replace all counts by those of the last twelve weeks; returns how many rows they are."""
    rows = Nudge.objects.filter(shown_at__gt=now - COUNTED_FOR, tip__is_active=True).order_by()
    answers = {"tried": Nudge.Response.TRIED, "put_aside": Nudge.Response.NOT_FOR_ME}
    counts = {name: Count("pk", filter=Q(response=answer)) for name, answer in answers.items()}
    counts["shown"] = Count("pk")
    outcomes = [
        TipOutcome(role_group="", **row)
        for row in rows.values("tip_id", channel=F("source")).annotate(**counts)
    ]
    by_role = rows.exclude(user__notice_preference__role="").exclude(user__notice_preference=None)
    by_role = by_role.values("tip_id", channel=F("source"), role_group=F("user__notice_preference__role"))
    outcomes += [TipOutcome(**row) for row in by_role.annotate(**counts)]
    TipOutcome.objects.all().delete()
    TipOutcome.objects.bulk_create(outcomes, batch_size=1000)
    forget()
    return len(outcomes)


def posterior_for(role_group: str, channel: str, day: date, tip_ids: Collection[UUID]) -> Posterior:
    """The same for all of a group in one channel on a day; kept in this process for ten minutes. Two queries, or none.

    `tip_ids`: those it has to know.
    """
    key = (role_group, channel, day)
    kept = _posteriors.get(key)
    if kept and time.monotonic() - kept[0] <= LASTS_SECONDS and all(tip_id in kept[1] for tip_id in tip_ids):
        return kept[1]
    if len(_posteriors) >= MOST:
        _posteriors.clear()
    known = {*tip_ids, *Tip.objects.active().values_list("pk", flat=True)}
    posterior = Posterior(_arms(role_group, channel, known), seed=f"{role_group}:{channel}:{day}")
    _posteriors[key] = (time.monotonic(), posterior)
    return posterior


def forget() -> None:
    _posteriors.clear()


def _arms(role_group: str, channel: str, tip_ids: Collection[UUID]) -> list[Arm]:
    counted: dict[tuple[UUID, str], TipOutcome] = {
        (row.tip_id, row.role_group): row
        for row in TipOutcome.objects.filter(channel=channel, role_group__in={"", role_group})
    }
    arms = []
    for tip_id in tip_ids:
        own, all_ = counted.get((tip_id, role_group)), counted.get((tip_id, ""))
        found = own if own and own.shown >= FEWEST else all_
        arms.append(Arm(tip_id, found.shown, found.tried, found.put_aside) if found else Arm(tip_id))
    return arms
