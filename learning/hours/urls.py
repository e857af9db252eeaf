from django.urls import path

from learning.hours import views

app_name = "hours"
urlpatterns = [
    path("", views.list_sessions, name="list"),
    path("new/", views.create, name="create"),
    path("<uuid:session_id>/", views.detail, name="detail"),
    path("<uuid:session_id>/edit/", views.edit, name="edit"),
    path("<uuid:session_id>/presence/", views.presence, name="presence"),
    path("<uuid:session_id>/rsvp/", views.rsvp, name="rsvp"),
    path("<uuid:session_id>/check-in/", views.check_in, name="check-in"),
    path("<uuid:session_id>/code/", views.code, name="code"),
    path("<uuid:session_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:session_id>/restore/", views.restore, name="restore"),
]
