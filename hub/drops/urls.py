from django.urls import path

from hub.drops import authoring_views, views

app_name = "drops"
urlpatterns = [
    path("advent/", views.advent_calendar, name="advent"),
    path("advent/<int:day>/open/", views.open_advent_door, name="open-advent-door"),
    path("drops/", views.drops, name="drops"),
    path("drops/authoring/", authoring_views.desk, name="authoring"),
    path("drops/new/", authoring_views.create, name="create"),
    path("drops/<uuid:drop_id>/", views.calendar, name="calendar"),
    path("drops/<uuid:drop_id>/doors/<int:number>/open/", views.open_door, name="open-door"),
    path("drops/<uuid:drop_id>/edit/", authoring_views.overview, name="edit"),
    path("drops/<uuid:drop_id>/plan/", authoring_views.plan, name="plan"),
    path("drops/<uuid:drop_id>/doors/<int:number>/edit/", authoring_views.door, name="edit-door"),
    path("drops/<uuid:drop_id>/fill/", authoring_views.fill, name="fill"),
    path("drops/<uuid:drop_id>/preview/", authoring_views.preview, name="preview"),
    path("drops/<uuid:drop_id>/publish/", authoring_views.publish, name="publish"),
    path("drops/<uuid:drop_id>/unpublish/", authoring_views.unpublish, name="unpublish"),
    path("drops/<uuid:drop_id>/end/", authoring_views.end, name="end"),
    path("drops/<uuid:drop_id>/resume/", authoring_views.resume, name="resume"),
    path("drops/<uuid:drop_id>/discard/", authoring_views.discard, name="discard"),
    path("drops/<uuid:drop_id>/take-over/", authoring_views.take_over, name="take-over"),
]
