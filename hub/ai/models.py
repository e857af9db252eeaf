"""The AI register and what was used. Usage is counted a day, without any person behind it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class DataClass(models.TextChoices):
    """What may be put into a tool, the least delicate first."""

    PUBLIC = "public", _("public data")
    INTERNAL = "internal", _("internal data")
    CONFIDENTIAL = "confidential", _("confidential data")


class AISystemQuerySet(models.QuerySet):
    def tools(self) -> "AISystemQuerySet":
        """What people may open and use themselves, beside Hatpin's own uses."""
        return self.filter(is_allowed=True, is_own=False)


class AISystem(models.Model):
    """One AI system in use in the company; Hatpin's own uses are rows here too."""

    slug = models.SlugField(unique=True)
    name_de = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    purpose_de = models.TextField()
    purpose_en = models.TextField()
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    is_own = models.BooleanField(_("part of Hatpin"), default=False)
    is_allowed = models.BooleanField(_("people may use it"), default=False)
    link = models.URLField(_("where it is opened"), max_length=300, blank=True)
    data_class = models.CharField(
        _("what may go in"), max_length=12, choices=DataClass.choices, default=DataClass.PUBLIC
    )

    objects = AISystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("AI system")
        verbose_name_plural = _("AI systems")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> str:
        """In the language active now."""
        return self.name_de if get_language() == "de" else self.name_en

    @property
    def purpose(self) -> str:
        """In the language active now."""
        return self.purpose_de if get_language() == "de" else self.purpose_en

    def takes(self, data_class: str) -> bool:
        """Whether data of this class may go in: its own, and what is less delicate."""
        return DataClass.values.index(data_class) <= DataClass.values.index(self.data_class)


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
