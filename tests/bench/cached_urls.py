"""The floor of the standings: views that return a cached body, behind the site's own middleware and permission."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.views import APIView


def page(request: HttpRequest) -> HttpResponse:
    body, kind = cache.get("bench:body")
    return HttpResponse(body, content_type=kind)


class Body(APIView):
    def get(self, request: Request) -> HttpResponse:
        body, kind = cache.get("bench:body")
        return HttpResponse(body, content_type=kind)


urlpatterns = [
    path("cached/page/", page),
    path("cached/api/", Body.as_view()),
    path("", include("hub.urls")),
]
