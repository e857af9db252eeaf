"""Tips: the library, one of them, and what one answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hub.nudges import actions, cards, keeping
from hub.nudges.forms import LibraryForm, ResponseForm
from hub.nudges.library import entries_for, found
from hub.nudges.models import Favourite, Tip
from hub.nudges.vocabulary import Moment
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal

EFFECTS = {
    "tried": _("Noted. Well done. It rests for three weeks."),
    "later": _("It comes back in three days."),
    "not_for_me": _("You will not get this tip again."),
    "": _("Your answer is taken back."),
}


def get_tip_for(request: HttpRequest, tip_id: object) -> Tip:
    return get_object_or_404(Tip.objects.visible_to(request.user), pk=tip_id)


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    form, now = LibraryForm(request.GET), timezone.now()
    wishes = form.wishes()
    entries = found(entries_for(request.user, now), **wishes)
    context = {
        "form": form,
        "wishes": wishes,
        "moments": Moment.choices,
        "is_filtered": any(wishes.values()),
        "is_narrowed": any(wishes[name] for name in ("area", "tool", "role")),
        "page": Paginator(entries, 30).get_page(request.GET.get("page")),
        "is_author": access.is_content_owner(request.user),
    }
    return render(request, "nudges/library.html", context)


@require_GET
def detail(request: HttpRequest, tip_id: object) -> HttpResponse:
    now, tip = timezone.now(), get_tip_for(request, tip_id)
    context = {
        "tip": tip,
        "card": cards.library_card(request.user, tip, now),
        "is_favourite": Favourite.objects.filter(user=request.user, tip=tip).exists(),
        "brought": cards.brought(request.user, tip),
        "rests_until": cards.rests_until(request.user, tip, now),
        "is_author": access.is_content_owner(request.user),
    }
    return render(request, "nudges/detail.html", context)


@require_POST
def favourite(request: HttpRequest, tip_id: object) -> HttpResponse:
    """A switch: pressed again it is undone. With htmx the switch comes back, else the tip."""
    tip = get_tip_for(request, tip_id)
    is_favourite = request.POST.get("favourite") != "none"
    change = actions.add_favourite if is_favourite else actions.remove_favourite
    change(user=request.user, tip=tip)
    if request.htmx:
        is_worded = "worded" in request.POST
        context = {"tip": tip, "is_favourite": is_favourite, "is_answer": True, "is_worded": is_worded}
        return render(request, "nudges/_favourite.html", context)
    return redirect("nudges:detail", tip.pk)


@require_POST
def show_again(request: HttpRequest, tip_id: object) -> HttpResponse:
    tip = get_tip_for(request, tip_id)
    actions.show_again(user=request.user, tip=tip)
    messages.success(request, _("It may come again at once."))
    return redirect("nudges:detail", tip.pk)


@require_POST
def answer(request: HttpRequest, tip_id: object) -> HttpResponse:
    """From the library; "none" also takes "not for me" back."""
    tip, form = get_tip_for(request, tip_id), ResponseForm(request.POST)
    if not form.is_valid():
        return refuse(request, Refusal("invalid", form.errors["response"][0], status=422))
    response = form.cleaned_data["response"]
    now = timezone.now()
    if response:
        card = cards.library_card(request.user, tip, now)
        actions.respond(user=request.user, card=card, response=response, now=now)
    else:
        actions.take_back(user=request.user, tip=tip)
    messages.success(request, EFFECTS[response])
    return redirect("nudges:detail", tip.pk)


@require_POST
def see(request: HttpRequest, nudge_id: object) -> HttpResponse:
    """Told by the page once the card was really on the screen."""
    now = timezone.now()
    actions.see(user=request.user, card=cards.get_card_for(request.user, nudge_id, now), now=now)
    return HttpResponse(status=204)


@require_POST
def respond(request: HttpRequest, nudge_id: object) -> HttpResponse:
    """From the card on Today: with htmx the card comes back with its effect, else Today does."""
    now, user, form = timezone.now(), request.user, ResponseForm(request.POST)
    card = cards.get_card_for(user, nudge_id, now)
    if not form.is_valid():
        return refuse(request, Refusal("invalid", form.errors["response"][0], status=422))
    actions.respond(user=user, card=card, response=form.cleaned_data["response"], now=now)
    if request.htmx:
        context = {"tip_card": cards.get_card_for(user, card.id, now), "is_answer": True}
        return render(request, "nudges/_card.html", context)
    return redirect("/#tip")


@require_POST
def say_kept(request: HttpRequest, nudge_id: object) -> HttpResponse:
    """Whether what was tried is still in use."""
    word = request.POST.get("kept", "")
    is_taken_back = word == "none"
    try:
        keeping.answer(user=request.user, nudge_id=nudge_id, word=word, now=timezone.now())
    except Refusal as refusal:
        return refuse(request, refusal)
    if is_taken_back:
        messages.success(request, _("Your answer is taken back."))
        return redirect("/")
    messages.success(request, _("Thank you. You will not be asked about this tip again."))
    return redirect(f"/?kept={nudge_id}")
