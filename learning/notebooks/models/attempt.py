"""A learner's attempts at quizzes; nobody else sees them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.notebooks.models.aid import AidItem, StudyAid


class AttemptQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AttemptQuerySet":
        return self.filter(learner=user, aid__in=StudyAid.objects.visible_to(user))


class Attempt(models.Model):
    """One way through a quiz or a guided path. `items` are the ids in the order they are asked in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aid = models.ForeignKey(StudyAid, on_delete=models.CASCADE, related_name="quiz_attempts")
    learner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="quiz_attempts")
    is_guided = models.BooleanField(default=False, help_text=_("With hints, until each one is right."))
    items = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering: ClassVar = ["-started_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["aid", "learner", "is_guided"],
                condition=Q(finished_at=None),
                name="notebooks_one_open_attempt",
            )
        ]

    def __str__(self) -> str:
        return f"{self.aid_id} {self.started_at:%Y-%m-%d %H:%M}"


class AttemptAnswer(models.Model):
    """What was given to one item; the first answer counts, `tries` says how many a guided path took."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(AidItem, on_delete=models.CASCADE, related_name="answers")
    given = models.CharField(max_length=400)
    is_right = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=1)
    is_solved = models.BooleanField(default=False)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["answered_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "item"], name="notebooks_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.item_id}"
