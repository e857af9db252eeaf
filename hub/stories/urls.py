from django.urls import path

from hub.stories import views

app_name = "stories"
urlpatterns = [
    path("", views.library, name="library"),
    path("new/", views.create, name="create"),
    path("hatpins/<uuid:pin_id>/kudos/", views.pin_kudos, name="pin-kudos"),
    path("<uuid:story_id>/", views.detail, name="detail"),
    path("<uuid:story_id>/edit/", views.edit, name="edit"),
    path("<uuid:story_id>/publish/", views.publish, name="publish"),
    path("<uuid:story_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:story_id>/delete/", views.delete, name="delete"),
    path("<uuid:story_id>/kudos/", views.kudos, name="kudos"),
    path("<uuid:story_id>/copy/", views.copy, name="copy"),
]
