"""The live room: where the hour stands now, and the questions asked in it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.hours.models.session import StudySession


class LiveRoom(models.Model):
    """The agenda's step that runs; kept apart from the session, which it changes far more often than."""

    session = models.OneToOneField(
        StudySession, on_delete=models.CASCADE, related_name="room", primary_key=True
    )
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    step_started_at = models.DateTimeField(null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(
        default=0, help_text=_("What the step was given beyond its plan.")
    )

    class Meta:
        verbose_name = _("live room")
        verbose_name_plural = _("live rooms")

    def __str__(self) -> str:
        return str(self.session_id)


class RoomQuestion(models.Model):
    """A question to the room, with or without its author's name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="questions")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    is_named = models.BooleanField(_("with my name"), default=False)
    text = models.CharField(_("question"), max_length=400)
    asked_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("question to the room")
        verbose_name_plural = _("questions to the room")
        ordering: ClassVar = ["asked_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["session", "asked_at"], name="hours_questions_of_a_room")]

    def __str__(self) -> str:
        return self.text


class RoomVote(models.Model):
    question = models.ForeignKey(RoomQuestion, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["question", "user"], name="hours_one_vote_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.user_id}"
