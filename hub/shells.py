"""Pages whose body is the same for everybody, kept with their frame; what the frame says of a person is put in anew.

Rendering the frame takes longer than all queries of such a page. A shell is kept for each kind of reader: language,
time zone, roles, how much is unread. Forms' tokens, the clock, the address and the slots of a view never lie in it.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.contrib.messages import get_messages
from django.core.cache import cache as pages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language


def render_shell(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    key: str,
    seconds: int,
    slots: Mapping[str, SafeString],
) -> HttpResponse:
    """The template's page; `context` may hold nothing that differs between readers of one `key`.

    Each of `slots`, HTML for this person by name, is in the template's context under that name.
    """
    about = _about(request)
    if len(get_messages(request)):  # said once, to this person
        return HttpResponse(render_to_string(template, {**context, **slots}, request))
    roles = ",".join(sorted(about["roles"]))
    who = f"{get_language()}:{get_current_timezone_name()}:{roles}:{about['unread_notices']}"
    own = {
        "csrf_token": get_token(request),
        "stamp": about["stamp"],
        "full_path": conditional_escape(about["full_path"]),
        **slots,
    }
    marks = {name: _mark(name) for name in own}

    def make() -> list[bytes]:
        page = render_to_string(template, {**context, **about, **marks}, request)
        return [piece.encode() for piece in re.split(f"({'|'.join(marks.values())})", page)]

    pieces = list(pages.get_or_set(f"shell:{key}:{who}", make, seconds))
    filled = {marks[name].encode(): str(value).encode() for name, value in own.items()}
    pieces[1::2] = [filled[mark] for mark in pieces[1::2]]
    return HttpResponse(b"".join(pieces))


def _about(request: HttpRequest) -> dict[str, object]:
    """What the site's context processors say of this request; what costs a query is lazy there."""
    about: dict[str, object] = {}
    for processor in engines["django"].engine.template_context_processors:
        about |= processor(request)
    return about


@cache
def _mark(name: str) -> SafeString:
    """What stands for it in the cache: nobody can write a title that contains it."""
    return mark_safe(salted_hmac("hub.shells", name, algorithm="sha256").hexdigest())
