"""A team's measurements of its core time: counters without people, marks without answers, and one published figure."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.disclosure.models import entity_ids_of
from hub.people.models import Team, User

LONGEST_WORK = 120
MOST_HOURS = 60
WEEKLY_HOURS = Decimal(40)
# Nobody remembers a day more exactly; six fit a phone, each a thumb wide; the mean of forty answers is finer.
CHOICES = (0, 20, 40, 60, 80, 100)


class MeasurementQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "MeasurementQuerySet":
        """Of one's own team, and for HR and works council of the teams of their companies.

        Not everybody's in the company, as reports are: teams side by side would be a ranking of who does real work.
        """
        if not user.is_authenticated:
            return self.none()
        found = Q(team__legal_entity_id__in=entity_ids_of(user))
        return self.filter(found | Q(team=user.team_id) if user.team_id else found)

    def open(self) -> "MeasurementQuerySet":
        return self.filter(published_at=None, called_off_at=None)

    def published(self) -> "MeasurementQuerySet":
        return self.exclude(published_at=None)


class Measurement(models.Model):
    """Two weeks in which a team is asked. Who began it stands in the audit, not here.

    `low` and `high` in percent are between which the team's mean lies, equal where it is said as one figure; `people`
    is how many answered, rounded as every group's size is. Both are empty where `reason` says why nothing is shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="core_time", verbose_name=_("team"))
    work = models.CharField(_("your real work"), max_length=LONGEST_WORK, validators=[MinLengthValidator(3)])
    weekly_hours = models.DecimalField(
        _("working hours a week"),
        max_digits=4,
        decimal_places=1,
        default=WEEKLY_HOURS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    members = models.PositiveIntegerField(_("people of the team at the start"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    begun_at = models.DateTimeField(_("begun"))
    called_off_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    low = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    reason = models.CharField(_("why it is hidden"), max_length=12, blank=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement of core time")
        verbose_name_plural = _("measurements of core time")
        ordering: ClassVar = ["starts_on", "begun_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(published_at=None, called_off_at=None),
                name="core_time_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="core_time_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, low=None, high=None, people=None, reason="")
                | (
                    Q(published_at__isnull=False, called_off_at=None)
                    & (
                        Q(low__isnull=False, high__isnull=False, people__isnull=False, reason="")
                        | (Q(low=None, high=None, people=None) & ~Q(reason=""))
                    )
                ),
                name="core_time_a_figure_or_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.starts_on}"

    @property
    def is_open(self) -> bool:
        return self.published_at is None and self.called_off_at is None

    @property
    def has_figure(self) -> bool:
        return self.low is not None


class Counter(models.Model):
    """How often an answer was given. All of them are there from the start; they go when the figure is published."""

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="counters")
    percent = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of core time")
        verbose_name_plural = _("counters of core time")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measurement", "percent"], name="core_time_counter_once"),
            models.CheckConstraint(condition=Q(percent__in=CHOICES), name="core_time_percent_offered"),
        ]

    def __str__(self) -> str:
        return f"{self.percent}: {self.times}"


class Mark(models.Model):
    """The person is done with a day's question: by answering or not is not kept, nor when. Goes with the counters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="marks")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        verbose_name = _("mark of core time")
        verbose_name_plural = _("marks of core time")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measurement", "user", "day"], name="core_time_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class Voice(models.Model):
    """The person answered at least once, so that people can be counted and not answers. Goes with the counters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="voices")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("voice in core time")
        verbose_name_plural = _("voices in core time")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measurement", "user"], name="core_time_voice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.measurement_id}"
