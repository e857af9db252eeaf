from django.urls import path

from challenges.sealed import views

app_name = "sealed"
urlpatterns = [
    path("<uuid:challenge_id>/review/", views.review, name="review"),
    path("claims/<uuid:claim_id>/verify/", views.verify, name="verify"),
    path("<uuid:challenge_id>/reveal/", views.reveal, name="reveal"),
    path("<uuid:challenge_id>/seal/", views.seal, name="seal"),
]
