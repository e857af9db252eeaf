from django.urls import path

from challenges.usecases import views

app_name = "usecases"
urlpatterns = [
    path("", views.box, name="box"),
    path("new/", views.create, name="create"),
    path("similar/", views.similar, name="similar"),
    path("<uuid:use_case_id>/", views.detail, name="detail"),
    path("<uuid:use_case_id>/edit/", views.edit, name="edit"),
    path("<uuid:use_case_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:use_case_id>/vote/", views.vote, name="vote"),
    path("<uuid:use_case_id>/comment/", views.comment, name="comment"),
    path("<uuid:use_case_id>/answer/", views.answer, name="answer"),
    path("<uuid:use_case_id>/hide/", views.hide, name="hide"),
    path("comments/", views.own_comments, name="comments"),
    path("comments/<uuid:comment_id>/delete/", views.delete_comment, name="delete-comment"),
    path("comments/<uuid:comment_id>/hide/", views.hide_comment, name="hide-comment"),
]
