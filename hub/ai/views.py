"""May I? The tools that are open to everybody, and what may go into each; administrators keep the list."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.ai import actions, permission, requesting
from hub.ai.forms import ANOTHER_TOOL, QuestionForm, ToolForm
from hub.ai.models import AISystem, DataClass, ToolRequest
from hub.people import access


def get_tool_for(request: HttpRequest, slug: str) -> AISystem:
    """403 for whoever may not change the register, 404 for what is none of the company's tools."""
    if not access.is_administrator(request.user):
        raise PermissionDenied
    return get_object_or_404(AISystem.objects.filter(is_own=False), slug=slug)


@require_GET
def may_i(request: HttpRequest) -> HttpResponse:
    """With `?tool=company-chat&data=internal` the answer to one question; with either alone, to that part of it."""
    is_administrator = access.is_administrator(request.user)
    tools = sorted(AISystem.objects.tools().select_related("owner"), key=lambda tool: tool.name.casefold())
    form = QuestionForm(request.GET, tools=tools)
    tool, data = form.wishes()
    chosen = next((one for one in tools if one.slug == tool), None)
    if chosen is None and tool != ANOTHER_TOOL:
        chosen = _withdrawn(request.GET.get("tool", ""))
    context = {
        "form": form,
        "answer": permission.may_i(chosen, data) if chosen or tool == ANOTHER_TOOL else None,
        "data": data,
        "wanted": DataClass(data).label if data else "",
        "kinds": DataClass.choices,
        "grid": [(one, [(kind.label, one.takes(kind)) for kind in DataClass]) for one in tools],
        "administrators": [
            person.get_full_name() for person in permission.administrators()[: permission.MOST_NAMES]
        ],
        "yes": [one for one in tools if not data or one.takes(data)],
        "no": [one for one in tools if data and not one.takes(data)],
        "own": sorted(AISystem.objects.filter(is_own=True), key=lambda system: system.name.casefold()),
        "is_administrator": is_administrator,
        "withdrawn": AISystem.objects.filter(is_own=False, is_allowed=False) if is_administrator else [],
        "open_requests": ToolRequest.objects.open().count(),
    }
    return render(request, "ai/may_i.html", context)


def _withdrawn(slug: str) -> AISystem | None:
    """A tip or a lab may still lead to a tool that people may no longer use; then the answer says so."""
    return AISystem.objects.filter(slug=slug, is_own=False).select_related("owner").first() if slug else None


@require_http_methods(["GET", "POST"])
def add_tool(request: HttpRequest) -> HttpResponse:
    """With `?request=<id>` filled in from a request that was granted, and linked to it."""
    if not access.is_administrator(request.user):
        raise PermissionDenied
    asked = granted_request(request.GET.get("request", ""))
    form = ToolForm(request.POST or None, initial=initial_of(asked) if asked else None)
    if request.method == "POST" and form.is_valid():
        tool = actions.add_tool(tool=form.save(commit=False), by=request.user)
        if asked:
            requesting.link_to_entry(request=asked, system=tool)
        messages.success(request, _("The tool is in the list, for everybody."))
        _say_alike(request, requesting.point_out_duplicates(tool=tool, by=request.user))
        return redirect("ai:may-i")
    return render(request, "ai/tool_form.html", {"form": form}, status=422 if form.errors else 200)


def _say_alike(request: HttpRequest, alike: list[AISystem]) -> None:
    if alike:
        names = ", ".join(one.name for one in alike)
        messages.warning(request, _("For something alike there is already: %(names)s.") % {"names": names})


def granted_request(request_id: str) -> ToolRequest | None:
    try:
        return ToolRequest.objects.filter(pk=UUID(request_id), state=ToolRequest.State.GRANTED).first()
    except ValueError:
        return None


def initial_of(asked: ToolRequest) -> dict[str, str]:
    return {
        "name_de": asked.tool,
        "purpose_de": asked.purpose,
        "data_class": asked.data_class,
        "link": asked.link,
    }


@require_http_methods(["GET", "POST"])
def change_tool(request: HttpRequest, tool: str) -> HttpResponse:
    system = get_tool_for(request, tool)
    name = system.name
    form = ToolForm(request.POST or None, instance=system)
    if request.method == "POST" and form.is_valid():
        alike = actions.change_tool(tool=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        _say_alike(request, alike)
        return redirect("ai:may-i")
    context = {"form": form, "tool": system, "name": name}
    return render(request, "ai/tool_form.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw_tool(request: HttpRequest, tool: str) -> HttpResponse:
    actions.set_allowed(tool=get_tool_for(request, tool), is_allowed=False, by=request.user)
    messages.success(request, _("The tool is offered to nobody any more. You can allow it again below."))
    return redirect("ai:may-i")


@require_POST
def allow_tool(request: HttpRequest, tool: str) -> HttpResponse:
    actions.set_allowed(tool=get_tool_for(request, tool), is_allowed=True, by=request.user)
    messages.success(request, _("The tool is allowed again."))
    return redirect("ai:may-i")
