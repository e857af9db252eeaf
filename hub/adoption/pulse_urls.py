from django.urls import path

from hub.adoption import pulse_views

app_name = "pulse"
urlpatterns = [
    path("", pulse_views.questions, name="questions"),
    path("decline/", pulse_views.decline, name="decline"),
]
