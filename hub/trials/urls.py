from django.urls import path

from hub.trials import views

app_name = "trials"
urlpatterns = [
    path("", views.trials, name="trials"),
    path("new/", views.create, name="create"),
    path("<uuid:trial_id>/", views.detail, name="detail"),
    path("<uuid:trial_id>/start/", views.start, name="start"),
    path("<uuid:trial_id>/end/", views.end, name="end"),
    path("<uuid:trial_id>/discard/", views.discard, name="discard"),
]
