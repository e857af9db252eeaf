"""Comparing two processes: choosing the other one, confirming where each step went, and what it comes to."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from challenges.processes import comparisons, notes
from challenges.processes.comparing import CHANGES
from challenges.processes.comparisons import Compared, compared
from challenges.processes.fetching import get_process_for
from challenges.processes.models import Comparison, Process, Step
from challenges.processes.variants import variants_of
from hub.problems import refuse
from hub.refusals import Refusal


class OtherForm(forms.Form):
    other = forms.ModelChoiceField(
        label=gettext_lazy("How it runs afterwards, or elsewhere"),
        queryset=Process.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose a process.")},
    )

    def __init__(self, *args: Any, process: Process, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Process.objects.visible_to(user).exclude(pk=process.pk).without_file().select_related("site")
        self.fields["other"].queryset = others.order_by("title", "pk")
        variants = [(found.pk, found.called) for found in variants_of(process, user)]
        if variants:
            known = {pk for pk, _called in variants}
            rest = [
                (found.pk, found.called) for found in others.order_by("title", "pk") if found.pk not in known
            ]
            self.fields["other"].choices = [
                (_("The same at other sites"), variants),
                (_("Other processes"), rest),
            ]
        else:
            self.fields["other"].label_from_instance = lambda found: found.called


class WentForm(forms.Form):
    """Where one step went: a step of the other process, or nowhere."""

    to = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, after: Iterable[Step], step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = _("What has become of “%(step)s”") % {"step": step.name}
        self.fields["to"].choices = [
            ("", _("it is gone")),
            *((str(found.pk), f"{found.position} {found.name}") for found in after),
        ]

    @property
    def target(self) -> UUID | None:
        chosen = self.cleaned_data["to"]
        return UUID(chosen) if chosen else None


def get_comparison_for(request: HttpRequest, comparison_id: object) -> Comparison:
    rows = Comparison.objects.visible_to(request.user).select_related("before", "after")
    return get_object_or_404(rows, pk=comparison_id)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, process_id: object) -> HttpResponse:
    process = get_process_for(request, process_id)
    form = OtherForm(request.POST or None, process=process, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            comparison = comparisons.begin(
                user=request.user, before=process, after=form.cleaned_data["other"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect("processes:comparison", comparison.pk)
    mine = Comparison.objects.visible_to(request.user).filter(before=process).select_related("after")
    context = {"process": process, "form": form, "comparisons": mine}
    return render(request, "processes/compare.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, comparison_id: object) -> HttpResponse:
    comparison = get_comparison_for(request, comparison_id)
    found = compared(comparison)
    rows = [(row, _form(row.step, row.target, found, request)) for row in found.rows]
    if request.method == "POST":
        checked = [form.is_valid() for _row, form in rows]  # each says what is wrong with it
        if all(checked):
            went = {row.step.pk: form.target for row, form in rows}
            try:
                comparisons.confirm(comparison=comparison, went=went)
            except Refusal as refusal:
                return refuse(request, refusal)
            messages.success(request, _("Confirmed. What you said counts; you can change it here."))
            return redirect("processes:comparison", comparison.pk)
        messages.error(request, _("One of these steps is not in these processes. Reload the page."))
    context = {
        "comparison": comparison,
        "found": found,
        "notes": notes.redrawing_sentences(found.flags),
        "rows": rows,
        "counts": [(name, found.outcome.counts[name]) for name in CHANGES if found.outcome.counts[name]],
    }
    return render(
        request, "processes/comparison.html", context, status=422 if request.method == "POST" else 200
    )


def _form(step: Step, target: Step | None, found: Compared, request: HttpRequest) -> WentForm:
    initial = {"to": str(target.pk) if target else ""}
    return WentForm(
        request.POST or None,
        after=found.after,
        step=step,
        initial=initial,
        prefix=f"step-{step.position}",
    )


@require_POST
def reset(request: HttpRequest, comparison_id: object) -> HttpResponse:
    comparison = get_comparison_for(request, comparison_id)
    comparisons.reset(comparison=comparison)
    messages.success(request, _("What you had said is gone; the proposals stand again."))
    return redirect("processes:comparison", comparison.pk)


@require_POST
def delete(request: HttpRequest, comparison_id: object) -> HttpResponse:
    comparison = get_comparison_for(request, comparison_id)
    before = comparison.before_id
    comparison.delete()
    messages.success(request, _("The comparison is deleted; both processes are still there."))
    return redirect("processes:detail", before)
