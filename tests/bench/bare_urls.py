"""One view: read the session, one INSERT, a redirect."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path


def bare(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (person) VALUES (%s)", [request.session["_auth_user_id"]])
    return HttpResponseRedirect("/")


urlpatterns = [path("bare/", bare)]
