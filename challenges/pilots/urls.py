from django.urls import path

from challenges.pilots import running_views, views

app_name = "pilots"
urlpatterns = [
    path("", views.list_pilots, name="list"),
    path("new/", views.choose, name="choose"),
    path("write/", views.create, name="create"),
    path("<uuid:pilot_id>/", views.detail, name="detail"),
    path("<uuid:pilot_id>/edit/", views.edit, name="edit"),
    path("<uuid:pilot_id>/criteria/", views.add_criterion, name="add-criterion"),
    path("<uuid:pilot_id>/criteria/<uuid:criterion_id>/", views.criterion, name="criterion"),
    path(
        "<uuid:pilot_id>/criteria/<uuid:criterion_id>/remove/",
        views.remove_criterion,
        name="remove-criterion",
    ),
    path("<uuid:pilot_id>/readiness/", views.readiness, name="readiness"),
    path("<uuid:pilot_id>/start/", views.start, name="start"),
    path("<uuid:pilot_id>/discard/", views.discard, name="discard"),
    path("<uuid:pilot_id>/evidence/", running_views.evidence, name="evidence"),
    path("<uuid:pilot_id>/evidence/undo/", running_views.undo_evidence, name="undo-evidence"),
    path("<uuid:pilot_id>/extend/", running_views.extend, name="extend"),
    path("<uuid:pilot_id>/decide/", running_views.decide, name="decide"),
    path("<uuid:pilot_id>/take-over/", running_views.take_over, name="take-over"),
    path("<uuid:pilot_id>/challenge/", running_views.seed_challenge, name="seed-challenge"),
    path("<uuid:pilot_id>/story/", running_views.tell, name="tell"),
    path("<uuid:pilot_id>/rollout/", running_views.plan_rollout, name="plan-rollout"),
    path("<uuid:pilot_id>/rollout/<uuid:rollout_id>/", running_views.tick, name="tick"),
]
