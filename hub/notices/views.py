"""The inbox."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hub.notices.actions import mark_read
from hub.notices.models import Notice


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(Notice.objects.visible_to(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page": page})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    mark_read(user=request.user)
    return redirect("notices:inbox")
