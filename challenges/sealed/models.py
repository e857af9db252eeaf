"""What only the other side of the seal knows while a bet runs: decisions, looks, and the standing as it is."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Challenge, Entry
from hub.audit.models import AppendOnly
from hub.jobs import LeasedQuerySet, LeasedRow
from hub.people.models import User


class Decision(AppendOnly):
    """What a referee decided about a claim. A later decision is a further row; the newest one holds."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    claim_key = models.UUIDField(_("which claim"))
    actor_key = models.UUIDField(_("who decided (opaque key)"))
    is_confirmed = models.BooleanField()
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["claim_key"], name="sealed_decision_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_key}: {self.is_confirmed}"


class Look(AppendOnly):
    """Who looked behind the seal, and when. It joins the audit at the reveal: before that a look would be a hint."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    actor_key = models.UUIDField(_("who looked (opaque key)"))
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("look behind the seal")
        verbose_name_plural = _("looks behind the seal")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.looked_at:%Y-%m-%d %H:%M}"


class HoursDecision(AppendOnly):
    """What a controller confirmed of a claim's minutes. The newest one holds."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    claim_key = models.UUIDField(_("which claim"))
    actor_key = models.UUIDField(_("who decided (opaque key)"))
    saved_minutes = models.FloatField(_("minutes saved a case"), null=True)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decision about hours")
        verbose_name_plural = _("decisions about hours")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["claim_key"], name="sealed_hours_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_key}: {self.saved_minutes}"


class SecondLook(AppendOnly):
    """What a second referee said of a claim in the sample."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    claim_key = models.UUIDField(_("which claim"))
    actor_key = models.UUIDField(_("who looked (opaque key)"))
    agrees = models.BooleanField()
    looked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["claim_key"], name="sealed_second_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_key}: {self.agrees}"


class Conflict(models.Model):
    """A referee who said that they are too close to a contestant to decide."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    referee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "referee"], name="sealed_conflict_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.referee_id}"


class SealBreak(models.Model):
    """Two people who look behind the seal although it is not theirs: one asks with a reason, another agrees."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("why it has to be broken"), max_length=500)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.TextField(_("why it is not broken"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("broken seal")
        verbose_name_plural = _("broken seals")
        ordering: ClassVar = ["-asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge"],
                condition=models.Q(agreed_at=None, refused_at=None),
                name="sealed_one_open_break",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("asked_by")),
                name="sealed_broken_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None) | models.Q(refused_at=None),
                name="sealed_agreed_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.asked_at:%Y-%m-%d %H:%M}"


class SealedStanding(models.Model):
    """The net count of an entry's verified claims, kept with each decision. Its published twin begins at the reveal."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+")
    net = models.DecimalField(max_digits=8, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("sealed standing")
        verbose_name_plural = _("sealed standings")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.net}"


class StandingCommitment(AppendOnly):
    """The hash over the standing, published at the count; `salt` and `text` open it at the reveal."""

    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    text = models.TextField()
    committed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("commitment over a standing")
        verbose_name_plural = _("commitments over standings")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.digest


class Show(models.Model):
    """A reveal on the big screen: its steps, made once, and the one that is shown. No browser has more than that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    is_rehearsal = models.BooleanField(default=False)
    steps = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    is_interrupted = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reveal")
        verbose_name_plural = _("reveals")
        ordering: ClassVar = ["-started_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge"], condition=models.Q(is_rehearsal=False), name="sealed_one_reveal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.position}"


class Opening(LeasedRow):
    """The reveal of a large bet, which takes longer than somebody waits for a page: a worker makes it."""

    challenge = models.OneToOneField(Challenge, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()

    objects = LeasedQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a seal")
        verbose_name_plural = _("openings of seals")

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.asked_at:%Y-%m-%d %H:%M}"


class Commitment(AppendOnly):
    """The hash over all claims, published when the bet has closed."""

    challenge = models.OneToOneField(Challenge, on_delete=models.PROTECT, related_name="+")
    root = models.CharField(max_length=64)
    committed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.root


class CommittedClaim(AppendOnly):
    """A claim's leaf. The salts are secret until the reveal; that of the words is told to the claimant alone."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="leaves")
    claim_key = models.UUIDField(_("which claim"))
    digest = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    words_salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("committed claim")
        verbose_name_plural = _("committed claims")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.digest
