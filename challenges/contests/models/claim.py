"""What a contestant claims. Sealed rows: no relation leads to them from the entry, the step or the person."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, NoReturn

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.models.entry import Entry
from challenges.processes.models import MOST_MINUTES, Comparison, Step
from hub.ai.models import AISystem
from hub.people.models import User

MOST_ADDED = 50


class NoClaims(models.Manager):
    """What stands where a model has its list of rows: claims have none."""

    def get_queryset(self) -> NoReturn:
        raise TypeError("Claims are sealed: a participant reaches them through own_claims(entry).")


class Change(models.TextChoices):
    """What became of the steps; `scoring.py` says what each counts."""

    ELIMINATED = "eliminated", _("eliminated: nobody and nothing does it any more")
    AUTOMATED = "automated", _("automated: it is still done, without a human")
    MERGED = "merged", _("merged: they became one step")
    MOVED = "moved", _("moved: somebody else does it now")
    HARMONISED = "harmonised", _("harmonised: we follow another site's variant, where it does not exist")


class Claim(models.Model):
    """ "These steps are gone", with how and the evidence. What it names stands in `ClaimedStep`."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waits for the referee")
        VERIFIED = "verified", _("verified")
        REFUSED = "refused", _("not accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    HOLDING: ClassVar = (State.SUBMITTED, State.VERIFIED)

    class Hours(models.TextChoices):
        NONE = "", _("no hours claimed")
        WAITING = "waiting", _("wait for the controller")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not confirmed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("drafted by")
    )
    change = models.CharField(
        _("what became of it"), max_length=10, choices=Change.choices, default=Change.ELIMINATED
    )
    added_steps = models.PositiveSmallIntegerField(
        _("new steps that this needs"),
        default=0,
        validators=[MaxValueValidator(MOST_ADDED)],
        help_text=_("For example checking what the AI wrote. Each counts minus one."),
    )
    comparison = models.ForeignKey(
        Comparison,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("before and after"),
    )
    compared = models.JSONField(null=True, blank=True, editable=False)  # its copy, by `attached.py`
    method = models.TextField(_("how AI made it unnecessary"), max_length=2000)
    system = models.ForeignKey(
        AISystem,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("with which AI"),
    )
    evidence = models.TextField(_("evidence"), max_length=4000)
    link = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    before_minutes = models.FloatField(
        _("minutes a case before"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)],
    )
    after_minutes = models.FloatField(
        _("minutes a case now"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)],
    )
    freed_for = models.CharField(_("what the freed time goes into"), max_length=300, blank=True)
    affects_jobs = models.BooleanField(_("somebody's job changes or goes away"), default=False)
    jobs = models.TextField(_("whose work, and what is planned for them"), max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    reason = models.TextField(_("the referee's words"), max_length=1000, blank=True)
    appeal = models.TextField(_("why it should be looked at again"), max_length=1000, blank=True)
    hours_state = models.CharField(max_length=9, choices=Hours.choices, default=Hours.NONE, blank=True)
    saved_minutes = models.FloatField(
        _("minutes saved a case"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_MINUTES)],
        help_text=_("What the controller confirmed."),
    )
    hours_words = models.TextField(_("the controller's words"), max_length=1000, blank=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = NoClaims()

    read_steps: list[Step] | None = None  # where they were read for many claims at once
    flags: dict[str, int] | None = None  # what a referee looks at twice, where that was asked for
    own_flags: dict[str, int] | None = None  # the same of the claimed steps alone
    is_personal: bool | None = None  # whether its minutes are one person's own, by `personal.py`

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(before_minutes=None)
                | Q(after_minutes=None)
                | Q(after_minutes__lte=models.F("before_minutes")),
                name="contests_saves_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.change} {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.SUBMITTED

    @property
    def appeal_until(self) -> datetime | None:
        """Until when the count waits for a word from the contestant; None where there is nothing to appeal."""
        if self.state != self.State.REFUSED or self.appeal or self.decided_at is None:
            return None
        challenge = self.entry.challenge
        return max(self.decided_at, challenge.closes_at) + timedelta(days=challenge.appeal_days)

    @property
    def decision_stamp(self) -> str:
        """Which decision somebody has before them: the state, and since when."""
        return f"{self.state} {self.decided_at.isoformat()}" if self.decided_at else self.state

    @property
    def claimed_minutes(self) -> float | None:
        """Minutes saved a case as the contestant says; None where nothing was said."""
        if self.before_minutes is None or self.after_minutes is None:
            return None
        return self.before_minutes - self.after_minutes

    @property
    def most_minutes(self) -> float:
        """Minutes saved a case at most: what was claimed, as long as no controller refused it."""
        if self.hours_state == self.Hours.REFUSED:
            return 0
        return max(self.claimed_minutes or 0, self.saved_minutes or 0)

    @property
    def steps(self) -> list[Step]:
        """In the order of the process. `own_claims` and `all_claims` read them with the claim."""
        if self.read_steps is not None:
            return self.read_steps
        return [named.step for named in self.named.all()]

    @property
    def steps_title(self) -> str:
        return ", ".join(step.name for step in self.steps)


class ClaimedStep(models.Model):
    """A step that a claim names. While the claim holds, no other of the same entry can name it."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="named")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+", verbose_name=_("step"))
    holds = models.BooleanField(default=True)

    objects = NoClaims()

    class Meta:
        verbose_name = _("claimed step")
        verbose_name_plural = _("claimed steps")
        ordering: ClassVar = ["step__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "step"],
                condition=Q(holds=True),
                name="contests_step_claimed_once_per_entry",
            ),
            models.UniqueConstraint(fields=["claim", "step"], name="contests_step_once_a_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.step_id}"


def evidence_path(file: "EvidenceFile", name: str) -> str:
    """Says nothing about claim or contestant, nor how many there are."""
    return f"evidence/{uuid.uuid4().hex}"


class EvidenceFile(models.Model):
    """A file that shows what a claim says; kept under a name that tells nothing, handed out as a download only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to=evidence_path)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)

    objects = NoClaims()

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering: ClassVar = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.sha256[:8]}"
