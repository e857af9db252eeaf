"""What a page's address and its fields name: rows fetched and checked together, numbers that are some."""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from learning.notebooks.models import Notebook

UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def get_notebook_for(request: HttpRequest, notebook_id: object, *, to_edit: bool = False) -> Notebook:
    """The notebook if this person may read it (else 404), and may edit it where asked (else 403)."""
    visible = Notebook.objects.visible_to(request.user).select_related("owner", "team", "site")
    notebook = get_object_or_404(visible, pk=notebook_id)
    if to_edit and not notebook.can_be_edited_by(request.user):
        raise PermissionDenied
    return notebook


def whole_number(value: str) -> int | None:
    """What a field holds as a number from 0; None if it is none, or longer than any that is meant."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
