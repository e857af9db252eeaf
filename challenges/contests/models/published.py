"""What everybody may see of a revealed bet. The rows are made at the reveal; their sealed twins live elsewhere."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.contests.models.challenge import Challenge
from challenges.contests.models.claim import Change
from challenges.contests.models.entry import Entry
from challenges.processes.models import Process, Step


class PublishedStanding(models.Model):
    """A place in a revealed bet. `final_rank` and `final_net` follow after the control period."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="standings")
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="standing")
    bracket = models.CharField(_("bracket"), max_length=120, blank=True)
    rank = models.PositiveIntegerField(_("rank"))
    net = models.DecimalField(_("steps eliminated, net"), max_digits=8, decimal_places=2, default=0)
    final_rank = models.PositiveIntegerField(_("rank after the control period"), null=True, blank=True)
    final_net = models.DecimalField(
        _("steps eliminated, net, after the control period"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
    )
    executed_before = models.FloatField(_("executed steps a case before"), default=0)
    executed_after = models.FloatField(_("executed steps a case afterwards"), default=0)
    hours_low = models.FloatField(_("freed hours a year, low"), default=0)
    hours_mid = models.FloatField(_("freed hours a year, mid"), default=0)
    hours_high = models.FloatField(_("freed hours a year, high"), default=0)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering: ClassVar = [
            "bracket",
            "rank",
            "entry__contestant__last_name",
            "entry__contestant__first_name",
            "pk",
        ]
        indexes: ClassVar = [
            models.Index(fields=["challenge", "bracket", "rank", "id"], name="contests_standing_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.rank}"


class PublishedClaim(models.Model):
    """A claim that counted, without its words; whether it held is decided after the control period."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("in the control period")
        CONFIRMED = "confirmed", _("confirmed for good")
        REVERSED = "reversed", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="published_claims")
    claim_key = models.UUIDField(unique=True)
    change = models.CharField(_("what became of it"), max_length=10, choices=Change.choices)
    credit = models.DecimalField(_("counts"), max_digits=6, decimal_places=2)
    points_awarded = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("published claim")
        verbose_name_plural = _("published claims")
        ordering: ClassVar = ["entry", "pk"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.change} {self.credit}"

    @property
    def reason(self) -> str:
        """Why it was taken back, as long as those words are kept."""
        why = getattr(self, "why", None)
        return why.text if why else ""


class SettledReason(models.Model):
    """Why a claim was taken back, in a row that can be erased; the ledger holds a salted hash of it."""

    claim = models.OneToOneField(PublishedClaim, on_delete=models.CASCADE, related_name="why")
    text = models.TextField(_("why"), max_length=500)
    salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")

    def __str__(self) -> str:
        return f"{self.claim_id}"


class PublishedElimination(models.Model):
    """A step that a revealed bet changed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="eliminations")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="eliminations")
    claim = models.ForeignKey(
        PublishedClaim, on_delete=models.CASCADE, related_name="eliminations", null=True
    )

    class Meta:
        verbose_name = _("eliminated step")
        verbose_name_plural = _("eliminated steps")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "step"], name="contests_elimination_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.step_id}"


class PublishedFreed(models.Model):
    """Hours a year that a revealed bet frees in one process, without those that were taken back."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="freed")
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="+")
    low = models.FloatField()
    mid = models.FloatField()
    high = models.FloatField()
    # What they are made of; empty where they were published before this was kept.
    cases_per_week = models.FloatField(null=True, blank=True)
    claims = models.PositiveIntegerField(null=True, blank=True)
    confirmed_minutes = models.FloatField(null=True, blank=True)
    claimed_minutes = models.FloatField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # the last word of a controller

    class Meta:
        verbose_name = _("freed hours")
        verbose_name_plural = _("freed hours")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "process"], name="contests_freed_once")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.process_id}: {self.mid:.0f}"
