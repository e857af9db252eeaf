from django.urls import path

from challenges.processes import views

app_name = "processes"
urlpatterns = [
    path("", views.list_processes, name="list"),
    path("new/", views.create, name="create"),
    path("from-template/", views.create_from_template, name="create-from-template"),
    path("<uuid:process_id>/", views.detail, name="detail"),
    path("<uuid:process_id>/file.bpmn", views.file, name="file"),
    path("<uuid:process_id>/edit/", views.edit, name="edit"),
    path("<uuid:process_id>/delete/", views.delete, name="delete"),
]
