from django.urls import path

from challenges.contests import views

app_name = "contests"
urlpatterns = [
    path("", views.list_challenges, name="list"),
    path("new/", views.create, name="create"),
    path("<uuid:challenge_id>/", views.detail, name="detail"),
    path("<uuid:challenge_id>/edit/", views.edit, name="edit"),
    path("<uuid:challenge_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:challenge_id>/restore/", views.restore, name="restore"),
    path("<uuid:challenge_id>/enter/", views.enter, name="enter"),
    path("<uuid:challenge_id>/leave/", views.leave, name="leave"),
    path("<uuid:challenge_id>/claim/", views.claim, name="claim"),
    path("entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("claims/<uuid:claim_id>/withdraw/", views.withdraw, name="withdraw"),
]
