"""Trials of a tip, who is in which group while one runs, and the counts that are left of it."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.nudges.models import Tip
from hub.people import access
from hub.people.models import User

TRIED_WITHIN = timedelta(days=7)
WEEKS = [(4, _("4 weeks")), (6, _("6 weeks")), (8, _("8 weeks"))]


def may_read(user: User) -> bool:
    return access.is_content_owner(user) or access.is_hr(user) or access.is_works_council(user)


def may_run(user: User) -> bool:
    return access.is_content_owner(user) or access.is_hr(user)


class TrialQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "TrialQuerySet":
        """Content owners, HR and works council see all of them: a trial is of the whole company."""
        return self.with_words() if may_read(user) else self.none()

    def with_words(self) -> "TrialQuerySet":
        return self.select_related("tip", "started_by").prefetch_related("tip__texts", "counts")

    def over(self, now: datetime) -> "TrialQuerySet":
        return self.filter(status=Trial.Status.RUNNING, ends_at__lte=now)


class Trial(models.Model):
    """Whether a tip that comes by itself makes more people try it than the open library alone."""

    class Design(models.TextChoices):
        WAITING_LIST = "waiting_list", _("Waiting list, half and half")
        HOLDOUT = "holdout", _("Holdout, one in ten")

    class Status(models.TextChoices):
        DRAFT = "draft", _("not started")
        RUNNING = "running", _("running")
        ENDED = "ended", _("over")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="trials", verbose_name=_("tip"))
    design = models.CharField(
        _("how people are divided"),
        max_length=12,
        choices=Design.choices,
        default=Design.WAITING_LIST,
        help_text=_(
            "In a waiting list one half gets the tip at once and the other in the second half of the time. "
            "A holdout leaves one in ten out to the end: for companies of several thousand."
        ),
    )
    weeks = models.PositiveSmallIntegerField(_("how long"), choices=WEEKS, default=4)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    salt = models.CharField(
        max_length=64, blank=True, help_text=_("Drawn at the start; gone once it is over.")
    )
    started_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    withheld_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial of a tip")
        verbose_name_plural = _("trials of tips")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tip"], condition=Q(status="running"), name="trials_one_runs_a_tip"
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(starts_at__isnull=False, ends_at__isnull=False, withheld_until__isnull=False),
                name="trials_started_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | Q(salt="", ended_at__isnull=False),
                name="trials_ended_keeps_no_salt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.design} of {self.tip_id}"

    @property
    def held_share(self) -> float:
        return held_share(self.design)

    @property
    def length(self) -> timedelta:
        return timedelta(weeks=self.weeks)

    @property
    def counts_until(self) -> datetime:
        """Showings before this moment count: in it both groups are still told apart, and a week is left to try it."""
        last = self.withheld_until if self.design == self.Design.WAITING_LIST else self.ends_at - TRIED_WITHIN
        return min(last, self.ended_at or last)

    @property
    def was_ended_early(self) -> bool:
        return self.ended_at is not None and self.ended_at < self.ends_at


def held_share(design: str) -> float:
    return 0.5 if design == Trial.Design.WAITING_LIST else 0.1


class Arm(models.TextChoices):
    GIVEN = "given", _("were given the tip")
    HELD = "held", _("were not given it")


class TrialAssignment(models.Model):
    """Which group a person is in, from the start of a trial until it is over. Whoever joins later is in none."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="trial_assignments")
    arm = models.CharField(max_length=5, choices=Arm.choices)
    assigned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("group in a trial")
        verbose_name_plural = _("groups in trials")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "trial"], name="trials_in_one_arm"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.trial_id}"


class TrialCount(models.Model):
    """What is left of a group once the trial is over: numbers that the gate let through. It is of no person."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="counts")
    arm = models.CharField(max_length=5, choices=Arm.choices)
    people = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField()
    seen = models.PositiveIntegerField()
    tried = models.PositiveIntegerField()
    kept = models.PositiveIntegerField(null=True, help_text=_("Empty where it was not asked yet."))

    class Meta:
        verbose_name = _("counts of a trial")
        verbose_name_plural = _("counts of trials")
        ordering: ClassVar = ["arm"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "arm"], name="trials_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.arm} of {self.trial_id}: {self.tried}/{self.people}"
