"""Who means to come, who was there, and the weeks somebody is away."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.hours.models.session import StudySession


class RsvpQuerySet(models.QuerySet):
    def announced(self, session: StudySession) -> "RsvpQuerySet":
        """Leaders who come and wanted it to be known."""
        return (
            self.filter(session=session, is_announced=True, reply=Rsvp.Reply.YES, user__is_executive=True)
            .select_related("user")
            .order_by("user__last_name", "user__first_name")
        )


class Rsvp(models.Model):
    class Reply(models.TextChoices):
        YES = "yes", _("I will be there")
        NO = "no", _("Not this time")

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="rsvps")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rsvps")
    reply = models.CharField(max_length=3, choices=Reply.choices)
    intention = models.CharField(_("What will I try?"), max_length=200, blank=True)
    where = models.CharField(_("Where will I be?"), max_length=80, blank=True)
    is_announced = models.BooleanField(_("Show everybody invited that I will be there"), default=False)
    replied_at = models.DateTimeField(auto_now=True)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_one_reply_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id} {self.reply}"


class Attendance(models.Model):
    # Found by the constraint's index; at nine each index more costs.
    session = models.ForeignKey(
        StudySession, on_delete=models.CASCADE, related_name="attendances", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attendances")
    checked_in_at = models.DateTimeField(default=timezone.now)
    is_remote = models.BooleanField(_("from elsewhere"), default=False)
    is_posted = models.BooleanField(default=False, editable=False)  # its points are in the ledger

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_one_attendance_a_person")
        ]
        indexes: ClassVar = [
            models.Index(fields=["session"], condition=models.Q(is_posted=False), name="hours_to_be_posted")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"


WRONG_CODES_ALLOWED = 8
WRONG_CODES_FORGOTTEN_AFTER = timedelta(minutes=10)


class CodeAttemptQuerySet(models.QuerySet):
    def locked(self, now: datetime) -> "CodeAttemptQuerySet":
        """Of those who guessed too often and have to wait."""
        return self.filter(wrong__gte=WRONG_CODES_ALLOWED, last_at__gt=now - WRONG_CODES_FORGOTTEN_AFTER)


class CodeAttempt(models.Model):
    """Wrong codes of one person at one session, so that guessing stops after a few."""

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    objects = CodeAttemptQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_attempts_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}: {self.wrong}"

    def is_forgotten(self, now: datetime) -> bool:
        return now - self.last_at >= WRONG_CODES_FORGOTTEN_AFTER


class AwayWeek(models.Model):
    """A week somebody says not to be there, without a reason: it leaves the streak alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="away_weeks")
    monday = models.DateField()
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["monday"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "monday"], name="hours_away_once_a_week"),
            models.CheckConstraint(condition=models.Q(monday__week_day=2), name="hours_away_from_monday"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.monday}"
