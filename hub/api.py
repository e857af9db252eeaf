"""All routes of `/api/v1/`, gathered from the areas."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from challenges.contests.api import Challenges, WithdrawClaim
from challenges.processes.api import Processes
from challenges.sealed.api import Reveal, Review, Verify
from hub.adoption.api import ReportFigures, Reports
from hub.notices.api import Inbox, Preferences, ReadNotices
from hub.nudges.api import Advent, NextNudge, OneTip, OpenDoor, RespondToNudge, SeeNudge, Tips
from hub.points.api import Points, TeamBoard
from hub.today.api import Me
from hub.today.search_api import Search
from learning.hours.api import StudySessions
from learning.notebooks.api import Notebooks, Sources

router = SimpleRouter(use_regex_path=False)
router.register("sessions", StudySessions, basename="session")
router.register("notebooks", Notebooks, basename="notebook")
router.register("processes", Processes, basename="process")
router.register("challenges", Challenges, basename="challenge")
router.register("notebooks/<uuid:notebook_pk>/sources", Sources, basename="source")

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("me/", Me.as_view(), name="me"),
    path("search/", Search.as_view(), name="search"),
    path("points/", Points.as_view(), name="points"),
    path("leaderboards/teams/", TeamBoard.as_view(), name="leaderboard-teams"),
    path("adoption/reports/", Reports.as_view(), name="adoption-reports"),
    path("adoption/reports/<str:name>/", ReportFigures.as_view(), name="adoption-report"),
    path("inbox/", Inbox.as_view(), name="inbox"),
    path("inbox/read/", ReadNotices.as_view(), name="inbox-read"),
    path("preferences/", Preferences.as_view(), name="preferences"),
    path("tips/", Tips.as_view(), name="tips"),
    path("tips/<uuid:tip_id>/", OneTip.as_view(), name="tip"),
    path("nudges/next/", NextNudge.as_view(), name="nudge-next"),
    path("nudges/<uuid:nudge_id>/seen/", SeeNudge.as_view(), name="nudge-seen"),
    path("nudges/<uuid:nudge_id>/respond/", RespondToNudge.as_view(), name="nudge-respond"),
    path("advent/", Advent.as_view(), name="advent"),
    path("advent/<int:day>/open/", OpenDoor.as_view(), name="advent-open"),
    path("challenges/<uuid:pk>/review/", Review.as_view(), name="challenge-review"),
    path("challenges/<uuid:pk>/reveal/", Reveal.as_view(), name="challenge-reveal"),
    path("claims/<uuid:pk>/withdraw/", WithdrawClaim.as_view(), name="claim-withdraw"),
    path("claims/<uuid:pk>/verify/", Verify.as_view(), name="claim-verify"),
    path("", include(router.urls)),
]
