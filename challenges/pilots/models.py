"""Small pilots: what is supposed, what was agreed before the start, what was measured, and how it was decided."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Challenge
from challenges.usecases.models import UseCase
from hub.ai.models import AISystem, DataClass
from hub.people.models import Team, User
from hub.stories.models import LANGUAGES

LONGEST_TEXT = 1000
LONGEST_LINE = 300
MOST_PEOPLE = 100_000
DIGITS, DECIMALS = 12, 2
SOON = timedelta(days=7)
STUCK_DAYS = 28  # past its decision day: others see to it that it is decided


class PilotQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "PilotQuerySet":
        """Once started it is everybody's; a draft is its owner's alone."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(~Q(state=Pilot.State.DRAFT) | Q(owner=user))

    def started(self) -> "PilotQuerySet":
        return self.exclude(state=Pilot.State.DRAFT)

    def running(self) -> "PilotQuerySet":
        return self.filter(state=Pilot.State.RUNNING)

    def with_due(self) -> "PilotQuerySet":
        return self.annotate(due=Coalesce("extended_to", "decides_on"))

    def soon_decided_by(self, user: User, today: date) -> "PilotQuerySet":
        """One's own that are decided within a week, or should have been; the first to be decided first."""
        mine = self.running().with_due().filter(owner=user, due__lte=today + SOON)
        return mine.order_by("due", "pk")

    def for_everybody(self, today: date) -> "PilotQuerySet":
        """Overdue ones first, then what runs by its decision day, then what was decided, the latest first."""
        rank = Case(
            When(state=Pilot.State.RUNNING, due__lt=today, then=Value(0)),
            When(state=Pilot.State.RUNNING, then=Value(1)),
            default=Value(2),
        )
        until = Case(When(state=Pilot.State.RUNNING, then=F("due")))
        found = self.with_due().annotate(rank=rank, until=until).select_related("owner", "system")
        return found.order_by("rank", "until", "-decided_at", "pk")

    def with_all(self) -> "PilotQuerySet":
        """Everything that its page shows, in as many queries whatever it holds."""
        criteria = Criterion.objects.prefetch_related(
            models.Prefetch("amendments", CriterionAmendment.objects.select_related("by")),
            models.Prefetch("readings", Reading.objects.select_related("by")),
        )
        people = ("owner__team", "decided_by", "team", "system", "challenge")
        return self.select_related(*people).prefetch_related(
            models.Prefetch("criteria", criteria),
            "answers",
            models.Prefetch("rollout", RolloutItem.objects.select_related("done_by")),
        )


