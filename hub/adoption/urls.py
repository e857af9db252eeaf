from django.urls import path

from hub.adoption import rules_views, views
from hub.adoption.annotating import views as annotating
from hub.adoption.asking import views as asking
from hub.adoption.imports import views as import_views
from hub.adoption.saved import views as saved

app_name = "adoption"
urlpatterns = [
    path("rules/", rules_views.rules, name="rules"),
    path("rules/<int:entity_id>/propose/", rules_views.propose, name="propose-rules"),
    path("rules/proposals/<int:proposal_id>/answer/", rules_views.answer, name="rules-answer"),
    path("", views.overview, name="overview"),
    path("ask/", asking.ask, name="ask"),
    path("views/<uuid:view_id>/remove/", saved.remove, name="remove-view"),
    path("notes/", annotating.annotate, name="annotate"),
    path("notes/<uuid:week_note_id>/remove/", annotating.remove, name="remove-note"),
    path("pulse/", views.pulse, name="pulse"),
    path("for-everybody/pulse/", views.pulse_for_everybody, name="pulse_for_everybody"),
    path("for-everybody/", views.for_everybody, name="for_everybody"),
    path("for-everybody/<str:name>/", views.report_for_everybody, name="report_for_everybody"),
    path("imports/", import_views.imports, name="imports"),
    path("imports/<uuid:import_id>/confirm/", import_views.confirm_import, name="confirm-import"),
    path("imports/<uuid:import_id>/withdraw/", import_views.withdraw_import, name="withdraw-import"),
    path("imports/keys/", import_views.make_key, name="make-key"),
    path("imports/keys/<uuid:key_id>/revoke/", import_views.revoke_key, name="revoke-key"),
    path("<str:name>/", views.report, name="report"),
    path("<str:name>/save/", saved.save, name="save-view"),
    path("<str:name>/figure.json", views.figure, name="figure"),
    path("<str:name>/table.csv", views.sheet, name="sheet"),
    path("<str:name>/report.pdf", views.printed, name="printed"),
]
