"""May I? The tools that are open to everybody, and what may go into each; administrators keep the list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.ai import actions
from hub.ai.forms import ToolForm
from hub.ai.models import AISystem, DataClass
from hub.people import access


def get_tool_for(request: HttpRequest, slug: str) -> AISystem:
    """403 for whoever may not change the register, 404 for what is none of the company's tools."""
    if not access.is_administrator(request.user):
        raise PermissionDenied
    return get_object_or_404(AISystem.objects.filter(is_own=False), slug=slug)


@require_GET
def may_i(request: HttpRequest) -> HttpResponse:
    """With `?data=internal` the answer to one question: which tools take that."""
    data = request.GET.get("data", "")
    data = data if data in DataClass.values else ""
    is_administrator = access.is_administrator(request.user)
    tools = sorted(AISystem.objects.tools(), key=lambda tool: tool.name.casefold())
    context = {
        "kinds": DataClass.choices,
        "data": data,
        "wanted": DataClass(data).label if data else "",
        "yes": [tool for tool in tools if not data or tool.takes(data)],
        "no": [tool for tool in tools if data and not tool.takes(data)],
        "own": sorted(AISystem.objects.filter(is_own=True), key=lambda system: system.name.casefold()),
        "is_administrator": is_administrator,
        "withdrawn": AISystem.objects.filter(is_own=False, is_allowed=False) if is_administrator else [],
    }
    return render(request, "ai/may_i.html", context)


@require_http_methods(["GET", "POST"])
def add_tool(request: HttpRequest) -> HttpResponse:
    if not access.is_administrator(request.user):
        raise PermissionDenied
    form = ToolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_tool(tool=form.save(commit=False), by=request.user)
        messages.success(request, _("The tool is in the list, for everybody."))
        return redirect("ai:may-i")
    return render(request, "ai/tool_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_tool(request: HttpRequest, tool: str) -> HttpResponse:
    system = get_tool_for(request, tool)
    name = system.name
    form = ToolForm(request.POST or None, instance=system)
    if request.method == "POST" and form.is_valid():
        actions.change_tool(tool=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
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
