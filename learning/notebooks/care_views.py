"""What those who look after a notebook see, and copying one that is shared."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import gaps
from learning.notebooks.aid_views import aids_of
from learning.notebooks.copying import copy
from learning.notebooks.fetching import get_notebook_for
from learning.notebooks.models import Notebook
from learning.notebooks.versions import documents_of

SOON = timedelta(days=60)


@require_GET
def care(request: HttpRequest, notebook_id: object) -> HttpResponse:
    """Questions without an answer as gated counts, study aids that need a look, sources about to expire."""
    notebook = get_notebook_for(request, notebook_id, to_edit=True)
    today = timezone.localdate()
    documents, aids = documents_of(notebook), aids_of(notebook, request)
    for source in documents:
        source.is_over = source.valid_until is not None and source.valid_until < today
    context = {
        "notebook": notebook,
        "gaps": gaps.figures_of(notebook) if notebook.audience != Notebook.Audience.PRIVATE else [],
        "is_private": notebook.audience == Notebook.Audience.PRIVATE,
        "stale": [aid for aid in aids if aid.stale],
        "drafts": [aid for aid in aids if aid.is_ready and not aid.is_released],
        "expiring": [
            source for source in documents if source.valid_until and source.valid_until <= today + SOON
        ],
        "failed": [source for source in documents if source.is_failed],
    }
    return render(request, "notebooks/care.html", context)


@require_POST
def copy_notebook(request: HttpRequest, notebook_id: object) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id)
    try:
        own = copy(notebook=notebook, user=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("This is your own copy. Nobody else sees it until you share it."))
    return redirect("notebooks:detail", own.pk)
