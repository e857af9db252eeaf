"""Writing a list of steps, changing it, and saying what each step takes, who works in a lane, which pools count."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.processes import consent, list_actions
from challenges.processes.fetching import get_process_for, opened, page_before
from challenges.processes.forms import PoolsForm
from challenges.processes.list_forms import (
    ROWS_AT_FIRST,
    ROWS_MORE,
    CasesForm,
    ListForm,
    NumbersForm,
    lane_forms,
    row_of,
    step_rows,
)
from challenges.processes.models import Lane, Process, Step
from challenges.processes.pool_choice import choose_pools, pools_of
from hub.problems import refuse
from hub.refusals import Refusal

STEPS_A_PAGE = 50


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new list of steps."""
    data = request.POST or None
    form = ListForm(data, initial={"language": request.user.language})
    rows = step_rows(ROWS_AT_FIRST)(data, prefix="steps")
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            process, is_new = list_actions.write_list(
                user=request.user, lines=rows.lines(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return opened(request, process, is_new)
    context = {"form": form, "rows": rows, "lanes": [], "next": page_before(request)}
    return render(request, "processes/write.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def steps(request: HttpRequest, process_id: object) -> HttpResponse:
    """The whole list where it may be rewritten; of a drawing, or a long list, the numbers, page by page."""
    process = get_process_for(request, process_id, to_edit=True)
    if process.is_baseline:
        messages.info(
            request, _("This process takes part in a bet, so its steps and numbers stay as they are.")
        )
        return redirect("processes:detail", process.pk)
    found = list(process.steps.all())
    if process.is_own_list and len(found) <= list_actions.MOST_LISTED:
        return _list(request, process, found)
    return _numbers(request, process, found)


def _list(request: HttpRequest, process: Process, found: list[Step]) -> HttpResponse:
    data = request.POST or None
    form = CasesForm(data, instance=process)
    rows = step_rows(ROWS_MORE)(data, prefix="steps", initial=[row_of(step) for step in found])
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            list_actions.rewrite_list(process=process, lines=rows.lines(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Saved, and drawn anew."))
            return redirect("processes:detail", process.pk)
    context = {"process": process, "form": form, "rows": rows, "lanes": _lanes(found)}
    return render(request, "processes/write.html", context, status=422 if request.method == "POST" else 200)


def _numbers(request: HttpRequest, process: Process, found: list[Step]) -> HttpResponse:
    data = request.POST or None
    page: Page = Paginator(found, STEPS_A_PAGE).get_page(request.GET.get("page"))
    form = CasesForm(data, instance=process)
    rows = [
        (step, NumbersForm(data, prefix=f"step-{step.position}", initial=row_of(step)))
        for step in page.object_list
    ]
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for _step, row in rows)]):
        numbers: dict[Any, dict[str, Any]] = {step.pk: row.numbers() for step, row in rows}
        try:
            list_actions.set_numbers(process=process, numbers=numbers, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Saved."))
            if page.has_next():
                query = urlencode({"page": page.next_page_number()})
                return redirect(f"{request.path}?{query}")
            return redirect("processes:detail", process.pk)
    context = {"process": process, "form": form, "rows": rows, "page": page}
    return render(request, "processes/numbers.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def lanes(request: HttpRequest, process_id: object) -> HttpResponse:
    """How many people work in each lane, and who is asked where it is one."""
    process = get_process_for(request, process_id, to_edit=True)
    names = _lanes(process.steps.all())
    forms = lane_forms(process, names, request.POST or None)
    checked = [form.is_valid() for _name, form in forms]  # each says what is wrong with it
    if request.method == "POST" and all(checked):
        told = [(name, form.cleaned_data["performers"], form.cleaned_data["person"]) for name, form in forms]
        list_actions.set_lanes(process=process, lanes=told)
        messages.success(request, _("Saved."))
        return redirect("processes:detail", process.pk)
    context = {"process": process, "forms": forms}
    return render(request, "processes/lanes.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """Lanes in which I work alone: whether others see what my steps take."""
    lanes = Lane.objects.asked_of(request.user)
    return render(request, "processes/my_work.html", {"lanes": consent.with_own_steps(lanes)})


@require_POST
def answer(request: HttpRequest, lane_id: int) -> HttpResponse:
    """My yes or no, or another one than before."""
    lane = get_object_or_404(Lane.objects.asked_of(request.user), pk=lane_id)
    agrees = request.POST.get("agrees")
    if agrees not in ("yes", "no"):
        return refuse(request, Refusal("no_answer", _("Say yes or no.")))
    try:
        consent.answer(lane=lane, agrees=agrees == "yes", read=request.POST.get("read", ""))
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(
        request,
        _("Your answer is kept.") if agrees == "yes" else _("Your times are not shown to anybody else."),
    )
    return redirect("processes:my-work")


@require_http_methods(["GET", "POST"])
def pools(request: HttpRequest, process_id: object) -> HttpResponse:
    """Which pools of the drawing count, until somebody enters a bet with the process."""
    process = get_process_for(request, process_id, to_edit=True)
    found = () if process.is_baseline else pools_of(process)
    if not found:
        messages.info(request, _("There is nothing to choose between the pools of this process."))
        return redirect("processes:detail", process.pk)
    form = PoolsForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            choose_pools(process=process, pools=form.cleaned_data["pools"])
        except Refusal as refusal:
            form.add_error("pools", str(refusal.message))
        else:
            messages.success(request, _("Saved, and counted anew."))
            return redirect("processes:detail", process.pk)
    context = {"process": process, "form": form}
    return render(request, "processes/pools.html", context, status=422 if request.method == "POST" else 200)


def _lanes(steps: Any) -> list[str]:
    return list(dict.fromkeys(step.lane for step in steps))
