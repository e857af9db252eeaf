"""What the product shows of groups of people outside the gate, as an attacker notes it: exact, and of whom.

He is in every room, reads every board, standing and pulse, and knows whoever agreed to be shown by name.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from challenges.contests.models import PublishedClaim, PublishedElimination
from challenges.contests.models.claim import Change
from hub.adoption.models.pulse import PulseFigure, Question
from hub.disclosure.weeks import bounds
from hub.people.models import User
from learning.hours.models import Attendance, LabDone, LeaderConsent, StudySession


@dataclass(frozen=True)
class Noted:
    """So many of these people did it: what the report of this name counts."""

    report: str
    people: frozenset[int]
    did: int


def rooms(monday: date, numbers: Mapping[Any, int]) -> list[Noted]:
    """How many were in each hour of the week, and how many of all who might have done each of its tasks."""
    start, end = bounds(monday)
    found = []
    for hour in StudySession.objects.held().filter(starts_at__gte=start, starts_at__lt=end):
        invited = frozenset(numbers[key] for key in _invited(hour).values_list("subject_key", flat=True))
        found.append(Noted("attendance", invited, hour.attendances.count()))
        found += [Noted("lab-tasks", invited, task.done.count()) for task in hour.lab.all()]
    return found


def _invited(hour: StudySession) -> Any:
    people = User.objects.active()
    if hour.team_id:
        return people.filter(team__lineage__startswith=hour.team.lineage)
    return people.filter(team__site=hour.site) if hour.site_id else people


def leaders(monday: date, numbers: Mapping[Any, int]) -> list[Noted]:
    """Whoever agreed to stand on the list of leaders, each by name."""
    start, end = bounds(monday)
    week = {"session__starts_at__gte": start, "session__starts_at__lt": end}
    found = []
    for leader in User.objects.filter(pk__in=LeaderConsent.objects.values("user")):
        one = frozenset({numbers[leader.subject_key]})
        there = Attendance.objects.filter(user=leader, **week).exists()
        task = LabDone.objects.filter(
            user=leader, task__session__starts_at__gte=start, task__session__starts_at__lt=end
        )
        found += [Noted("attendance", one, there), Noted("lab-tasks", one, task.exists())]
    return found


def steps_by_name(monday: date, numbers: Mapping[Any, int]) -> Counter[int]:
    """Steps that the standings of bets revealed in the week give to each contestant by name."""
    start, end = bounds(monday)
    rows = (
        PublishedElimination.objects.filter(
            entry__challenge__revealed_at__gte=start, entry__challenge__revealed_at__lt=end
        )
        .exclude(claim__outcome=PublishedClaim.Outcome.REVERSED)
        .exclude(claim__change=Change.MOVED)
    )
    found: Counter[int] = Counter()
    merged = set()
    for row in rows.select_related("entry__contestant", "claim"):
        found[numbers[row.entry.contestant.subject_key]] += 1
        if row.claim and row.claim.change == Change.MERGED and row.claim_id not in merged:
            merged.add(row.claim_id)
            found[numbers[row.entry.contestant.subject_key]] -= 1
    return found


def pulse_groups() -> list[list[int]]:
    """Of each published pulse and company: how many answered in all, then of each group beside it that is shown."""
    found: dict[tuple[Any, Any], list[int]] = {}
    shown = PulseFigure.objects.filter(question=Question.CONFIDENCE, answers__isnull=False)
    for row in shown.order_by("pk"):
        is_whole = row.site_id is None and not row.is_others
        found.setdefault((row.pulse_id, row.entity_id), []).insert(0 if is_whole else 99, row.answers)
    return list(found.values())
