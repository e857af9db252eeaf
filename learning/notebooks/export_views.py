"""Downloads of one aid."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_GET

from learning.notebooks import exporting
from learning.notebooks.aid_views import get_aid_for
from learning.notebooks.models import StudyAid


def _download(aid: StudyAid, content: bytes, kind: str, extension: str) -> HttpResponse:
    name = exporting.file_name(aid, extension)
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        },
    )


def markdown_of(aid: StudyAid) -> HttpResponse:
    with translation.override(aid.language):
        text = exporting.as_markdown(aid)
    return _download(aid, text.encode(), "text/markdown; charset=utf-8", ".md")


def anki_of(aid: StudyAid) -> HttpResponse:
    """Raises Http404 for an aid that has no two sides."""
    if aid.kind not in exporting.ANKI_KINDS:
        raise Http404
    return _download(aid, exporting.as_anki(aid), "application/octet-stream", ".apkg")


@require_GET
def markdown(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    return markdown_of(get_aid_for(request, notebook_id, aid_id))


@require_GET
def anki(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    return anki_of(get_aid_for(request, notebook_id, aid_id))
