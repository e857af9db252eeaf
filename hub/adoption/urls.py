from django.urls import path

from hub.adoption import views
from hub.adoption.asking import views as asking

app_name = "adoption"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("ask/", asking.ask, name="ask"),
    path("for-everybody/", views.for_everybody, name="for_everybody"),
    path("for-everybody/<str:name>/", views.report_for_everybody, name="report_for_everybody"),
    path("<str:name>/", views.report, name="report"),
    path("<str:name>/figure.json", views.figure, name="figure"),
    path("<str:name>/table.csv", views.sheet, name="sheet"),
    path("<str:name>/report.pdf", views.printed, name="printed"),
]
