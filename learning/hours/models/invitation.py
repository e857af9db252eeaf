"""Blocked time: who wants invitations by mail, each mail on its way, and the secret of a personal feed."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.jobs import LeasedQuerySet, LeasedRow, LeaseLost
from hub.people.models import User
from learning.hours.models.session import StudySession


class CalendarChoice(models.Model):
    """Whether a person wants the hours as invitations by mail; no row means no mail."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="calendar_choice", primary_key=True
    )
    wants_mail = models.BooleanField(_("send me invitations"), default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar choice")
        verbose_name_plural = _("calendar choices")

    def __str__(self) -> str:
        return str(self.user_id)


class CalendarFeed(models.Model):
    """A personal address to subscribe to; only the hash of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="hours_one_feed_a_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Invitation(LeasedRow):
    """One mail about one hour to one person: the row is the queue."""

    class Method(models.TextChoices):
        REQUEST = "REQUEST", "REQUEST"
        CANCEL = "CANCEL", "CANCEL"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=7, choices=Method.choices)
    sequence = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, help_text=_("sent, outdated, unwanted or failed"))

    objects = LeasedQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(is_done=False), name="hours_invitations_waiting")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "user", "method", "sequence"], name="hours_invitation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.session_id} {self.sequence}"

    def settle(self, outcome: str, now: datetime) -> None:
        """Raises LeaseLost if the row is no longer this worker's."""
        self.finish(outcome=outcome, settled_at=now)

    def put_off(self, until: datetime, *, is_try: bool = False) -> None:
        """Hand it back for later; a wait that was asked for is no try."""
        attempts = F("attempts") if is_try else F("attempts") - 1
        if not self._held().update(leased_until=until, lease_token=None, attempts=attempts):
            raise LeaseLost
