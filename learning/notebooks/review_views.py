"""The pages of flashcards: the review, the decks behind it, and when one wants to see them."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import reviewing
from learning.notebooks.aid_presenting import present
from learning.notebooks.aid_views import get_aid_for
from learning.notebooks.fetching import UUID_FORM, whole_number
from learning.notebooks.models import AidItem, CardReview, ReviewRhythm, StudyAid


@require_POST
def deck(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id)
    if request.POST.get("learn") == "no":
        reviewing.put_down(aid=aid, learner=request.user)
        messages.success(request, _("You are not learning these cards any more."))
        return redirect("notebooks:aid", notebook_id, aid.pk)
    try:
        reviewing.take_up(aid=aid, learner=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("review:cards")


def _context(request: HttpRequest) -> dict[str, object]:
    now, learner = timezone.now(), request.user
    queue, answered = reviewing.queue_of(learner, now), reviewing.answered_today(learner, now)
    aids = StudyAid.objects.visible_to(learner).filter(kind="cards", decks__learner=learner)
    context: dict[str, object] = {
        "queue": queue,
        "rhythm": reviewing.rhythm_of(learner),
        "rhythms": ReviewRhythm.Rhythm.choices,
        "answered": answered,
        "percent": 100 * answered // max(1, answered + queue.left),
        "decks": aids.select_related("notebook"),
    }
    if queue.card is None:
        return {**context, "next_due": reviewing.next_due(learner, now)}
    aid = queue.card.aid
    return {
        **context,
        "card": present(aid, AidItem.objects.filter(pk=queue.card.pk))[0],
        "aid": aid,
        "notebook": aid.notebook,
        "ratings": _ratings(learner, queue, now),
    }


def _ratings(learner: User, queue: reviewing.Queue, now: datetime) -> list[dict[str, object]]:
    """The four answers with when the card would come back."""
    previews = reviewing.previews(learner, queue.state, now)
    tonight = reviewing.midnight_after(learner, now)
    return [
        {
            "value": rating.value,
            "name": rating.name.lower(),
            "label": rating.label,
            "at": previews[rating.value],
            "minutes": max(1, round((previews[rating.value] - now).total_seconds() / 60)),
            "is_soon": previews[rating.value] < tonight,
        }
        for rating in CardReview.Rating
    ]


@require_GET
def review(request: HttpRequest) -> HttpResponse:
    template = "notebooks/_review.html" if request.htmx else "notebooks/review.html"
    return render(request, template, _context(request))


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Keep the answer and show the next card. One that was answered already only shows the next."""
    value, rating = request.POST.get("card", ""), request.POST.get("rating", "")
    item = get_object_or_404(
        reviewing.cards_of(request.user), pk=UUID(value) if UUID_FORM.fullmatch(value) else UUID(int=0)
    )
    try:
        reviewing.review(
            learner=request.user,
            item=item,
            rating=whole_number(rating) or 0,
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refusal:
        if refusal.code != "answered":
            return refuse(request, refusal)
    return _next(request)


def _next(request: HttpRequest) -> HttpResponse:
    if request.htmx:
        return render(request, "notebooks/_review.html", _context(request))
    return redirect("review:cards")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    try:
        reviewing.undo(learner=request.user)
    except Refusal as refusal:
        if not request.htmx:
            return refuse(request, refusal)
    return _next(request)


@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    new = request.POST.get("new_at_once", "")
    try:
        reviewing.change_rhythm(
            learner=request.user,
            rhythm=request.POST.get("rhythm", ""),
            new_at_once=-1 if (number := whole_number(new)) is None else number,
        )
        messages.success(request, _("Saved."))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("review:cards")
