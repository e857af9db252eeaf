"""The audio overview as a file: asked for, stopped, and played, also from the middle."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hub.ai import speech
from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import recordings
from learning.notebooks.aid_views import get_aid_for
from learning.notebooks.models import StudyAid
from learning.notebooks.ranges import Unsatisfiable, asked_range

HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox",
    "X-Content-Type-Options": "nosniff",
}


def _page_of(aid: StudyAid) -> str:
    return reverse("notebooks:aid", args=[aid.notebook_id, aid.pk]) + "#recording"


@require_POST
def make(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    if not speech.can_speak():
        raise Http404
    try:
        recordings.request_recording(aid=aid)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(_page_of(aid))


@require_POST
def cancel(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    if recording := recordings.recording_of(aid):
        recordings.cancel(recording=recording)
    return redirect(_page_of(aid))


@require_safe
def play(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponseBase:
    """The file, or the range of it that a player asks for; 404 once the script is another one."""
    recording = recordings.recording_of(get_aid_for(request, notebook_id, aid_id))
    if recording is None or not recordings.holds(recording):
        raise Http404
    file = recording.file
    if not file or not file.storage.exists(file.name):
        raise Http404
    try:
        part = asked_range(request.headers.get("Range", ""), file.size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={**HEADERS, "Content-Range": f"bytes */{file.size}"})
    if part is None:
        return FileResponse(file.open("rb"), content_type="audio/mpeg", headers=HEADERS)
    start, stop = part
    with file.open("rb") as opened:
        opened.seek(start)
        content = opened.read(stop - start)
    where = {"Content-Range": f"bytes {start}-{stop - 1}/{file.size}"}
    return HttpResponse(content, status=206, content_type="audio/mpeg", headers={**HEADERS, **where})
