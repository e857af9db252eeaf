"""In which weeks somebody used AI on purpose: one bit a week, and no word of what it was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActiveWeek(models.Model):
    """The person did something on purpose in the week. However much it was, it is one row."""

    monday = models.DateField()
    subject_key = models.UUIDField(_("whose (opaque key)"))

    class Meta:
        verbose_name = _("active week")
        verbose_name_plural = _("active weeks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["monday", "subject_key"], name="adoption_active_once_a_week"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_key"], name="adoption_active_by_subject")]

    def __str__(self) -> str:
        return self.monday.isoformat()


class Cohort(models.Model):
    """The month of a person's first active week; never changed, also when that week's row has gone."""

    subject_key = models.UUIDField(_("whose (opaque key)"), unique=True)
    month = models.DateField()

    class Meta:
        verbose_name = _("cohort of a person")
        verbose_name_plural = _("cohorts of people")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
