"""What a source looks like: the pages of a PDF as pictures, and the original file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from learning.notebooks import page_images
from learning.notebooks.source_views import _number, get_source_for


@require_GET
def page_image(request: HttpRequest, notebook_id: object, source_id: object, number: int) -> HttpResponse:
    source = get_source_for(request, notebook_id, source_id)
    if source.format != "pdf" or not source.file or not page_images.page_range(source, number):
        raise Http404
    start, end = _number(request, "start") or 0, _number(request, "end") or 0
    try:
        path = page_images.page_image(source, number, start=start, end=end)
    except page_images.Busy:
        sentence = _("That did not work. Try again in a minute.")
        headers = {"Cache-Control": "no-store", "Retry-After": "60"}
        return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8", headers=headers)
    headers = {"Cache-Control": "private, max-age=300"}
    if path is None:
        sentence = _("This page cannot be shown as a picture. Its text is complete.")
        return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8", headers=headers)
    return FileResponse(path.open("rb"), content_type="image/png", headers=headers)


@require_GET
def original(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    """The file as it was uploaded: kept by the browser as a file, never shown as a page of this site.

    Only of a source that was read: what no scanner has passed goes to nobody.
    """
    source = get_source_for(request, notebook_id, source_id)
    if not source.is_ready or not source.file or not source.file.storage.exists(source.file.name):
        raise Http404
    return FileResponse(
        source.file.open("rb"),
        as_attachment=True,
        filename=source.file_name,
        content_type="application/octet-stream",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
            "Cache-Control": "private, no-store",
        },
    )
