"""The AI register and what was used. Usage is counted a day, without any person behind it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AISystem(models.Model):
    """One AI system in use in the company; Hatpin's own uses are rows here too."""

    slug = models.SlugField(unique=True)
    name_de = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    purpose_de = models.TextField()
    purpose_en = models.TextField()
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    is_own = models.BooleanField(_("part of Hatpin"), default=False)

    class Meta:
        verbose_name = _("AI system")
        verbose_name_plural = _("AI systems")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.slug


class AIUsage(models.Model):
    system = models.ForeignKey(AISystem, on_delete=models.PROTECT, related_name="usage")
    day = models.DateField()
    purpose = models.CharField(max_length=40)
    model = models.CharField(
        max_length=120, help_text=_("The model's name, or “extractive” where none was asked.")
    )
    calls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("AI usage")
        verbose_name_plural = _("AI usage")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["system", "day", "purpose", "model"], name="ai_usage_one_row_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.system_id} {self.purpose}: {self.calls}"
