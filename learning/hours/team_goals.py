"""The team's goal, and how the last closed week stood against it, as far as the gate has published a figure.

Nothing is published for it: the figure is that of the attendance report, released once a week for all. A team that
the gate does not show has a goal and no figure.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hub.disclosure.grouping import Part
from hub.disclosure.models import Release, ReleasedCell, WeekGroup, WeekMembership
from hub.disclosure.suppression import Reason
from hub.disclosure.weeks import bounds
from hub.people.models import Team, User
from learning.hours.facts import REPORT
from learning.hours.models import StudySession, TeamGoal
from learning.hours.shares import Share, percent_words


@dataclass(frozen=True)
class ClosedWeek:
    """How a team's closed week stood. Without a figure `reason` says why: small, hidden, new or no_hour."""

    monday: date
    low: Decimal | None = None
    high: Decimal | None = None
    reason: str = ""

    @property
    def share(self) -> str:
        """In the language active now, empty without a figure."""
        return "" if self.low is None or self.high is None else str(Share(self.low, self.high))

    def reaches(self, percent: int) -> bool:
        """Only what is certain: of “at least 80 %” a goal of 90 % is not said to be reached."""
        return self.low is not None and self.low >= percent


@dataclass(frozen=True)
class TeamStanding:
    """`percent` is None without a goal, `week` before the first closed week."""

    team: Team
    percent: int | None = None
    week: ClosedWeek | None = None

    @property
    def goal(self) -> str:
        return percent_words(Decimal(self.percent)) if self.percent else ""

    @property
    def is_reached(self) -> bool:
        return bool(self.percent and self.week and self.week.reaches(self.percent))


def set_goal(*, team: Team, percent: int, by: User) -> TeamGoal:
    goal, _is_new = TeamGoal.objects.update_or_create(team=team, defaults={"percent": percent, "set_by": by})
    return goal


def take_back(*, team: Team) -> None:
    TeamGoal.objects.filter(team=team).delete()


def standing_of(user: User) -> TeamStanding | None:
    """None for whoever has no team. One query without a goal, at most six with one."""
    if user.team is None:
        return None
    percent = TeamGoal.objects.filter(team=user.team).values_list("percent", flat=True).first()
    return TeamStanding(user.team, percent, last_week_of(user) if percent else None)


def last_week_of(user: User) -> ClosedWeek | None:
    """The newest published week of the person's team, with that week's frozen membership."""
    release = Release.objects.filter(report=REPORT).select_related("week").order_by("-week__monday").first()
    if release is None:
        return None
    monday = release.week.monday
    team_id = WeekMembership.objects.of(user).filter(monday=monday).values_list("team_id", flat=True).first()
    if team_id is None or team_id != user.team_id:
        return ClosedWeek(monday, reason="new")
    start, end = bounds(monday)
    hours = StudySession.objects.visible_to(user).held()
    if not hours.filter(starts_at__gte=start, starts_at__lt=end).exists():
        return ClosedWeek(monday, reason="no_hour")
    group = WeekGroup.objects.filter(week=release.week, part=Part.TEAM, unit_id=team_id).first()
    cell = ReleasedCell.objects.filter(release=release, group=group).first() if group else None
    if cell is None:
        return ClosedWeek(
            monday, reason="small" if group and group.reason in {Reason.SMALL, Reason.PAGE} else "hidden"
        )
    return ClosedWeek(monday, cell.low, cell.high)
