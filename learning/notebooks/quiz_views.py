"""The pages of a quiz: one question at a time, its answer with the passage it stands on, the result."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import guiding, quizzing
from learning.notebooks.aid_presenting import ShownItem, present
from learning.notebooks.aid_views import get_aid_for
from learning.notebooks.fetching import UUID_FORM, get_notebook_for
from learning.notebooks.grading import is_number
from learning.notebooks.models import AidItem, Attempt, AttemptAnswer

HALF = 2  # options that stay after the first miss


@require_POST
def begin(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id)
    try:
        attempt = quizzing.begin(aid=aid, learner=request.user, is_guided=request.POST.get("guided") == "yes")
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("notebooks:attempt", notebook_id, attempt.pk)


def _attempt_for(request: HttpRequest, notebook_id: object, attempt_id: object) -> Attempt:
    notebook = get_notebook_for(request, notebook_id)
    mine = Attempt.objects.visible_to(request.user).filter(aid__notebook=notebook).select_related("aid")
    attempt = get_object_or_404(mine, pk=attempt_id)
    attempt.aid.notebook = notebook
    return attempt


@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest, notebook_id: object, attempt_id: object) -> HttpResponse:
    attempt = _attempt_for(request, notebook_id, attempt_id)
    notebook, refusal = attempt.aid.notebook, None
    if request.method == "POST":
        item = AidItem.objects.holding().filter(aid=attempt.aid, pk=_item_id(request.POST)).first()
        try:
            quizzing.answer(attempt=attempt, item=item, given=request.POST.get("given", ""))
            here = reverse("notebooks:attempt", args=[notebook.pk, attempt.pk])
            return redirect(f"{here}?item={item.pk}#answer")
        except Refusal as error:
            refusal = error
    return _page(request, attempt, refusal)


@require_POST
def think(request: HttpRequest, notebook_id: object, attempt_id: object) -> HttpResponse:
    """A model's hint to the item that was missed: as a fragment, or on the page of the question."""
    attempt = _attempt_for(request, notebook_id, attempt_id)
    if not guiding.is_offered():
        raise Http404
    item = AidItem.objects.holding().filter(aid=attempt.aid, pk=_item_id(request.POST)).first()
    try:
        hint = guiding.hint(attempt=attempt, item=item)
    except Refusal as refusal:
        return refuse(request, refusal)
    context = {"hint": hint, "has_asked": True, "aid": attempt.aid}
    if request.htmx:
        return render(request, "notebooks/_hint.html", context)
    return _page(request, attempt, None, missed=item, **context)


def _item_id(values: object) -> UUID:
    value = values.get("item", "")
    return UUID(value) if UUID_FORM.fullmatch(value) else UUID(int=0)


def _page(
    request: HttpRequest,
    attempt: Attempt,
    refusal: Refusal | None,
    *,
    missed: AidItem | None = None,
    **hinted: object,
) -> HttpResponse:
    """The answer just given, or the next question, or the result; `missed` is asked again, with what was hinted."""
    given = None
    if refusal is None and "item" in request.GET:
        given = attempt.answers.filter(item=_item_id(request.GET)).first()
    if missed is not None:
        given = attempt.answers.filter(item=missed).first()
    item = None
    if given is not None:
        item = AidItem.objects.holding().filter(pk=given.item_id).first()
    is_asking = given is None or (attempt.is_guided and not given.is_solved)
    if item is None:
        item, is_asking = quizzing.next_item(attempt), True
    context = {
        "attempt": attempt,
        "aid": attempt.aid,
        "notebook": attempt.aid.notebook,
        "result": quizzing.result_of(attempt),
        "number": min(len(attempt.items), _settled(attempt) + (1 if is_asking else 0)),
        "percent": 100 * _settled(attempt) // max(1, len(attempt.items)),
        "refusal": refusal,
        **hinted,
    }
    if item is None:
        rows = _reviewed(attempt)
        context["wrong"] = [row for row in rows if not row["answer"].is_right]
        context["right"] = [row for row in rows if row["answer"].is_right]
        return render(request, "notebooks/quiz_result.html", context)
    shown = present(attempt.aid, AidItem.objects.filter(pk=item.pk))[0]
    context.update(item=shown, given=given, is_asking=is_asking, **_asked(shown, given, attempt))
    page = "notebooks/quiz_question.html"
    return render(request, page, context, status=refusal.status if refusal else 200)


def _settled(attempt: Attempt) -> int:
    rows = attempt.answers.filter(is_solved=True) if attempt.is_guided else attempt.answers
    return rows.count()


def _asked(shown: ShownItem, given: AttemptAnswer | None, attempt: Attempt) -> dict[str, object]:
    """The options, and what a guided path gives away after each miss."""
    options = list(enumerate(shown.data.get("options", [])))
    tries = given.tries if given and attempt.is_guided and not given.is_solved else 0
    right = shown.data.get("right")
    if tries and options:
        wrong = [n for n, _option in options if n != right and str(n) != given.given]
        options = [option for option in options if option[0] == right or option[0] in wrong[: HALF - 1]]
    return {
        "options": options,
        "given_option": int(given.given) if given and options and is_number(given.given) else None,
        "right": right,
        "tries": tries,
        "first_letter": shown.data.get("answer", "")[:1] if tries else "",
        "shows_passage": tries >= HALF,
        "can_think": bool(tries) and guiding.is_offered(),
    }


def _reviewed(attempt: Attempt) -> list[dict[str, object]]:
    answers = {answer.item_id: answer for answer in attempt.answers.all()}
    items = present(attempt.aid, AidItem.objects.holding().filter(pk__in=answers).order_by("position"))
    return [{"item": item, "answer": answers[item.id], **_words(item, answers[item.id])} for item in items]


def _words(item: ShownItem, answer: AttemptAnswer) -> dict[str, str]:
    options = item.data.get("options")
    if options is None:
        return {"said": answer.given, "right": item.data.get("answer", "")}
    n = int(answer.given) if is_number(answer.given) else -1
    return {"said": options[n] if 0 <= n < len(options) else "", "right": options[item.data["right"]]}
