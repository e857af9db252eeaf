"""All routes of `/api/v1/`, gathered from the areas."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from hub.notices.api import Inbox, ReadNotices
from hub.points.api import Points
from hub.today.api import Me
from learning.hours.api import StudySessions
from learning.notebooks.api import Notebooks, Sources

router = SimpleRouter(use_regex_path=False)
router.register("sessions", StudySessions, basename="session")
router.register("notebooks", Notebooks, basename="notebook")
router.register("notebooks/<uuid:notebook_pk>/sources", Sources, basename="source")

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("me/", Me.as_view(), name="me"),
    path("points/", Points.as_view(), name="points"),
    path("inbox/", Inbox.as_view(), name="inbox"),
    path("inbox/read/", ReadNotices.as_view(), name="inbox-read"),
    path("", include(router.urls)),
]
