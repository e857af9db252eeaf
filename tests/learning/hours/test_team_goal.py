"""A team's goal: set by the team, measured by the gate's own weekly figure, and never a name."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.adoption.snapshot import close_weeks
from hub.disclosure.models import ReleasedCell
from hub.disclosure.weeks import bounds, last_closed
from hub.people.models import Team, User
from learning.hours.actions import record_attendance
from learning.hours.models import Attendance, StudySession, TeamGoal
from learning.hours.team_goals import ClosedWeek, TeamStanding, set_goal, standing_of
from tests.factories import make_session, make_team, make_user

URL = "/hours/team/"


def closed(low: int, high: int) -> ClosedWeek:
    return ClosedWeek(last_closed(timezone.now()), Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("low", "high", "goal", "is_reached"),
    [(70, 70, 60, True), (60, 60, 60, True), (55, 55, 60, False), (80, 100, 90, False), (0, 20, 10, False)],
)
def test_reached_is_said_only_where_it_is_certain(low: int, high: int, goal: int, is_reached: bool) -> None:
    assert TeamStanding(Team(), goal, closed(low, high)).is_reached is is_reached
    assert not TeamStanding(Team(), None, closed(low, high)).is_reached


@pytest.fixture
def week(cast: Any) -> SimpleNamespace:
    """Last week's hour: of a team of 20 twelve were there, of one of 4 all; then the week closed."""
    start, _end = bounds(last_closed(timezone.now()))
    long_ago = timezone.now() - timedelta(weeks=20)
    large = [make_user(team=cast.emma.team, joined_at=long_ago) for _number in range(19)]
    others = make_team("Werk")
    for _number in range(30):
        make_user(team=others, joined_at=long_ago)
    small_team = make_team("Recht")
    small = [make_user(team=small_team, joined_at=long_ago) for _number in range(4)]
    User.objects.update(joined_at=long_ago)
    session = make_session(cast.farid, starts_at=start + timedelta(days=4, hours=9))
    for person in (*large[:12], *small):
        record_attendance(session=session, user=person, at=session.starts_at)
    close_weeks()
    return SimpleNamespace(large=large, small=small, session=session)


def test_any_member_sets_changes_and_takes_back_the_goal_and_nobody_sees_who(cast: Any, sign_in: Any) -> None:
    mate = make_user("Mia", team=cast.emma.team, last_name="Kollegin")
    emma, colleague = sign_in(cast.emma), sign_in(mate)
    assert "Noch kein Ziel" in emma.get("/").content.decode()

    assert emma.post(URL, {"percent": "60"}).status_code == 302
    assert colleague.post(URL, {"percent": "70"}).status_code == 302
    assert TeamGoal.objects.get().percent == 70
    page = emma.get(URL).content.decode()
    assert "Ziel: 70" in page
    assert "Kollegin" not in page
    assert "Ziel: 70" in emma.get("/").content.decode()

    stranger = sign_in(cast.otto)
    assert "70" not in stranger.get(URL).context["standing"].goal
    stranger.post("/hours/team/back/")
    assert TeamGoal.objects.filter(team=cast.emma.team).exists(), "another team's goal stays"
    emma.post("/hours/team/back/")
    emma.post("/hours/team/back/")
    assert not TeamGoal.objects.exists()


@pytest.mark.parametrize("wrong", ["", "9", "101", "-60", "60.5", "viel", "9" * 40])
def test_a_share_that_is_none_is_refused_with_a_sentence(wrong: str, cast: Any, sign_in: Any) -> None:
    page = sign_in(cast.emma).post(URL, {"percent": wrong})
    assert page.status_code == 422
    assert page.context["form"].errors["percent"]
    assert not TeamGoal.objects.exists()


def test_whoever_has_no_team_is_told_so(sign_in: Any, db: None) -> None:
    client = sign_in(make_user("Nora"))
    assert "Du gehörst noch zu keinem Team" in client.get(URL).content.decode()
    assert client.post(URL, {"percent": "60"}).status_code == 409
    assert client.post("/hours/team/back/").status_code == 302
    assert client.get("/").context["team"] is None
    assert not TeamGoal.objects.exists()


def test_the_last_closed_week_stands_beside_the_goal(week: Any, cast: Any, sign_in: Any) -> None:
    set_goal(team=cast.emma.team, percent=60, by=cast.emma)
    cells = ReleasedCell.objects.count()
    page = sign_in(week.large[0]).get("/")
    assert page.context["team"].week.share == "60\xa0%"
    assert page.context["team"].is_reached
    assert "60\xa0% von uns waren in der Stunde" in page.content.decode()

    # What happens afterwards changes nothing: the figure was written once, about that week's members.
    Attendance.objects.filter(user__in=week.large).delete()
    week.large[5].delete()
    close_weeks()
    again = standing_of(week.large[0])
    assert again is not None
    assert again.week == page.context["team"].week
    assert ReleasedCell.objects.count() == cells, "looking publishes nothing"
    set_goal(team=cast.emma.team, percent=65, by=cast.emma)
    assert not standing_of(week.large[0]).is_reached


def test_a_small_team_has_a_goal_and_the_reason_why_no_figure(week: Any, sign_in: Any) -> None:
    member = week.small[0]
    set_goal(team=member.team, percent=100, by=member)
    page = sign_in(member).get("/")
    standing = page.context["team"]
    assert (standing.week.low, standing.week.high, standing.week.reason) == (None, None, "small")
    assert "Für ein so kleines Team wird keine Zahl gezeigt" in page.content.decode()
    assert not standing.is_reached


def test_without_a_whole_week_or_an_hour_it_says_so(week: Any, cast: Any) -> None:
    set_goal(team=cast.emma.team, percent=60, by=cast.emma)
    newcomer = make_user(team=cast.emma.team)
    assert standing_of(newcomer).week.reason == "new"
    moved = week.small[0]
    moved.team = cast.emma.team
    moved.save()
    assert standing_of(moved).week.reason == "new", "the figure of the team one came from is not this team's"
    StudySession.objects.update(status=StudySession.Status.CANCELLED)
    assert standing_of(week.large[0]).week.reason == "no_hour"


def test_the_goal_takes_six_queries_and_one_without_a_goal(week: Any, cast: Any) -> None:
    def queries() -> int:
        user = User.objects.select_related("team", "team__site").get(pk=week.large[0].pk)
        with CaptureQueriesContext(connection) as asked:
            standing_of(user)
        return len(asked)

    assert queries() == 1
    set_goal(team=cast.emma.team, percent=60, by=cast.emma)
    assert queries() == 6
