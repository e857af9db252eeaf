from django.urls import path

from hub.nudges import authoring_views, views

app_name = "nudges"
urlpatterns = [
    path("tips/", views.library, name="library"),
    path("tips/authoring/", authoring_views.desk, name="authoring"),
    path("tips/authoring/tools/", authoring_views.link_tools, name="link-tools"),
    path("tips/new/", authoring_views.create, name="create"),
    path("tips/<uuid:tip_id>/edit/", authoring_views.edit, name="edit"),
    path("tips/<uuid:tip_id>/retire/", authoring_views.retire, name="retire"),
    path("tips/<uuid:tip_id>/put-back/", authoring_views.put_back, name="put-back"),
    path("tips/<uuid:tip_id>/preview/", authoring_views.preview, name="preview"),
    path("tips/<uuid:tip_id>/preview/<slug:channel>/", authoring_views.preview_page, name="preview-page"),
    path("tips/<uuid:tip_id>/", views.detail, name="detail"),
    path("tips/<uuid:tip_id>/answer/", views.answer, name="answer"),
    path("tips/<uuid:tip_id>/favourite/", views.favourite, name="favourite"),
    path("tips/<uuid:tip_id>/again/", views.show_again, name="again"),
    path("nudges/<uuid:nudge_id>/seen/", views.see, name="see"),
    path("nudges/<uuid:nudge_id>/kept/", views.say_kept, name="kept"),
    path("nudges/<uuid:nudge_id>/respond/", views.respond, name="respond"),
]
