"""The page of the search: groups with the first few of each, or all of one kind in pages."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from hub.refusals import Refusal
from hub.today.ranking import MOST
from hub.today.search import A_PAGE, KINDS, LONGEST, Group
from hub.today.search import search as search_for


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    given, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    if kind and kind not in {one.name for one in KINDS}:
        raise Http404
    context = {"q": _as_typed(given), "longest": LONGEST, "most": MOST, "kind": kind, "examples": _examples()}
    try:
        groups = search_for(user=request.user, given=given, now=timezone.now(), kind=kind)
    except Refusal as refusal:
        wrong = {**context, "refusal": refusal.message}
        return render(request, "today/search.html", wrong, status=refusal.status)
    context |= {"groups": groups, "found": any(group.found for group in groups)}
    if kind and groups:
        context |= _all_of_one(request, groups[0])
    return render(request, "today/search.html", context)


def _all_of_one(request: HttpRequest, group: Group) -> dict[str, object]:
    return {"group": group, "page": Paginator(group.found, A_PAGE).get_page(request.GET.get("page"))}


def _as_typed(given: str) -> str:
    """What the field shows again: nothing invisible, and no more than it takes."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in given).split())[:LONGEST]


def _examples() -> list[str]:
    return [
        pgettext("example of a search", "minutes"),
        pgettext("example of a search", "works council"),
        pgettext("example of a search", "offers"),
        pgettext("example of a search", "research before a call"),
    ]
