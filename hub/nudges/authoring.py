"""Writing tips, taking them out of use and putting them back, and the list in which their authors look after them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem
from hub.nudges.models import Tip, TipText
from hub.people import access
from hub.people.models import User
from hub.refusals import Refusal

MOST_TIPS = 2000
CHANGED_MEANWHILE = "changed_meanwhile"
WHICH = {
    "": _("All"),
    "own": _("My own"),
    "review": _("To be looked at again"),
    "untranslated": _("Without a translation"),
    "expired": _("Expired"),
    "retired": _("Not in use"),
}


def check_author(user: User) -> None:
    if not access.is_content_owner(user):
        raise PermissionDenied


def get_tip_for(user: User, tip_id: object) -> Tip:
    """Any tip with words, in use or not; 403 for whoever writes none, whether there is one or not."""
    check_author(user)
    with_words = Tip.objects.filter(texts__isnull=False).distinct()
    return get_object_or_404(with_words.prefetch_related("texts"), pk=tip_id)


@dataclass(frozen=True)
class Row:
    """A tip with what there is to say about its state on a day; several may be true at once."""

    tip: Tip
    day: date

    @property
    def is_expired(self) -> bool:
        return self.tip.valid_until is not None and self.tip.valid_until < self.day

    @property
    def is_early(self) -> bool:
        return self.tip.valid_from is not None and self.tip.valid_from > self.day

    @property
    def is_shown(self) -> bool:
        return self.tip.is_active and not self.is_expired and not self.is_early

    @property
    def is_due(self) -> bool:
        return self.tip.is_active and self.tip.review_on is not None and self.tip.review_on <= self.day

    @property
    def missing(self) -> str:
        """The language without words, or nothing."""
        written = {text.language for text in self.tip.texts.all()}
        return next((language for language in ("de", "en") if language not in written), "")


@transaction.atomic
def write(
    *,
    tip: Tip,
    words: dict[str, dict[str, Any] | None],
    by: User,
    seen: str | None = None,
    now: datetime | None = None,
) -> Tip:
    """Keep a new tip or a change. Raises Refusal for more than MOST_TIPS, and if somebody else changed it since the
    version that was `seen`."""
    if seen is not None and not tip._state.adding:
        kept = Tip.objects.select_for_update().get(pk=tip.pk)
        if kept.version != seen:
            sentence = _("Somebody else changed this tip meanwhile. What you wrote was not saved.")
            raise Refusal(CHANGED_MEANWHILE, sentence, status=409)
    if tip._state.adding:
        if Tip.objects.count() >= MOST_TIPS:
            sentence = _("There are as many tips here as there can be. Change one that is out of use.")
            raise Refusal("too_many_tips", sentence, status=409)
        tip.key, tip.author = f"own-{tip.pk.hex}", by
    tip.changed_at = now or timezone.now()
    tip.save()
    for language, text in words.items():
        if text is None:
            TipText.objects.filter(tip=tip, language=language).delete()
        else:
            TipText.objects.update_or_create(tip=tip, language=language, defaults=text)
    return tip


def set_in_use(*, tip: Tip, is_active: bool, now: datetime | None = None) -> None:
    """Retire a tip or put it back; it keeps its words, favourites and answers. Repeating it changes nothing."""
    differing = Tip.objects.filter(pk=tip.pk).exclude(is_active=is_active)
    differing.update(is_active=is_active, changed_at=now or timezone.now())


def unlinked_kinds() -> list[tuple[str, int]]:
    """(kind of tool, how many tips), of tips as they came that lead to no tool of the register. One query."""
    kinds = _as_they_came().values_list("tool").annotate(count=Count("pk")).order_by("tool")
    return [(kind, count) for kind, count in kinds if kind]


def link_tools(systems: Mapping[str, AISystem]) -> int:
    """Link every tip as it came to the tool of its kind; returns how many. What somebody wrote here stays, and each
    can be given another one on its page.
    """
    return sum(_as_they_came().filter(tool=kind).update(system=system) for kind, system in systems.items())


def _as_they_came() -> "QuerySet[Tip]":
    return Tip.objects.filter(author=None, changed_at=None, system=None, is_active=True)


def rows_for(user: User, day: date, which: str = "") -> list[Row]:
    """Every tip, what is to be looked at again first; two queries, however many there are."""
    tips = Tip.objects.select_related("author").prefetch_related("texts")
    rows = [Row(tip, day) for tip in tips if tip.texts.all()]
    keep = {
        "own": lambda row: row.tip.author_id == user.pk,
        "review": lambda row: row.is_due,
        "untranslated": lambda row: row.missing and row.tip.is_active,
        "expired": lambda row: row.is_expired,
        "retired": lambda row: not row.tip.is_active,
    }.get(which, lambda row: True)
    return sorted(filter(keep, rows), key=lambda row: (not row.is_due, row.tip.text.title.casefold()))
