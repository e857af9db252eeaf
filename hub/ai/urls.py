from django.urls import path

from hub.ai import request_views, views

app_name = "ai"
urlpatterns = [
    path("", views.may_i, name="may-i"),
    path("tools/new/", views.add_tool, name="add-tool"),
    path("tools/<slug:tool>/edit/", views.change_tool, name="change-tool"),
    path("tools/<slug:tool>/withdraw/", views.withdraw_tool, name="withdraw-tool"),
    path("tools/<slug:tool>/allow/", views.allow_tool, name="allow-tool"),
    path("requests/", request_views.requests, name="requests"),
    path("requests/new/", request_views.ask, name="ask"),
    path("requests/<uuid:tool_request_id>/", request_views.detail, name="request"),
    path("requests/<uuid:tool_request_id>/join/", request_views.join, name="join"),
    path("requests/<uuid:tool_request_id>/withdraw/", request_views.withdraw, name="withdraw"),
    path("requests/<uuid:tool_request_id>/answer/", request_views.answer, name="answer"),
]
