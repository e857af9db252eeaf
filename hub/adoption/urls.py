from django.urls import path

from hub.adoption import rules_views, views

app_name = "adoption"
urlpatterns = [
    path("rules/", rules_views.rules, name="rules"),
    path("rules/<int:entity_id>/propose/", rules_views.propose, name="propose-rules"),
    path("rules/proposals/<int:proposal_id>/answer/", rules_views.answer, name="rules-answer"),
    path("", views.overview, name="overview"),
    path("<str:name>/", views.report, name="report"),
    path("<str:name>/figure.json", views.figure, name="figure"),
    path("<str:name>/table.csv", views.sheet, name="sheet"),
]
