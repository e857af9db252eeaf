"""Reports on the use of an AI tool that HR uploads: what became of each, and what is taken of a person."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import LegalEntity, User


class UsageImportQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "UsageImportQuerySet":
        """HR and works council see those that took people of their legal entities, administrators all."""
        if access.is_administrator(user):
            return self
        roles = (access.Role.HR, access.Role.WORKS_COUNCIL)
        own = LegalEntity.objects.filter(rolegrant__user=user, rolegrant__role__in=roles)
        covered = UsageImport.entities.through.objects.filter(legalentity__in=own)
        return self.filter(pk__in=covered.values("usageimport"))

    def counted_in(self, end: datetime) -> "UsageImportQuerySet":
        """Those that the close of the week that ended then may count, the newest report first."""
        return self.filter(
            state=UsageImport.State.CONFIRMED, confirmed_at__lt=end, reported_on__lt=end
        ).order_by("-reported_on", "-confirmed_at")


class UsageImport(models.Model):
    """One file. `entities` are the companies whose people were taken from it; the file itself is not kept."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("read, not yet taken over")
        CONFIRMED = "confirmed", _("taken over")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=20)
    layout = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True, help_text=_("A closed week counts it."))
    reported_on = models.DateField(_("day of the report"))
    entities = models.ManyToManyField(LegalEntity, related_name="+", verbose_name=_("companies"))
    rows = models.PositiveIntegerField(_("rows"))
    matched = models.PositiveIntegerField(_("people found"))
    unknown = models.PositiveIntegerField(_("people not found"))
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREVIEW)

    objects = UsageImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of usage")
        verbose_name_plural = _("imports of usage")
        ordering: ClassVar = ["-uploaded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.reported_on}"

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state == self.State.CONFIRMED and self.counted_at is None


class ImportedUse(models.Model):
    """The person stands in the file, so has a seat; `monday` is the week of the last activity, where there is one."""

    usage_import = models.ForeignKey(UsageImport, on_delete=models.CASCADE, related_name="uses")
    subject_key = models.UUIDField(_("whose (opaque key)"))
    entity_id = models.BigIntegerField()
    monday = models.DateField(null=True)

    class Meta:
        verbose_name = _("imported use")
        verbose_name_plural = _("imported uses")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["usage_import", "subject_key"], name="adoption_use_once_an_import"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_key"], name="adoption_use_by_subject")]

    def __str__(self) -> str:
        return f"{self.usage_import_id} {self.monday}"
