"""The page of the question box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hub.adoption.asking.answering import LONGEST, answer
from hub.adoption.presenting import Presented
from hub.adoption.reports import REPORTS
from hub.adoption.scopes import record_look, scope_of
from hub.adoption.views import with_charts
from hub.refusals import Refusal


@require_http_methods(["GET", "POST"])
@with_charts
def ask(request: HttpRequest) -> HttpResponse:
    """The question comes by POST, so that it stands in no log of addresses."""
    scope = scope_of(request.user)
    context: dict = {"longest": LONGEST, "reports": REPORTS.values()}
    if request.method == "GET":
        return render(request, "adoption/ask.html", context)
    question = request.POST.get("question", "")
    try:
        found = answer(scope, question)
    except Refusal as refusal:
        context |= {"question": question[:LONGEST], "error": refusal.message}
        return render(request, "adoption/ask.html", context, status=refusal.status)
    context |= {"question": question, "answer": found, "reports": found.reports}
    if found.table:
        record_look(request.user, found.table.report.name, found.table.selection, "answer")
        context["shown"] = Presented(found.table, found.unit)
    return render(request, "adoption/ask.html", context)
