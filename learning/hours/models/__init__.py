"""The DEAL hour, what it is made of, who comes, and what stays of it; one module a noun."""

from learning.hours.models.agenda import AgendaItem, LabDone, LabTask
from learning.hours.models.attendance import WRONG_CODES_ALLOWED, Attendance, AwayWeek, CodeAttempt, Rsvp
from learning.hours.models.invitation import CalendarChoice, CalendarFeed, Invitation
from learning.hours.models.leader import LeaderConsent
from learning.hours.models.outcome import Outcome, Recall
from learning.hours.models.quiz_round import QuizAnswer, QuizRound
from learning.hours.models.room import LiveRoom, RoomQuestion, RoomVote
from learning.hours.models.series import Series
from learning.hours.models.session import DOORS_CLOSE, DOORS_OPEN, StudySession, new_secret
from learning.hours.models.team_goal import TeamGoal

__all__ = [
    "DOORS_CLOSE",
    "DOORS_OPEN",
    "WRONG_CODES_ALLOWED",
    "AgendaItem",
    "Attendance",
    "AwayWeek",
    "CalendarChoice",
    "CalendarFeed",
    "CodeAttempt",
    "Invitation",
    "LabDone",
    "LabTask",
    "LeaderConsent",
    "LiveRoom",
    "Outcome",
    "QuizAnswer",
    "QuizRound",
    "Recall",
    "RoomQuestion",
    "RoomVote",
    "Rsvp",
    "Series",
    "StudySession",
    "TeamGoal",
    "new_secret",
]
