from django.urls import path

from hub.notices import views

app_name = "notices"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read, name="read"),
    path("me/notices/", views.preferences, name="preferences"),
    path("me/notices/places/", views.add_destination, name="add-destination"),
    path("me/notices/places/<uuid:destination_id>/test/", views.test_destination, name="test-destination"),
    path(
        "me/notices/places/<uuid:destination_id>/remove/", views.remove_destination, name="remove-destination"
    ),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
