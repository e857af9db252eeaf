"""Every page and the API. A test knows by name what is open without signing in."""

from django.urls import include, path

from hub.api_docs import api_docs
from hub.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", api_docs, name="api-docs"),
    path("api/v1/", include("hub.api")),
    path("hours/", include("learning.hours.urls")),
    path("calendar/", include("learning.hours.calendar_urls")),
    path("notebooks/", include("learning.notebooks.urls")),
    path("review/", include("learning.notebooks.review_urls")),
    path("processes/", include("challenges.processes.urls")),
    path("use-cases/", include("challenges.usecases.urls")),
    path("challenges/", include("challenges.contests.urls")),
    path("challenges/", include("challenges.sealed.urls")),
    path("pilots/", include("challenges.pilots.urls")),
    path("tips/trials/", include("hub.trials.urls")),
    path("", include("hub.nudges.urls")),
    path("", include("hub.drops.urls")),
    path("embed/", include("hub.embeds.urls")),
    path("stories/", include("hub.stories.urls")),
    path("leaderboard/", include("hub.points.urls")),
    path("adoption/", include("hub.adoption.urls")),
    path("pulse/", include("hub.adoption.pulse_urls")),
    path("core-time/", include("hub.core_time.urls")),
    path("may-i/", include("hub.ai.urls")),
    path("", include("hub.notices.urls")),
    path("", include("hub.people.urls")),
    path("", include("hub.today.urls")),
]
handler400 = "hub.problems.bad_request"
handler403 = "hub.problems.permission_denied"
handler404 = "hub.problems.page_not_found"
handler500 = "hub.problems.server_error"
