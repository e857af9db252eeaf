"""The pilots that a person may see, else 404; may change, else 403."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from challenges.pilots.models import Criterion, Pilot, RolloutItem


def get_pilot_for(request: HttpRequest, pilot_id: object) -> Pilot:
    return get_object_or_404(Pilot.objects.visible_to(request.user).with_all(), pk=pilot_id)


def get_own_pilot(request: HttpRequest, pilot_id: object) -> Pilot:
    return _owned(request, get_pilot_for(request, pilot_id))


def get_own_criterion(request: HttpRequest, criterion_id: object, pilot_id: object = None) -> Criterion:
    visible = Criterion.objects.filter(pilot__in=Pilot.objects.visible_to(request.user))
    if pilot_id is not None:
        visible = visible.filter(pilot_id=pilot_id)
    criterion = get_object_or_404(visible.select_related("pilot__owner"), pk=criterion_id)
    _owned(request, criterion.pilot)
    return criterion


def get_own_rollout_item(request: HttpRequest, rollout_id: object, pilot_id: object = None) -> RolloutItem:
    visible = RolloutItem.objects.filter(pilot__in=Pilot.objects.visible_to(request.user))
    if pilot_id is not None:
        visible = visible.filter(pilot_id=pilot_id)
    item = get_object_or_404(visible.select_related("pilot__owner"), pk=rollout_id)
    _owned(request, item.pilot)
    return item


def _owned(request: HttpRequest, pilot: Pilot) -> Pilot:
    if pilot.owner_id != request.user.pk:
        raise PermissionDenied
    return pilot
