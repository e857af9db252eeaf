"""The bet as participants know it: a challenge, who entered with which process, one's own claims, what was revealed.

Claims have no manager that lists them: see `own_claims.py` and, for the other side of the seal, `all_claims.py`.
"""

import uuid
from datetime import datetime
from typing import ClassVar, NoReturn
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.processes.models import Process, Step
from hub.people import access
from hub.people.models import User
from hub.people.zones import validate_time_zone


class ChallengeQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ChallengeQuerySet":
        """A bet is the whole company's: everybody who works here sees it."""
        return self if user.is_authenticated else self.none()

    def running(self, now: datetime) -> "ChallengeQuerySet":
        return self.filter(status=Challenge.Status.OPEN, closes_at__gt=now)


class Challenge(models.Model):
    """Wall time and IANA zone of the deadline are what was agreed; `closes_at` is derived from them."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CANCELLED = "cancelled", _("cancelled")
        REVEALED = "revealed", _("revealed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("what the bet is about"), max_length=160)
    description = models.TextField(_("what counts, and what one wins"), max_length=2000, blank=True)
    local_date = models.DateField(_("last day"))
    local_time = models.TimeField(_("until"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    closes_at = models.DateTimeField(editable=False, db_index=True)
    organiser = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="challenges_organised", verbose_name=_("organiser")
    )
    referees = models.ManyToManyField(
        User,
        through="Refereeing",
        related_name="challenges_refereed",
        verbose_name=_("referees"),
        blank=True,
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    revealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering: ClassVar = ["-closes_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="revealed", revealed_at__isnull=False)
                | (~Q(status="revealed") & Q(revealed_at=None)),
                name="contests_revealed_when_revealed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.closes_at = self.deadline
        super().save(*args, **kwargs)

    @property
    def deadline(self) -> datetime:
        """What `closes_at` becomes when the row is saved."""
        return datetime.combine(self.local_date, self.local_time, tzinfo=ZoneInfo(self.time_zone))

    @property
    def is_revealed(self) -> bool:
        return self.status == self.Status.REVEALED

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def phase(self, now: datetime | None = None) -> str:
        """open | closed (nothing may be claimed, not yet revealed) | revealed | cancelled."""
        if self.status == self.Status.OPEN and (now or timezone.now()) >= self.closes_at:
            return "closed"
        return self.status

    def acting_referees(self) -> "models.QuerySet[User]":
        """Those named for this bet who still work here and hold the role."""
        return self.referees.filter(
            status=User.Status.ACTIVE, role_grants__role=access.Role.REFEREE
        ).distinct()

    def is_refereed_by(self, user: User) -> bool:
        """Named for this bet, and still holding the role."""
        return access.is_referee(user) and self.referees.filter(pk=user.pk).exists()

    def can_be_changed_by(self, user: User) -> bool:
        return self.organiser_id == user.pk or access.is_administrator(user)


class Refereeing(models.Model):
    """Who checks the claims of a bet. Whoever does stays so until the end, and never competes in it."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "user"], name="contests_referee_once")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.user_id}"


class EntryQuerySet(models.QuerySet):
    def current_of(self, user: User) -> "Entry | None":
        """The person's entry in the bet that closes next, or was closed last; None where all is revealed."""
        open_ones = self.filter(contestant=user, challenge__status=Challenge.Status.OPEN)
        return open_ones.select_related("challenge").order_by("-challenge__closes_at").first()


class Entry(models.Model):
    """One person's part in a bet, with the process as it was on entering."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="entries")
    contestant = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="entries", verbose_name=_("contestant")
    )
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="entries", verbose_name=_("process")
    )
    baseline_steps = models.PositiveIntegerField(_("steps at the start"))
    baseline_sha256 = models.CharField(max_length=64)
    entered_at = models.DateTimeField(default=timezone.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["challenge", "contestant"], name="contests_one_entry_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.contestant_id}"


class NoClaims(models.Manager):
    """What stands where a model has its list of rows: claims have none."""

    def get_queryset(self) -> NoReturn:
        raise TypeError("Claims are sealed: a participant reaches them through own_claims(entry).")


class Claim(models.Model):
    """ "This step is gone." A sealed row: no relation leads to it from the entry, the step or the person."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("waits for the referee")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+", verbose_name=_("step"))
    method = models.TextField(_("how AI made it unnecessary"), max_length=2000)
    evidence = models.TextField(_("evidence"), max_length=4000)
    link = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    reason = models.TextField(_("the referee's words"), max_length=1000, blank=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = NoClaims()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "step"],
                condition=Q(state__in=["submitted", "confirmed"]),
                name="contests_step_claimed_once_per_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.step_id} {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.SUBMITTED


class PublishedStanding(models.Model):
    """A place in a revealed bet; the row is made at the reveal. Its sealed twin lives in `challenges.sealed`."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="standings")
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="standing")
    rank = models.PositiveIntegerField(_("rank"))
    eliminated = models.PositiveIntegerField(_("steps eliminated"))

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering: ClassVar = ["rank", "entry__contestant__last_name", "entry__contestant__first_name", "pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.rank}"


class PublishedElimination(models.Model):
    """A step that a revealed bet eliminated."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="eliminations")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="eliminations")

    class Meta:
        verbose_name = _("eliminated step")
        verbose_name_plural = _("eliminated steps")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "step"], name="contests_elimination_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.step_id}"
