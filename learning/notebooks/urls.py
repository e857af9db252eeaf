from django.urls import path

from learning.notebooks import page_views, source_views, views

app_name = "notebooks"
urlpatterns = [
    path("", views.list_notebooks, name="list"),
    path("new/", views.create, name="create"),
    path("<uuid:notebook_id>/", views.detail, name="detail"),
    path("<uuid:notebook_id>/edit/", views.edit, name="edit"),
    path("<uuid:notebook_id>/delete/", views.delete, name="delete"),
    path("<uuid:notebook_id>/ask/", views.ask, name="ask"),
    path("<uuid:notebook_id>/forget/", views.forget, name="forget"),
    path("<uuid:notebook_id>/sources/", views.sources, name="sources"),
    path("<uuid:notebook_id>/sources/add/", views.add_source, name="add-source"),
    path("<uuid:notebook_id>/sources/<uuid:source_id>/", source_views.source, name="source"),
    path(
        "<uuid:notebook_id>/sources/<uuid:source_id>/pages/<int:number>.png",
        page_views.page_image,
        name="page-image",
    ),
    path("<uuid:notebook_id>/sources/<uuid:source_id>/file/", page_views.original, name="source-file"),
    path("<uuid:notebook_id>/sources/<uuid:source_id>/change/", source_views.change, name="change-source"),
    path(
        "<uuid:notebook_id>/sources/<uuid:source_id>/versions/add/",
        source_views.add_version,
        name="add-version",
    ),
    path("<uuid:notebook_id>/sources/<uuid:source_id>/cancel/", source_views.cancel, name="cancel-source"),
    path("<uuid:notebook_id>/sources/<uuid:source_id>/remove/", source_views.remove, name="remove-source"),
    path(
        "<uuid:notebook_id>/sources/<uuid:source_id>/put-back/", source_views.put_back, name="put-back-source"
    ),
    path("<uuid:notebook_id>/sources/<uuid:source_id>/retry/", source_views.retry, name="retry-source"),
]
