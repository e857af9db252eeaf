from django.urls import path

from challenges.sealed import control_views, deputy_views, hours_views, show_views, views

app_name = "sealed"
urlpatterns = [
    path("<uuid:challenge_id>/review/", views.review, name="review"),
    path("<uuid:challenge_id>/deputy/", deputy_views.name_referees_deputy, name="deputy"),
    path("<uuid:challenge_id>/count/", views.count, name="count"),
    path("<uuid:challenge_id>/reveal/", views.reveal, name="reveal"),
    path("<uuid:challenge_id>/seal/", views.seal, name="seal"),
    path("<uuid:challenge_id>/seal/break/", views.break_seal, name="break-seal"),
    path("<uuid:challenge_id>/entries/<uuid:entry_id>/conflict/", views.conflict, name="conflict"),
    path("claims/<uuid:claim_id>/verify/", views.verify, name="verify"),
    path("claims/<uuid:claim_id>/second-look/", views.look_again, name="look-again"),
    path("claims/<uuid:claim_id>/compared/", views.compared, name="compared"),
    path("claims/<uuid:claim_id>/evidence/<uuid:file_id>/", views.evidence, name="evidence"),
    path("hours/", hours_views.hours, name="hours"),
    path("hours/deputy/", deputy_views.name_hours_deputy, name="hours-deputy"),
    path("claims/<uuid:claim_id>/hours/", hours_views.decide_hours, name="decide-hours"),
    path("jobs/", hours_views.jobs, name="jobs"),
    path("<uuid:challenge_id>/screen/", show_views.screen, name="screen"),
    path("<uuid:challenge_id>/screen/news/", show_views.news, name="screen-news"),
    path("<uuid:challenge_id>/screen/stream/", show_views.stream, name="screen-stream"),
    path("<uuid:challenge_id>/screen/start/", show_views.start, name="screen-start"),
    path("<uuid:challenge_id>/screen/drive/", show_views.drive, name="screen-drive"),
    path("<uuid:challenge_id>/rehearse/", show_views.rehearse, name="rehearse"),
    path("rehearsals/<uuid:show_id>/", show_views.rehearsal, name="rehearsal"),
    path("rehearsals/<uuid:show_id>/news/", show_views.rehearsal_news, name="rehearsal-news"),
    path("rehearsals/<uuid:show_id>/stream/", show_views.rehearsal_stream, name="rehearsal-stream"),
    path("rehearsals/<uuid:show_id>/drive/", show_views.drive_rehearsal, name="rehearsal-drive"),
    path("<uuid:challenge_id>/control/", control_views.control_period, name="control"),
    path("<uuid:challenge_id>/final/", control_views.make_final, name="final"),
    path("published/<uuid:published_id>/settle/", control_views.settle, name="settle"),
]
