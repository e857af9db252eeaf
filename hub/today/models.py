"""What the newcomers' path has to remember; everything else of it is read from what people did elsewhere."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User


class PathSetAside(models.Model):
    """Somebody does not want to see the path; without a row a newcomer sees it."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="path_set_aside", primary_key=True
    )
    set_aside_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("path set aside")
        verbose_name_plural = _("paths set aside")

    def __str__(self) -> str:
        return str(self.user_id)


class LabTried(models.Model):
    """A lab task of a session template that somebody tried alone, outside an hour."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="labs_tried")
    template = models.CharField(_("session template"), max_length=60)
    tried_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("lab tried alone")
        verbose_name_plural = _("labs tried alone")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "template"], name="today_lab_tried_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.template}"
