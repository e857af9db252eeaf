from django.urls import path

from learning.hours import calendar_views

app_name = "calendar"
urlpatterns = [path("<str:secret>.ics", calendar_views.feed, name="feed")]
