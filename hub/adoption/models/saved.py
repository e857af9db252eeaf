"""What readers of reports keep for themselves and for one another: views, and notes on weeks."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.disclosure.models import entity_ids_of
from hub.people.models import LegalEntity, User


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SavedViewQuerySet":
        return self.filter(user=user)


class SavedView(models.Model):
    """A report with its cut, under a name of one's own. `rhythm`: how often it comes as a message."""

    class Rhythm(models.TextChoices):
        NEVER = "never", _("not sent")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every four weeks")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    report = models.CharField(max_length=40)
    by = models.CharField(max_length=12)
    window = models.PositiveSmallIntegerField()
    of = models.CharField(max_length=30, blank=True)
    rhythm = models.CharField(_("sent to me"), max_length=8, choices=Rhythm, default=Rhythm.NEVER)
    sent_for = models.DateField(_("newest week that was sent"), null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering: ClassVar = ["name", "saved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "report", "by", "window", "of"], name="adoption_view_saved_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AnnotationQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AnnotationQuerySet":
        """Those of the legal entities whose reports the person reads."""
        return self.filter(entity__in=entity_ids_of(user))


class Annotation(models.Model):
    """What happened in a week that explains a figure: a works meeting, a new tool. About no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entity = models.ForeignKey(
        LegalEntity, on_delete=models.CASCADE, related_name="+", verbose_name=_("company")
    )
    monday = models.DateField(_("week"))
    text = models.CharField(_("note"), max_length=200)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a week")
        verbose_name_plural = _("notes on weeks")
        ordering: ClassVar = ["-monday", "written_at"]
        indexes: ClassVar = [models.Index(fields=["entity", "monday"], name="adoption_notes_of_week")]

    def __str__(self) -> str:
        return self.text