class Pilot(models.Model):
    """Tried for weeks, never for good: on its decision day it is scaled, extended once, or stopped."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RUNNING = "running", _("running")
        SCALED = "scaled", _("scaled")
        STOPPED = "stopped", _("stopped")

    class Jobs(models.TextChoices):
        NO = "no", _("no job changes")
        TASKS = "tasks", _("tasks change, jobs stay")
        YES = "yes", _("a job changes or goes away")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=120)
    hypothesis = models.TextField(_("what you suppose"), max_length=LONGEST_TEXT, blank=True)
    system = models.ForeignKey(
        AISystem,
        verbose_name=_("AI system"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pilots",
    )
    data_class = models.CharField(
        _("what goes into it"), max_length=12, choices=DataClass.choices, default=DataClass.PUBLIC
    )
    affected = models.CharField(_("whose work changes"), max_length=LONGEST_LINE, blank=True)
    affected_number = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    freed_time_goes_to = models.CharField(
        _("what the freed time goes into"), max_length=LONGEST_LINE, blank=True
    )
    jobs_affected = models.CharField(_("are jobs affected"), max_length=8, choices=Jobs.choices, blank=True)
    jobs = models.CharField(_("what changes in jobs"), max_length=LONGEST_LINE, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    template = models.CharField(max_length=40, blank=True, editable=False)
    use_case = models.ForeignKey(
        UseCase, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="pilots"
    )
    owner = models.ForeignKey(
        User, verbose_name=_("owner"), null=True, on_delete=models.SET_NULL, related_name="pilots"
    )
    # Whose colleagues may take it over once its owner is gone.
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="pilots")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(null=True, blank=True, editable=False)
    decides_on = models.DateField(_("decision day"), null=True, blank=True)
    extended_to = models.DateField(_("new decision day"), null=True, blank=True)
    extension_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    decision_reason = models.CharField(max_length=LONGEST_TEXT, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="pilots_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    challenge = models.OneToOneField(
        Challenge, null=True, blank=True, on_delete=models.SET_NULL, related_name="pilot"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering: ClassVar = ["-created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "decides_on"], name="pilots_by_their_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(starts_on__isnull=False, decides_on__isnull=False),
                name="pilots_started_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(extended_to=None) | Q(extended_to__gt=F("decides_on")),
                name="pilots_extended_to_later",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["scaled", "stopped"], decided_at__isnull=False)
                | (~Q(state__in=["scaled", "stopped"]) & Q(decided_at=None)),
                name="pilots_decided_when_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["scaled", "stopped"]) | ~Q(decision_reason=""),
                name="pilots_decided_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_scaled(self) -> bool:
        return self.state == self.State.SCALED

    @property
    def is_stopped(self) -> bool:
        return self.state == self.State.STOPPED

    @property
    def is_decided(self) -> bool:
        return self.state in (self.State.SCALED, self.State.STOPPED)

    @property
    def has_owner(self) -> bool:
        """Whoever has left the company owns nothing any more."""
        return self.owner is not None and self.owner.is_active

    @property
    def due_on(self) -> date | None:
        return self.extended_to or self.decides_on

    def is_overdue(self, today: date) -> bool:
        return self.is_running and self.due_on < today

    def is_due(self, today: date) -> bool:
        """From its decision day on it can be decided or extended."""
        return self.is_running and self.due_on <= today

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0) if self.is_running else 0

    def is_stuck(self, today: date) -> bool:
        """Its owner was told four times and did not decide."""
        return self.days_late(today) >= STUCK_DAYS

    @property
    def takes_its_data(self) -> bool:
        return self.system is not None and self.system.takes(self.data_class)


class Criterion(models.Model):
    """What success is, agreed before the start. It holds what is valid now; `amendments` what it said before."""

    class Direction(models.TextChoices):
        DOWN = "down", _("lower is better")
        UP = "up", _("higher is better")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="criteria")
    measure = models.CharField(_("what is measured"), max_length=160)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.DOWN
    )
    baseline = models.DecimalField(
        _("today"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    threshold = models.DecimalField(
        _("threshold"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    measured_by = models.DateField(_("measured by"), null=True, blank=True)
    hint = models.CharField(max_length=LONGEST_LINE, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("success criterion")
        verbose_name_plural = _("success criteria")
        ordering: ClassVar = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.measure

    @property
    def latest(self) -> "Reading | None":
        """The last one by its day; asks no database where the readings were fetched along."""
        readings = list(self.readings.all())
        return readings[-1] if readings else None

    @property
    def is_met(self) -> bool | None:
        """None while nothing was measured."""
        last = self.latest
        if last is None or self.threshold is None:
            return None
        if self.direction == self.Direction.DOWN:
            return last.value <= self.threshold
        return last.value >= self.threshold


class CriterionAmendment(models.Model):
    """How a criterion read until somebody changed it after the start. Rows are only ever added."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="amendments")
    measure = models.CharField(max_length=160)
    unit = models.CharField(max_length=30, blank=True)
    direction = models.CharField(max_length=4, choices=Criterion.Direction.choices)
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS)
    threshold = models.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS)
    measured_by = models.DateField()
    reason = models.CharField(max_length=LONGEST_TEXT)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="criteria_amended")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("amendment of a criterion")
        verbose_name_plural = _("amendments of criteria")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="pilots_amended_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} until {self.at:%Y-%m-%d}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("an amendment stays as it was written")
        super().save(*args, **kwargs)


class ReadinessAnswer(models.Model):
    """What was said to one item of the readiness check."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    is_yes = models.BooleanField()

    class Meta:
        verbose_name = _("answer of the readiness check")
        verbose_name_plural = _("answers of the readiness check")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pilot", "item"], name="pilots_item_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.is_yes}"


class Reading(models.Model):
    """Evidence: what a measure said on one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="readings")
    day = models.DateField(_("day"))
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS)
    note = models.CharField(_("note"), max_length=LONGEST_LINE, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="pilot_readings")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["day", "created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.day}: {self.value}"


class RolloutItem(models.Model):
    """One thing to do when a pilot becomes daily work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="rollout")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_LINE)
    done_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="rollout_done"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("item of a roll-out")
        verbose_name_plural = _("items of a roll-out")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pilot", "position"], name="pilots_rollout_place_once")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
