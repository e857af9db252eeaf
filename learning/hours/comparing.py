"""The team beside its leader in lab tasks, where the leader agreed: who is ahead, said only where it is certain.

The team's side is what the gate published of it, a figure a closed week, never anybody's own; a team that the gate
hides is not compared, nor are weeks before the one of the consent. A mean of published weeks tells nothing that the
weeks did not.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import mean
from types import MappingProxyType
from typing import Literal

from hub.disclosure.grouping import Part
from hub.disclosure.models import ReleasedCell
from hub.disclosure.weeks import bounds, last_closed, monday_of
from hub.people.models import User
from learning.hours.facts import LAB_REPORT
from learning.hours.models import AwayWeek, LabDone, StudySession
from learning.hours.shares import HUNDRED, Share

WEEKS = 12


@dataclass(frozen=True)
class Comparison:
    """Over `weeks` closed weeks with a lab task for the leader and a published figure of the team."""

    team: Share
    did: int
    weeks: int

    @property
    def ahead(self) -> Literal["team", "leader", ""]:
        """Empty where the team's figure leaves it open, or both did the same."""
        own = HUNDRED * self.did / self.weeks
        if self.team.low > own:
            return "team"
        return "leader" if self.team.high < own else ""


def comparisons(
    leaders: Collection[User], now: datetime, agreed: Mapping[int, date] = MappingProxyType({})
) -> dict[int, Comparison]:
    """By the leader's id, for those whose team has a published figure. Four queries, none without leaders.

    `agreed` says from which week on a leader may be compared.
    """
    if not leaders:
        return {}
    since = last_closed(now) - timedelta(weeks=WEEKS - 1)
    figures = _figures({leader.team_id for leader in leaders if leader.team_id}, since)
    labs = [
        (monday_of(session.starts_at), session)
        for session in StudySession.objects.held()
        .filter(lab__isnull=False, starts_at__gte=bounds(since)[0], ends_at__lte=now)
        .distinct()
    ]
    did, away = _did(leaders, since), defaultdict(set)
    weeks = AwayWeek.objects.filter(user__in=leaders, monday__gte=since)
    for user_id, monday in weeks.values_list("user_id", "monday"):
        away[user_id].add(monday)
    found = {}
    for leader in leaders:
        mondays = {monday for monday, session in labs if session.could_be_attended_by(leader)} - away[
            leader.pk
        ]
        mondays = {monday for monday in mondays if monday >= agreed.get(leader.pk, since)}
        shares = figures[leader.team_id]
        if mondays := sorted(mondays & shares.keys()):
            low, high = (mean(shares[monday][end] for monday in mondays) for end in (0, 1))
            found[leader.pk] = Comparison(
                Share(low, high), len(did[leader.pk].intersection(mondays)), len(mondays)
            )
    return found


def _figures(team_ids: Collection[int], since: date) -> Mapping[int | None, dict[date, tuple]]:
    """By team and Monday: between which two shares in percent."""
    cells = ReleasedCell.objects.filter(
        release__report=LAB_REPORT,
        release__week__monday__gte=since,
        group__part=Part.TEAM,
        group__unit_id__in=team_ids,
    )
    figures: defaultdict[int | None, dict[date, tuple[Decimal, Decimal]]] = defaultdict(dict)
    for team, monday, low, high in cells.values_list(
        "group__unit_id", "release__week__monday", "low", "high"
    ):
        figures[team][monday] = (low, HUNDRED if high is None else high)
    return figures


def _did(leaders: Collection[User], since: date) -> Mapping[int, set[date]]:
    """Weeks in which each did a task of one of that week's hours, as the report counts it."""
    did: defaultdict[int, set[date]] = defaultdict(set)
    rows = LabDone.objects.filter(user__in=leaders, done_at__gte=bounds(since)[0])
    for user_id, starts_at, done_at in rows.values_list("user_id", "task__session__starts_at", "done_at"):
        if monday_of(starts_at) == monday_of(done_at):
            did[user_id].add(monday_of(starts_at))
    return did
