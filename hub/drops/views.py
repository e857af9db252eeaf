"""Calendars with doors, for whoever opens them."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hub.drops import actions, advent
from hub.drops.doors import OPEN, READY, DoorState, doors_of
from hub.drops.doors import hung_up as hung_up_by_chance
from hub.drops.models import Drop
from hub.drops.schedule import site_day
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal

A_PAGE = 20
# As long as opened doors are kept, see privacy.py.
KEPT = timedelta(weeks=12)


def get_visible_drop(request: HttpRequest, drop_id: object) -> Drop:
    return get_object_or_404(Drop.objects.visible_to(request.user), pk=drop_id)


@require_GET
def drops(request: HttpRequest) -> HttpResponse:
    """What runs, what comes, and what was over lately; the built-in Advent among it unless the company has its own."""
    day = site_day(request.user, timezone.now())
    visible = Drop.objects.visible_to(request.user)
    present = list(visible.published().filter(ends_on__gte=day).order_by("starts_on"))
    past = visible.exclude(pk__in=[drop.pk for drop in present]).filter(ends_on__gte=day - KEPT)
    is_built_in = advent.own_calendar(request.user, day) is None
    context = {
        "running": [drop for drop in present if drop.starts_on <= day],
        "coming": [drop for drop in present if drop.starts_on > day],
        "page": Paginator(past, A_PAGE).get_page(request.GET.get("page")),
        "advent_runs": is_built_in and advent.season_on(day) is not None,
        "advent_comes": is_built_in and advent.season_on(day) is None,
        "advent_begins_on": advent.begins_on(day),
        "advent_ends_on": advent.ends_on(day),
        "is_author": access.is_content_owner(request.user),
    }
    return render(request, "drops/drops.html", context)


def _shown(request: HttpRequest, doors: list[DoorState]) -> dict[str, object]:
    """The doors, and the open one that was asked for."""
    wanted = request.GET.get("door", "")
    return {
        "shown": next((door for door in doors if door.state == OPEN and str(door.day) == wanted), None),
        "opened": sum(door.state == OPEN for door in doors),
        "ready": [door for door in doors if door.state == READY],
        "size": len(doors),
    }


@require_GET
def calendar(request: HttpRequest, drop_id: UUID) -> HttpResponse:
    now = timezone.now()
    drop = get_visible_drop(request, drop_id)
    day = site_day(request.user, now)
    doors = doors_of(drop, request.user, now)
    context = {
        "drop": drop,
        "doors": hung_up_by_chance(doors),
        "runs": drop.runs_on(day),
        "comes": drop.is_published and day < drop.starts_on,
        "is_author": drop.owner_id == request.user.pk and access.is_content_owner(request.user),
        **_shown(request, doors),
    }
    return render(request, "drops/calendar.html", context)


@require_POST
def open_door(request: HttpRequest, drop_id: UUID, number: int) -> HttpResponse:
    drop = get_visible_drop(request, drop_id)
    if not 1 <= number <= drop.size:
        raise Http404
    try:
        actions.open_door(user=request.user, drop=drop, number=number)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(f"{reverse('drops:calendar', args=[drop.pk])}?door={number}#door-title")


@require_GET
def advent_calendar(request: HttpRequest) -> HttpResponse:
    """The built-in one; with a calendar of its own, the company sees that."""
    now, user = timezone.now(), request.user
    day = advent.site_day(user, now)
    if own := advent.own_calendar(user, day):
        return redirect("drops:calendar", own.pk)
    doors = advent.doors_of(user, now)
    context = {
        "doors": advent.hung_up(doors),
        "season": advent.season_on(day),
        "begins_on": advent.begins_on(day),
        "ends_on": advent.ends_on(day),
        **_shown(request, doors),
    }
    return render(request, "drops/advent.html", context)


@require_POST
def open_advent_door(request: HttpRequest, day: int) -> HttpResponse:
    user = request.user
    own = advent.own_calendar(user, site_day(user, timezone.now()))
    if own:
        return open_door(request, own.pk, day)
    if day not in advent.DAYS:
        raise Http404
    try:
        actions.open_advent_door(user=user, day=day)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(f"{reverse('drops:advent')}?door={day}#door-title")
