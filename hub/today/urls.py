from django.urls import path

from hub.today import newcomer_views, search_views, views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("search/", search_views.search, name="search"),
    path("me/", views.me, name="me"),
    path("me/tokens/", views.create_token, name="create-token"),
    path("me/tokens/<str:digest_start>/delete/", views.delete_token, name="delete-token"),
    path("newcomers/lab/", newcomer_views.lab, name="newcomer-lab"),
    path("newcomers/set-aside/", newcomer_views.set_aside, name="set-path-aside"),
    path("newcomers/take-up/", newcomer_views.take_up, name="take-path-up"),
]
