from django.urls import path

from hub.ai import views

app_name = "ai"
urlpatterns = [
    path("", views.may_i, name="may-i"),
    path("tools/new/", views.add_tool, name="add-tool"),
    path("tools/<slug:tool>/edit/", views.change_tool, name="change-tool"),
    path("tools/<slug:tool>/withdraw/", views.withdraw_tool, name="withdraw-tool"),
    path("tools/<slug:tool>/allow/", views.allow_tool, name="allow-tool"),
]
