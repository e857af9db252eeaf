"""How far one's own team is in the lab of a running hour: a count from five of the team in the room."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from hub.people.models import User
from learning.hours.models import Attendance, LabDone, StudySession
from learning.hours.quiz_rounds import SHOWN_FROM


def team_progress(session: StudySession, user: User) -> tuple[int, dict[UUID, int]]:
    """(How many of the person's team are here, by task how many of them have done it); (0, {}) below five.

    Told to whoever checked in, and only those count, so that nobody is told apart by being there without it. Two
    queries at most.
    """
    if user.team_id is None:
        return 0, {}
    here = Attendance.objects.filter(session=session, user__team_id=user.team_id)
    counts = here.aggregate(present=Count("pk"), own=Count("pk", filter=Q(user=user)))
    present = counts["present"]
    if present < SHOWN_FROM or not counts["own"]:
        return 0, {}
    done = LabDone.objects.filter(
        Exists(here.filter(user_id=OuterRef("user_id"))), task__session=session
    ).values("task_id")
    return present, dict(done.annotate(n=Count("pk")).values_list("task_id", "n"))
