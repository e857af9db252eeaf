"""The pulse: counters without people, marks without answers, and what was published of a quarter."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.audit.models import AppendOnly, AppendOnlyQuerySet
from hub.disclosure.models import entity_ids_of
from hub.people.models import User


class Question(models.TextChoices):
    CONFIDENCE = "confidence", _("How confident are you in using AI at work?")
    WORRY = "worry", _("How much does AI at work worry you?")


class PulseMark(models.Model):
    """The person answered or said no: which of the two is not kept, nor when. Goes when the fortnight is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quarter = models.DateField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("mark of a pulse")
        verbose_name_plural = _("marks of pulses")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quarter", "user"], name="adoption_pulse_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}"


class PulseCount(models.Model):
    """How often an answer was given by people of a company at a site. Goes when the quarter is published."""

    quarter = models.DateField()
    entity_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    question = models.CharField(max_length=12, choices=Question.choices)
    answer = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of a pulse")
        verbose_name_plural = _("counters of pulses")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["quarter", "entity_id", "site_id", "question", "answer"],
                name="adoption_pulse_counter_once",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__gte=1, answer__lte=5), name="adoption_pulse_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.question} {self.answer}: {self.times}"


class PulseQuarter(AppendOnly):
    """A quarter's answers were published; `quarter` is its first day."""

    quarter = models.DateField(unique=True)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("published pulse")
        verbose_name_plural = _("published pulses")
        ordering: ClassVar = ["-quarter"]

    def __str__(self) -> str:
        return f"{self.quarter}"


class PulseFigureQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: User) -> "PulseFigureQuerySet":
        return self.filter(entity_id__in=entity_ids_of(user))

    def annotate_quarter(self) -> "PulseFigureQuerySet":
        return self.annotate(quarter=models.F("pulse__quarter"))


class PulseFigure(AppendOnly):
    """The share of a group's answers that were 4 or 5, or why there is none. `site_id` is empty for a whole company."""

    pulse = models.ForeignKey(PulseQuarter, on_delete=models.PROTECT, related_name="figures")
    question = models.CharField(max_length=12, choices=Question.choices)
    entity_id = models.BigIntegerField()
    entity_name = models.CharField(max_length=120)
    site_id = models.BigIntegerField(null=True)
    site_name = models.CharField(max_length=120, blank=True)
    is_others = models.BooleanField(default=False)
    answers = models.PositiveIntegerField(null=True)
    low = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    reason = models.CharField(_("why it is hidden"), max_length=12, blank=True)

    objects = PulseFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("published figure of a pulse")
        verbose_name_plural = _("published figures of pulses")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.question} {self.site_name or self.entity_name}"
