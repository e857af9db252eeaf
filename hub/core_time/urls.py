from django.urls import path

from hub.core_time import views

app_name = "core_time"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("begin/", views.begin, name="begin"),
    path("question/", views.question, name="question"),
    path("question/skip/", views.skip, name="skip"),
    path("<int:team_id>/", views.team, name="team"),
    path("<uuid:measurement_id>/call-off/", views.call_off, name="call-off"),
]
