"""The board of teams."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hub.points.board import board_for


@require_GET
def leaderboard(request: HttpRequest) -> HttpResponse:
    return render(request, "points/leaderboard.html", {"board": board_for(request.user)})
