"""The public ledger of a revealed bet: what became of each published claim, entry by entry."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.contests.models.challenge import Challenge
from hub.audit.models import AppendOnly


class LedgerEntry(AppendOnly):
    """A claim confirmed for good, or taken back. No entry is ever changed: a further one puts right what was wrong.

    `credit` is what the entry adds to the contestant's net steps: nothing where the claim held, its credit with a minus
    where it was taken back. Net steps at the reveal and all entries add up to the final ones. `reason` holds no words
    but their hash: SHA-256 over the salt of `SettledReason`, a line break and the text.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed for good")
        REVERSED = "reversed", _("taken back")

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="ledger")
    claim_key = models.UUIDField(_("which claim"))
    kind = models.CharField(max_length=9, choices=Kind.choices)
    credit = models.DecimalField(_("net steps"), max_digits=6, decimal_places=2)
    reason = models.TextField(_("why"), max_length=500, blank=True)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("entry of a bet's ledger")
        verbose_name_plural = _("entries of a bet's ledger")
        ordering: ClassVar = ["-entered_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim_key", "kind"], name="contests_ledger_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["challenge", "-entered_at", "-id"], name="contests_ledger_of_bet")
        ]

    def __str__(self) -> str:
        return f"{self.claim_key}: {self.kind} {self.credit:+}"
