from django.urls import path

from hub.points import views

app_name = "points"
urlpatterns = [path("", views.leaderboard, name="leaderboard")]
