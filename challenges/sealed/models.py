"""What only the other side of the seal knows while a bet runs: decisions, looks, and the standing as it is."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Challenge, Entry
from hub.audit.models import AppendOnly


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


class SealedStanding(models.Model):
    """The count of an entry's confirmed claims, kept with each decision. Its published twin begins at the reveal."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+")
    confirmed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sealed standing")
        verbose_name_plural = _("sealed standings")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.confirmed}"


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
