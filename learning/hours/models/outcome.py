"""What stays of an hour: what a person tried, and the recall quizzes of the weeks after."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from learning.hours.models.session import StudySession
from learning.notebooks.models import Attempt


class Outcome(models.Model):
    """What I tried: for oneself; a leader may show it to everybody invited."""

    class Result(models.TextChoices):
        WORKED = "worked", _("It worked")
        PARTLY = "partly", _("Partly")
        NOT_YET = "not_yet", _("Not yet")

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="outcomes")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="outcomes")
    tool = models.CharField(_("with what"), max_length=80, blank=True)
    text = models.CharField(_("what I tried"), max_length=400)
    result = models.CharField(_("how it went"), max_length=8, choices=Result.choices)
    minutes_saved = models.PositiveSmallIntegerField(
        _("minutes saved a week, my estimate"), null=True, blank=True, validators=[MaxValueValidator(2400)]
    )
    is_shared = models.BooleanField(_("show it with my name"), default=False)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("what was tried")
        verbose_name_plural = _("what was tried")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user"], name="hours_one_outcome_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id}"


class Recall(models.Model):
    """A short quiz some weeks after an attended hour. The attempt is the learner's alone."""

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="recalls")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recalls")
    weeks = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recall quiz")
        verbose_name_plural = _("recall quizzes")
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["user", "done_at", "due_on"], name="hours_recalls_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "user", "weeks"], name="hours_recall_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.user_id} {self.weeks}"
