"""Asking for a tool that is not in the list: the requests, one of them, and the administrators' answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.ai import requesting
from hub.ai.forms import AnswerForm, ToolRequestForm
from hub.ai.models import ANSWER_WITHIN, AISystem, ToolRequest
from hub.ai.similar import probable_duplicates, similar_systems
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal

A_PAGE = 20
MOST_PAIRS = 20


def get_request_for(request: HttpRequest, tool_request_id: object) -> ToolRequest:
    """What was asked for is everybody's to read; who asks is shown to administrators only."""
    return get_object_or_404(ToolRequest.objects.with_askers(request.user), pk=tool_request_id)


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Open ones first, the longest waiting on top; then the answers, the latest first."""
    known = ToolRequest.objects.with_askers(request.user)
    answered = known.exclude(state=ToolRequest.State.OPEN).order_by("-answered_at", "pk")
    is_administrator = access.is_administrator(request.user)
    tools = list(AISystem.objects.tools()) if is_administrator else []
    context = {
        "page": Paginator(known.open(), A_PAGE).get_page(request.GET.get("page")),
        "answered": answered[:A_PAGE],
        "days": ANSWER_WITHIN.days,
        "is_administrator": is_administrator,
        "duplicates": probable_duplicates(tools)[:MOST_PAIRS],
    }
    return render(request, "ai/requests.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Before it is sent, what is there for the purpose already is pointed out once."""
    form, found = (
        ToolRequestForm(request.POST or None, initial={"tool": request.GET.get("tool", "")[:80]}),
        None,
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.save(commit=False)
        try:
            made = requesting.ask_for(request=wanted, asker=request.user, anyway="anyway" in request.POST)
        except Refusal as refusal:
            if refusal.code != requesting.SOMETHING_SIMILAR:
                return refuse(request, refusal)
            found = requesting.look_around(tool=wanted.tool, purpose=wanted.purpose, asker=request.user)
        else:
            said = _("Asked. You are told the answer, within %(days)s days.") % {"days": ANSWER_WITHIN.days}
            messages.success(request, said)
            return redirect("ai:request", made.pk)
    context = {"form": form, "found": found, "days": ANSWER_WITHIN.days}
    return render(request, "ai/ask.html", context, status=409 if found else 422 if form.errors else 200)


@require_GET
def detail(request: HttpRequest, tool_request_id: object) -> HttpResponse:
    return _detail(request, get_request_for(request, tool_request_id), AnswerForm())


def _detail(request: HttpRequest, wanted: ToolRequest, form: AnswerForm) -> HttpResponse:
    is_administrator = access.is_administrator(request.user)
    tools = AISystem.objects.tools().select_related("owner")
    context = {
        "wanted": wanted,
        "is_mine": wanted.asker_id == request.user.pk,
        "is_administrator": is_administrator,
        "people": wanted.joined_count + (wanted.asker_id is not None),
        "joined": [row.user for row in wanted.joined.select_related("user")] if is_administrator else [],
        "similar": similar_systems(wanted.purpose, tools) if wanted.is_open else [],
        "form": form,
    }
    return render(request, "ai/request.html", context, status=422 if form.errors else 200)


@require_POST
def join(request: HttpRequest, tool_request_id: object) -> HttpResponse:
    wanted = get_request_for(request, tool_request_id)
    try:
        requesting.join(request=wanted, user=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("You ask for it too, and are told the answer."))
    return redirect("ai:request", wanted.pk)


@require_POST
def withdraw(request: HttpRequest, tool_request_id: object) -> HttpResponse:
    try:
        left = requesting.withdraw(request=get_request_for(request, tool_request_id), user=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    if left is None:
        messages.success(request, _("The request is taken back."))
        return redirect("ai:requests")
    messages.success(request, _("You no longer ask for it. Colleagues still do."))
    return redirect("ai:request", left.pk)


@require_POST
def answer(request: HttpRequest, tool_request_id: object) -> HttpResponse:
    """Granted, it leads on to the register's entry, filled in from the request."""
    if not access.is_administrator(request.user):
        raise PermissionDenied
    wanted, form = get_request_for(request, tool_request_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _detail(request, wanted, form)
    try:
        requesting.answer(request=wanted, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Answered. Everybody who asked is told."))
    if form.cleaned_data["is_granted"]:
        return redirect(f"{reverse('ai:add-tool')}?request={wanted.pk}")
    return redirect("ai:request", wanted.pk)
