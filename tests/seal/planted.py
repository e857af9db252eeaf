"""The site with leaks planted on purpose: the crawler must find each of them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import include, path
from django.utils.http import parse_http_date_safe

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Entry

SLACK = 60  # seconds within which the base's own claims were made


def count(request: HttpRequest) -> HttpResponse:
    """A number on a page: how many claims there are."""
    return HttpResponse(f"{all_claims().count()} claims so far")


def ordering(request: HttpRequest) -> HttpResponse:
    """A harmless list in a telling order: who claimed last stands first."""
    latest = {claim.entry_id: claim.claimed_at for claim in all_claims()}
    entries = Entry.objects.filter(challenge__status="open").select_related("contestant")
    ordered = sorted(entries, key=lambda entry: str(latest.get(entry.pk, "")), reverse=True)
    return JsonResponse({"entries": [str(entry.contestant) for entry in ordered]})


def existence(request: HttpRequest, claim_id: object) -> HttpResponse:
    """Forbidden where there is a claim, not found where there is none."""
    if all_claims().filter(pk=claim_id).exists():
        raise PermissionDenied
    raise Http404


def freshness(request: HttpRequest) -> HttpResponse:
    """Whether anything changed since somebody last looked."""
    latest = max((claim.claimed_at for claim in all_claims()), default=None)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is not None and (latest is None or latest.timestamp() <= since + SLACK):
        return HttpResponseNotModified()
    return HttpResponse("the same as ever")


urlpatterns = [
    path("planted/freshness/", freshness, name="planted-freshness"),
    path("planted/count/", count, name="planted-count"),
    path("planted/ordering/", ordering, name="planted-ordering"),
    path("planted/claims/<uuid:claim_id>/", existence, name="planted-existence"),
    path("", include("hub.urls")),
]
