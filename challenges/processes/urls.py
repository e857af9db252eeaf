from django.urls import path

from challenges.processes import comparison_views, list_views, views

app_name = "processes"
urlpatterns = [
    path("", views.list_processes, name="list"),
    path("new/", views.create, name="create"),
    path("from-template/", views.create_from_template, name="create-from-template"),
    path("write/", list_views.write, name="write"),
    path("<uuid:process_id>/", views.detail, name="detail"),
    path("<uuid:process_id>/file.bpmn", views.file, name="file"),
    path("<uuid:process_id>/edit/", views.edit, name="edit"),
    path("<uuid:process_id>/steps/", list_views.steps, name="steps"),
    path("<uuid:process_id>/lanes/", list_views.lanes, name="lanes"),
    path("my-work/", list_views.my_work, name="my-work"),
    path("my-work/<int:lane_id>/", list_views.answer, name="answer"),
    path("<uuid:process_id>/pools/", list_views.pools, name="pools"),
    path("<uuid:process_id>/compare/", comparison_views.begin, name="compare"),
    path("comparisons/<uuid:comparison_id>/", comparison_views.show, name="comparison"),
    path("comparisons/<uuid:comparison_id>/reset/", comparison_views.reset, name="reset-comparison"),
    path("comparisons/<uuid:comparison_id>/delete/", comparison_views.delete, name="delete-comparison"),
    path("<uuid:process_id>/delete/", views.delete, name="delete"),
]
