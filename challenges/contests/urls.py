from django.urls import path

from challenges.contests import claim_views, entry_views, views

app_name = "contests"
urlpatterns = [
    path("", views.list_challenges, name="list"),
    path("new/", views.create, name="create"),
    path("<uuid:challenge_id>/", views.detail, name="detail"),
    path("<uuid:challenge_id>/rules/", views.rules, name="rules"),
    path("<uuid:challenge_id>/standings/", views.standings, name="standings"),
    path("<uuid:challenge_id>/ledger/", views.ledger, name="ledger"),
    path("<uuid:challenge_id>/entries/", views.entries, name="entries"),
    path("<uuid:challenge_id>/edit/", views.edit, name="edit"),
    path("<uuid:challenge_id>/publish/", views.publish, name="publish"),
    path("<uuid:challenge_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:challenge_id>/restore/", views.restore, name="restore"),
    path("<uuid:challenge_id>/enter/", entry_views.enter, name="enter"),
    path("<uuid:challenge_id>/leave/", entry_views.leave, name="leave"),
    path("<uuid:challenge_id>/people/", entry_views.people, name="people"),
    path("people/<uuid:partaking_id>/send-away/", entry_views.send_away, name="send-away"),
    path("entries/<uuid:entry_id>/", entry_views.entry, name="entry"),
    path("entries/<uuid:entry_id>/tell/", entry_views.tell, name="tell"),
    path("entries/<uuid:entry_id>/baseline/", entry_views.baseline, name="baseline"),
    path("entries/<uuid:entry_id>/baseline/approve/", entry_views.approve, name="approve"),
    path("entries/<uuid:entry_id>/baseline/send-back/", entry_views.send_back, name="send-back"),
    path("<uuid:challenge_id>/claim/", claim_views.claim, name="claim"),
    path("claims/<uuid:claim_id>/", claim_views.draft, name="draft"),
    path("claims/<uuid:claim_id>/hand-in/", claim_views.hand_in, name="hand-in"),
    path("claims/<uuid:claim_id>/withdraw/", claim_views.withdraw, name="withdraw"),
    path("claims/<uuid:claim_id>/appeal/", claim_views.appeal, name="appeal"),
    path("claims/<uuid:claim_id>/files/<uuid:file_id>/", claim_views.file, name="file"),
    path("claims/<uuid:claim_id>/files/<uuid:file_id>/remove/", claim_views.remove_file, name="remove-file"),
]
