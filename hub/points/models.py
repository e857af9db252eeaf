"""The ledger of points and the badges earned: rows on opaque subject keys, only ever added, each at most once."""

from collections.abc import Collection
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.audit.models import AppendOnly, AppendOnlyQuerySet
from hub.people.models import User
from hub.points.rules import RULES


class PointQuerySet(AppendOnlyQuerySet):
    def of(self, user: User) -> "PointQuerySet":
        return self.filter(subject_key=user.subject_key)

    def total(self) -> int:
        return self.aggregate(total=models.Sum("points", default=0))["total"]

    def standing_of(self, rule: str, subject_keys: Collection[UUID]) -> dict[UUID, int]:
        """How many entries of the rule were not taken back, by subject key."""
        sign = models.Case(models.When(reverses=None, then=1), default=-1)
        rows = self.filter(rule=rule, subject_key__in=subject_keys).order_by().values("subject_key")
        return dict(rows.annotate(total=models.Sum(sign)).values_list("subject_key", "total"))


class PointEntry(AppendOnly):
    subject_key = models.UUIDField(_("whose (opaque key)"), db_index=True)
    rule = models.CharField(_("rule"), max_length=40)
    source_key = models.CharField(_("for what"), max_length=120, unique=True)
    points = models.IntegerField(_("points"))
    earned_at = models.DateTimeField(_("earned"))
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering: ClassVar = ["-earned_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["subject_key", "-earned_at"], name="points_by_subject")]

    def __str__(self) -> str:
        return f"{self.rule} {self.points:+d}"

    @property
    def title(self) -> str:
        """What it was given for, in the language active now."""
        rule = RULES.get(self.rule)
        title = str(rule.title) if rule else self.rule
        return _("Taken back: %s") % title if self.reverses_id else title


class BadgeQuerySet(AppendOnlyQuerySet):
    def of(self, user: User) -> "BadgeQuerySet":
        return self.filter(subject_key=user.subject_key)


class BadgeAward(AppendOnly):
    """A badge once earned stays, also when what it rests on is taken back later."""

    subject_key = models.UUIDField(_("whose (opaque key)"))
    badge = models.CharField(_("badge"), max_length=40)
    earned_at = models.DateTimeField(_("earned"))

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering: ClassVar = ["-earned_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_key", "badge"], name="points_badge_once"),
        ]

    def __str__(self) -> str:
        return self.badge
