"""Whether something that was tried is still in use: asked once on Today, two weeks later, of whoever looks there."""

from datetime import datetime, timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from hub.nudges.models import Nudge, Tip
from hub.people.models import User
from hub.people.moments import is_learning
from hub.refusals import Refusal

AFTER = timedelta(days=14)
NOT_LATER_THAN = timedelta(days=56)


def question_for(user: User, now: datetime) -> Nudge | None:
    """The tip that was tried longest ago and not asked about; none while an hour runs. One query or two."""
    asked = Nudge.objects.visible_to(user).filter(
        response=Nudge.Response.TRIED,
        kept="",
        responded_at__lte=now - AFTER,
        responded_at__gt=now - NOT_LATER_THAN,
        tip__in=Tip.objects.in_use(),
    )
    found = asked.select_related("tip").prefetch_related("tip__texts").order_by("responded_at").first()
    return None if found and is_learning(user, now) else found


def just_answered(user: User, nudge_id: str) -> Nudge | None:
    """What somebody said a moment ago, as the page was told; None for what is nobody's own or no id."""
    try:
        pk = UUID(nudge_id)
    except ValueError:
        return None
    said = Nudge.objects.visible_to(user).filter(pk=pk).exclude(kept="")
    return said.select_related("tip").prefetch_related("tip__texts").first()


def get_tried_for(user: User, nudge_id: object) -> Nudge:
    """What this person tried; 404 for anything else."""
    tried = Nudge.objects.visible_to(user).filter(response=Nudge.Response.TRIED)
    return get_object_or_404(tried, pk=nudge_id)


def answer(*, user: User, nudge_id: object, word: str, now: datetime) -> Nudge:
    """Keep what was said; another word takes its place, and "none" takes it back.

    404 for what was not tried, or is somebody else's; refused where it is no answer, and a first answer where nobody
    asks: two to eight weeks after it was tried.
    """
    nudge = get_tried_for(user, nudge_id)
    if word not in {*Nudge.Kept.values, "none"}:
        raise Refusal("invalid", _("Say yes, no, or that you would rather not."), status=422)
    if not nudge.kept and word != "none" and not _is_asked(nudge, now):
        raise Refusal("not_asked", _("This is asked two to eight weeks after a tip was tried."), status=409)
    nudge.kept, nudge.kept_at = ("", None) if word == "none" else (word, now)
    nudge.save(update_fields=["kept", "kept_at"])
    return nudge


def _is_asked(nudge: Nudge, now: datetime) -> bool:
    return nudge.responded_at is not None and now - NOT_LATER_THAN < nudge.responded_at <= now - AFTER
