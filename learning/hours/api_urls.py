"""The hours' routes of `/api/v1/` that are no viewset."""

from django.urls import path

from learning.hours.calendar_api import MyCalendar, MyFeed
from learning.hours.outcome_api import OneOutcome
from learning.hours.own_api import AwayWeeks, Leaders, MyConsent, TeamGoalView
from learning.hours.preparation_api import Preparation, SessionTemplates
from learning.hours.room_api import (
    OneRoomQuestion,
    Room,
    RoomAnswer,
    RoomHatpinAct,
    RoomHatpinReply,
    RoomHatpins,
    RoomQuestionModerate,
    RoomQuestions,
    RoomQuestionVote,
    RoomRoundClose,
    RoomRounds,
    RoomStep,
    RoomStepMore,
    RoomTask,
)

ROOM = "sessions/<uuid:pk>/room/"
urlpatterns = [
    path("calendar/", MyCalendar.as_view(), name="calendar"),
    path("calendar/feed/", MyFeed.as_view(), name="calendar-feed"),
    path("away-weeks/", AwayWeeks.as_view(), name="away-weeks"),
    path("team/goal/", TeamGoalView.as_view(), name="team-goal"),
    path("leaders/", Leaders.as_view(), name="leaders"),
    path("leaders/me/", MyConsent.as_view(), name="leader-consent"),
    path("session-templates/", SessionTemplates.as_view(), name="session-templates"),
    path("sessions/<uuid:pk>/preparation/", Preparation.as_view(), name="session-preparation"),
    path("sessions/<uuid:pk>/outcome/", OneOutcome.as_view(), name="session-outcome"),
    path(ROOM, Room.as_view(), name="room"),
    path(f"{ROOM}step/", RoomStep.as_view(), name="room-step"),
    path(f"{ROOM}step/more/", RoomStepMore.as_view(), name="room-more-time"),
    path(f"{ROOM}tasks/<uuid:task_pk>/done/", RoomTask.as_view(), name="room-task"),
    path(f"{ROOM}rounds/", RoomRounds.as_view(), name="room-rounds"),
    path(f"{ROOM}rounds/close/", RoomRoundClose.as_view(), name="room-round-close"),
    path(f"{ROOM}rounds/<uuid:round_pk>/answer/", RoomAnswer.as_view(), name="room-answer"),
    path(f"{ROOM}questions/", RoomQuestions.as_view(), name="room-questions"),
    path(f"{ROOM}questions/<uuid:question_pk>/", OneRoomQuestion.as_view(), name="room-question"),
    path(f"{ROOM}questions/<uuid:question_pk>/vote/", RoomQuestionVote.as_view(), name="room-vote"),
    path(
        f"{ROOM}questions/<uuid:question_pk>/moderate/", RoomQuestionModerate.as_view(), name="room-moderate"
    ),
    path(f"{ROOM}hatpins/", RoomHatpins.as_view(), name="room-hatpins"),
    path(f"{ROOM}hatpins/<uuid:hatpin_pk>/replies/", RoomHatpinReply.as_view(), name="room-hatpin-reply"),
    path(f"{ROOM}hatpins/<uuid:hatpin_pk>/act/", RoomHatpinAct.as_view(), name="room-hatpin-act"),
]
