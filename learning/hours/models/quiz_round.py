"""The live quiz: one question at a time, opened and closed by whoever runs the hour."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.hours.models.session import StudySession
from learning.notebooks.models import AidItem


class QuizRound(models.Model):
    """One question put to the room. What it says stays the quiz item's: a withdrawn one is not shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="rounds")
    item = models.ForeignKey(AidItem, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("quiz round")
        verbose_name_plural = _("quiz rounds")
        ordering: ClassVar = ["opened_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "item"], name="hours_item_asked_once_a_session"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(closed_at=None), name="hours_one_open_round_a_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.item_id}"


class QuizAnswer(models.Model):
    round = models.ForeignKey(QuizRound, on_delete=models.CASCADE, related_name="answers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    option = models.PositiveSmallIntegerField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "user"], name="hours_one_answer_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.user_id}"
