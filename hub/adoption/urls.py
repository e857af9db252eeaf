from django.urls import path

from hub.adoption import views

app_name = "adoption"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<str:name>/", views.report, name="report"),
    path("<str:name>/figure.json", views.figure, name="figure"),
    path("<str:name>/table.csv", views.sheet, name="sheet"),
]
