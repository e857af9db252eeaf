"""The DEAL hour: an occurrence with its own id, who means to come, and who was there."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import Team, User
from hub.people.zones import validate_time_zone
from learning.notebooks.models import Notebook

DOORS_OPEN = timedelta(minutes=10)
DOORS_CLOSE = timedelta(minutes=15)


def new_secret() -> str:
    return secrets.token_hex(16)


class StudySessionQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "StudySessionQuerySet":
        """The company's hours and those of a team the person belongs to; facilitators also see their own."""
        return self.filter(Q(team=None) | Q(team_id__in=access.team_ids_of(user)) | Q(facilitator=user))

    def held(self) -> "StudySessionQuerySet":
        """Not cancelled: an hour is held unless somebody cancels it."""
        return self.filter(status=StudySession.Status.PLANNED)

    def upcoming(self, now: datetime) -> "StudySessionQuerySet":
        return self.held().filter(ends_at__gt=now).order_by("starts_at")

    def past(self, now: datetime) -> "StudySessionQuerySet":
        return self.filter(ends_at__lte=now).order_by("-starts_at")

    def with_presence(self) -> "StudySessionQuerySet":
        return self.annotate(present=models.Count("attendances", distinct=True))


class StudySession(models.Model):
    """Wall time and IANA zone are what was agreed; the UTC columns are derived from them for queries."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("topic"), max_length=160)
    description = models.TextField(_("what we will do"), max_length=2000, blank=True)
    local_date = models.DateField(_("date"))
    local_time = models.TimeField(_("time"))
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=60, validators=[MinValueValidator(15), MaxValueValidator(240)]
    )
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False)
    place = models.CharField(_("where"), max_length=200, blank=True)
    facilitator = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="sessions_run", verbose_name=_("facilitator")
    )
    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        verbose_name=_("for which team"),
        help_text=_("Empty: for everybody."),
    )
    notebook = models.ForeignKey(
        Notebook,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
        verbose_name=_("notebook"),
    )
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.PLANNED)
    code_secret = models.CharField(max_length=32, default=new_secret, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StudySessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("DEAL hour")
        verbose_name_plural = _("DEAL hours")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="hours_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        wall = datetime.combine(self.local_date, self.local_time)
        self.starts_at = wall.replace(tzinfo=ZoneInfo(self.time_zone))
        # Minutes of real time, so that an hour over a clock change still lasts an hour.
        self.ends_at = self.starts_at.astimezone(ZoneInfo("UTC")) + timedelta(minutes=self.minutes)
        super().save(*args, **kwargs)

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def phase(self, now: datetime | None = None) -> str:
        """before | during | after | cancelled."""
        now = now or timezone.now()
        if self.is_cancelled:
            return "cancelled"
        if now < self.starts_at:
            return "before"
        return "during" if now < self.ends_at else "after"

    def is_open(self, now: datetime) -> bool:
        """Whether one can check in: from ten minutes before the start until fifteen after the end."""
        return not self.is_cancelled and self.starts_at - DOORS_OPEN <= now < self.ends_at + DOORS_CLOSE

    def can_be_run_by(self, user: User) -> bool:
        return self.facilitator_id == user.pk or access.is_administrator(user)


class Rsvp(models.Model):
    class Reply(models.TextChoices):
        YES = "yes", _("I will be there")
        NO = "no", _("Not this time")

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="rsvps")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rsvps")
    reply = models.CharField(max_length=3, choices=Reply.choices)
    intention = models.CharField(_("What will I try?"), max_length=200, blank=True)
    replied_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_one_reply_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id} {self.reply}"


class Attendance(models.Model):
    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="attendances")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attendances")
    checked_in_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_one_attendance_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"


class CodeAttempt(models.Model):
    """Wrong codes of one person at one session, so that guessing stops after a few."""

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_attempts_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}: {self.wrong}"
