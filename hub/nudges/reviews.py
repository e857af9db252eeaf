"""Telling the owner of a tip, once, that the day has come on which somebody wanted it to be looked at again."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from hub.notices.actions import notify
from hub.nudges.models import Tip
from hub.people.models import RoleGrant, User


def tell(now: datetime) -> int:
    """Its author, as long as they write tips here, else every content owner. Returns how many tips are due."""
    due = Tip.objects.to_look_at_again(timezone.localdate(now)).prefetch_related("texts")
    granted = RoleGrant.objects.filter(role=RoleGrant.Role.CONTENT_OWNER)
    owners = {user.pk: user for user in User.objects.active().filter(pk__in=granted.values("user"))}
    tips = [tip for tip in due if tip.texts.all()]
    for tip in tips:
        told = [owners[tip.author_id]] if tip.author_id in owners else owners.values()
        for user in told:
            _tell(tip, user)
    return len(tips)


def _tell(tip: Tip, user: User) -> None:
    with translation.override(user.language):
        title = tip.text.title
    notify(
        user=user,
        kind="tip_review_due",
        dedupe_key=f"tip_review_due:{tip.pk}:{tip.review_on}:{user.pk}",
        facts={"title": title},
        path=reverse("nudges:edit", args=[tip.pk]),
    )
