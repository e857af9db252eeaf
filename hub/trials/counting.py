"""Counting a trial by what people were assigned to, whether or not the tip reached them (intention to treat).

Only the person's own word tells that a tip was tried, so that is what is counted, and the page says so. Kept is their
word too: who tried it and, asked on Today two weeks later at the earliest, said before the end that it is in use.
"""

from django.db.models import Count as Counted
from django.db.models import F, Q

from hub.disclosure.figures import NEARLY_NOBODY
from hub.disclosure.gate import decide
from hub.disclosure.suppression import Cell, Table
from hub.nudges.models import Nudge
from hub.trials.effect import Count, Effect, effect_between
from hub.trials.models import TRIED_WITHIN, Arm, Trial, TrialCount

ON_SCREEN = (Nudge.Source.TODAY, Nudge.Source.EMBED)


def count(trial: Trial) -> list[TrialCount]:
    """Both groups, or nothing if the gate lets one of them not be shown. Not saved."""
    groups = _groups(trial)
    if not may_be_shown(groups):
        return []
    return [_count_arm(trial, arm, people=len(groups[arm])) for arm in Arm]


def _groups(trial: Trial) -> dict[str, frozenset[int]]:
    return {
        arm: frozenset(trial.assignments.filter(arm=arm).values_list("user_id", flat=True)) for arm in Arm
    }


def may_be_shown(groups: dict[str, frozenset[int]]) -> bool:
    """Whether the gate would show both groups side by side: each large enough, and together a page."""
    table = Table("arms", tuple(Cell(str(arm), members) for arm, members in groups.items()))
    return len(decide([table]).shown) == len(groups) == len(Arm)


def _count_arm(trial: Trial, arm: Arm, *, people: int) -> TrialCount:
    assigned = trial.assignments.filter(arm=arm).values("user_id")
    rows = Nudge.objects.filter(
        tip=trial.tip_id, shown_at__gte=trial.starts_at, shown_at__lt=trial.counts_until, user__in=assigned
    )
    came = ~Q(source=Nudge.Source.LIBRARY)
    on_screen = Q(source__in=ON_SCREEN) | ~Q(response="")
    in_time = Q(response=Nudge.Response.TRIED, responded_at__lt=F("shown_at") + TRIED_WITHIN)
    found = rows.order_by().aggregate(
        delivered=Counted("user", distinct=True, filter=came),
        seen=Counted("user", distinct=True, filter=came & on_screen),
        tried=Counted("user", distinct=True, filter=in_time),
        kept=Counted("user", distinct=True, filter=in_time & Q(kept=Nudge.Kept.YES)),
    )
    said = {name: sayable(number, people) for name, number in found.items()}
    return TrialCount(trial=trial, arm=arm, people=people, **said)


def sayable(number: int, people: int) -> int:
    """Nearly nobody is kept as two, nearly everybody as all but two: see `bounds`."""
    return min(max(number, NEARLY_NOBODY), people - NEARLY_NOBODY)


def bounds(number: int, people: int) -> tuple[int, int]:
    """Between which the true number lies, of one that was kept."""
    lowest = 0 if number <= NEARLY_NOBODY else number
    return lowest, people if number >= people - NEARLY_NOBODY else number


def effect_of(given: TrialCount, held: TrialCount) -> Effect:
    """From what was kept alone, so that it tells no more than that."""
    return effect_between(_counts(given), _counts(held))


def _counts(kept: TrialCount) -> tuple[Count, Count]:
    lowest, highest = bounds(kept.tried, kept.people)
    return Count(kept.people, lowest), Count(kept.people, highest)
