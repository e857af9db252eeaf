from django.urls import path

from learning.notebooks import review_views

app_name = "review"
urlpatterns = [
    path("", review_views.review, name="cards"),
    path("answer/", review_views.answer, name="answer"),
    path("undo/", review_views.undo, name="undo"),
    path("rhythm/", review_views.rhythm, name="rhythm"),
]
