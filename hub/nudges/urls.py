from django.urls import path

from hub.nudges import views

app_name = "nudges"
urlpatterns = [
    path("tips/", views.library, name="library"),
    path("tips/<uuid:tip_id>/", views.detail, name="detail"),
    path("tips/<uuid:tip_id>/answer/", views.answer, name="answer"),
    path("nudges/<uuid:nudge_id>/seen/", views.see, name="see"),
    path("nudges/<uuid:nudge_id>/respond/", views.respond, name="respond"),
    path("advent/", views.calendar, name="advent"),
    path("advent/<int:day>/open/", views.open_door, name="open-door"),
]
