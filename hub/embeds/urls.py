from django.urls import path

from hub.embeds import views
from hub.embeds.api import Answer, MayShow
from hub.embeds.cors import for_listed_origins

app_name = "embeds"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("origins/<uuid:origin_id>/remove/", views.remove_origin, name="remove-origin"),
    path("rules.json", views.rules, name="rules"),
    path("may-show/", for_listed_origins("GET")(MayShow.as_view()), name="may-show"),
    path("answer/", for_listed_origins("POST")(Answer.as_view()), name="answer"),
    path("connect/", views.connect, name="connect"),
    path("disconnect/", views.disconnect, name="disconnect"),
    path("browser/", views.browser, name="browser"),
    path("extension.zip", views.extension, name="extension"),
]
