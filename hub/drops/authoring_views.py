"""Where an author fills a calendar door by door, looks at it as others will see it, and publishes it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.drops import authoring
from hub.drops.checks import faults_of
from hub.drops.doors import OPEN, DoorState, hung_up
from hub.drops.filling import fill as fill_doors
from hub.drops.filling import propose, suitable_tips
from hub.drops.forms import DoorForm, DropForm
from hub.drops.models import LANGUAGES, Drop, DropDoor
from hub.drops.schedule import furthest_day
from hub.nudges.authoring import check_author
from hub.problems import refuse
from hub.refusals import Refusal

A_PAGE = 50


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    check_author(request.user)
    page = Paginator(Drop.objects.select_related("owner"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "drops/desk.html", {"page": page})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    check_author(request.user)
    now = timezone.now()
    key = request.POST.get("from", request.GET.get("from", ""))
    beginnings = authoring.beginnings_for(request.user, now)
    begun = next((one for one in beginnings if one.key == key), None)
    initial = {"starts_on": authoring.first_day_for(begun.key if begun else "", now)}
    form = DropForm(request.POST or None, now=now, initial=initial | (begun.words if begun else {}))
    if request.method == "POST" and form.is_valid():
        try:
            drop = authoring.create(drop=form.save(commit=False), by=request.user, source=key, now=now)
        except Refusal as refusal:
            return refuse(request, refusal)
        return redirect(_next_path(drop, 0))
    context = {"form": form, "beginnings": beginnings, "begun": begun, **_by_language(form, "title", "intro")}
    return render(request, "drops/form.html", context, status=422 if form.errors else 200)


def _by_language(form: DropForm | DoorForm, *names: str) -> dict[str, object]:
    """The fields of each language. Titles and texts may wait in a draft, yet none of them is optional."""
    form.use_required_attribute = False
    for name in {"title", "text"} & set(names):
        for code, _label in LANGUAGES:
            form.fields[f"{name}_{code}"].required = True
    return {
        "languages": [(code, label, [form[f"{name}_{code}"] for name in names]) for code, label in LANGUAGES]
    }


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    drop = authoring.get_drop_for(request.user, drop_id)
    heading = drop.title
    form = DropForm(request.POST or None, instance=drop, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            authoring.change(drop=form.save(commit=False))
        except Refusal as refusal:
            return refuse(request, refusal)
        messages.success(request, _("Saved."))
        return redirect("drops:edit", drop_id)
    context = {"form": form, "drop": drop, "heading": heading, **_by_language(form, "title", "intro")}
    return render(request, "drops/form.html", context, status=422 if form.errors else 200)


@require_GET
def overview(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    """All doors with their days and what they lack, and what still stands in the way of publishing."""
    drop, now = authoring.get_drop_for(request.user, drop_id), timezone.now()
    doors = list(drop.doors.select_related("story"))
    faults = faults_of(drop, doors, now) if drop.is_draft else []
    furthest = furthest_day(now)
    context = {
        "drop": drop,
        "rows": [(door, drop.day_of(door.number), drop.day_of(door.number) <= furthest) for door in doors],
        "faults": [fault for fault in faults if fault.number is None],
        "ready": sum(door.is_ready for door in doors),
        "empty": sum(door.is_empty for door in doors),
        "first_to_do": next((door.number for door in doors if not door.is_ready), None),
        "can_publish": drop.is_draft and not faults,
        "can_be_taken_down": authoring.can_be_taken_down(drop, now),
    }
    return render(request, "drops/overview.html", context)


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, drop_id: UUID, number: int) -> HttpResponse:
    """One door; every way out of the page but the last one keeps what was written."""
    drop = authoring.get_drop_for(request.user, drop_id)
    found = get_object_or_404(drop.doors.select_related("drop", "story"), number=number)
    version, other = request.POST.get("version", found.version), None
    form = DoorForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            authoring.write_door(door=form.save(commit=False), seen=request.POST.get("version"))
        except Refusal as refusal:
            if refusal.code == authoring.CHANGED_MEANWHILE:
                # Saving once more is then meant: the page shows what both wrote.
                other = drop.doors.get(number=number)
                version = other.version
            else:
                form.add_error(None, str(refusal.message))
        else:
            return redirect(_way(drop, number, request.POST.get("then", "")))
    day = drop.day_of(number)
    context = {
        "drop": drop,
        "door": found,
        "form": form,
        "version": version,
        "other": _words_of(other) if other else [],
        "day": day,
        "has_opened": drop.is_published and day <= furthest_day(timezone.now()),
        "to_do": sum(not one.is_ready for one in drop.doors.select_related("story")),
        **_by_language(form, "title", "text"),
    }
    status = 409 if other else 422 if form.errors else 200
    return render(request, "drops/door.html", context, status=status)


def _words_of(door: DropDoor) -> list[tuple[str, str, str]]:
    """(language, title, text) in each."""
    return [
        (code, getattr(door, f"title_{code}"), getattr(door, f"text_{code}")) for code, _label in LANGUAGES
    ]


def _way(drop: Drop, number: int, then: str) -> str:
    if then == "previous" and number > 1:
        return _edit_path(drop, number - 1)
    if then == "preview":
        return f"{reverse('drops:preview', args=[drop.pk])}?door={number}#door-title"
    return _next_path(drop, number) if then == "next" else reverse("drops:edit", args=[drop.pk])


def _next_path(drop: Drop, number: int) -> str:
    """The next door after this one, the first one after none, and the list after the last."""
    if number == 0 and not any(not one.is_ready for one in drop.doors.select_related("story")):
        return reverse("drops:edit", args=[drop.pk])
    return _edit_path(drop, number + 1) if number < drop.size else reverse("drops:edit", args=[drop.pk])


def _edit_path(drop: Drop, number: int) -> str:
    return reverse("drops:edit-door", args=[drop.pk, number])


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    """Tips of the library for all empty doors; whoever looks at them takes out what does not fit."""
    drop = authoring.get_drop_for(request.user, drop_id)
    if request.method == "POST":
        filled = fill_doors(drop=drop, chosen=_chosen(request, drop))
        messages.success(request, _("Doors filled: %(n)s. Every one can still be changed.") % {"n": filled})
        return redirect("drops:edit", drop_id)
    again = request.GET.get("again", "0")
    again = int(again) if again.isdecimal() and len(again) < 4 else 0
    doors, tips = list(drop.doors.all()), suitable_tips(drop, timezone.now())
    pairs = propose(drop, doors, tips, again=again)
    context = {
        "drop": drop,
        "rows": [(one, drop.day_of(one.number), tip) for one, tip in pairs],
        "again": again + 1,
        "has_more": len(tips) > len(pairs),
        "empty": sum(one.is_empty for one in doors),
    }
    return render(request, "drops/fill.html", context)


def _chosen(request: HttpRequest, drop: Drop) -> dict[int, str]:
    """`door` repeated, each "number:tip"."""
    chosen = {}
    for pair in request.POST.getlist("door")[: drop.size]:
        number, _colon, tip = pair.partition(":")
        if not number.isdecimal() or len(number) > 2:
            raise BadRequest
        chosen[int(number)] = tip
    return chosen


@require_GET
def preview(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    """The calendar as people will see it with all doors open, and a door in both languages."""
    drop = authoring.get_drop_for(request.user, drop_id)
    doors = list(drop.doors.select_related("tip", "story__author", "leader"))
    wanted = request.GET.get("door", "")
    states = [DoorState(one.number, drop.day_of(one.number), OPEN, content=one) for one in doors]
    shown = next((state for state in states if str(state.day) == wanted), None)
    context = {"drop": drop, "doors": hung_up(states), "shown": shown, "languages": LANGUAGES}
    return render(request, "drops/preview.html", context)


def _act(
    request: HttpRequest, drop: Drop, action: Callable[..., Drop], sentence: str | Promise
) -> HttpResponse:
    try:
        action(drop=drop, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, sentence)
    return redirect("drops:edit", drop.pk)


PUBLISHED = gettext_lazy("It hangs. Until its first door opens you can take it down again.")


@require_POST
def publish(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    return _act(request, authoring.get_drop_for(request.user, drop_id), authoring.publish, PUBLISHED)


@require_POST
def unpublish(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    drop = authoring.get_drop_for(request.user, drop_id)
    return _act(request, drop, authoring.unpublish, gettext_lazy("It is a draft again; nothing is lost."))


@require_POST
def end(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    drop = authoring.get_drop_for(request.user, drop_id)
    return _act(request, drop, authoring.end, gettext_lazy("It has ended. No further door opens."))


@require_POST
def resume(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    drop = authoring.get_drop_for(request.user, drop_id)
    return _act(request, drop, authoring.resume, gettext_lazy("It goes on."))


@require_POST
def take_over(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    drop = authoring.get_any_drop_for(request.user, drop_id)
    return _act(request, drop, authoring.take_over, gettext_lazy("It is yours now."))


@require_POST
def discard(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    drop = authoring.get_drop_for(request.user, drop_id)
    if request.POST.get("title", "").strip() not in {drop.title_de, drop.title_en} - {""}:
        messages.error(request, _("Nothing was deleted: the title you typed is not the calendar's."))
        return redirect("drops:edit", drop.pk)
    try:
        authoring.discard(drop=drop)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Discarded. Nobody had seen it."))
    return redirect("drops:authoring")
