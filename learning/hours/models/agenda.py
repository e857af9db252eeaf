"""What an hour is made of: the agenda, the lab's tasks, and who has done which."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.ai.models import AISystem, DataClass
from hub.people.models import User
from learning.hours.models.session import StudySession


class AgendaItem(models.Model):
    class Kind(models.TextChoices):
        TALK = "talk", _("Talk")
        LAB = "lab", _("Lab")
        QUIZ = "quiz", _("Quiz")
        SHARE = "share", _("Share")

    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("what"), max_length=120)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(240)]
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "position"], name="hours_agenda_one_item_a_place")
        ]

    def __str__(self) -> str:
        return self.title


class LabTask(models.Model):
    """One thing to try: where to open it, what may go in, and a prompt to begin with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(StudySession, on_delete=models.CASCADE, related_name="lab")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("task"), max_length=120)
    instructions = models.TextField(_("how to go about it"), max_length=1500, blank=True)
    prompt = models.TextField(_("prompt to begin with"), max_length=1500, blank=True)
    tool = models.ForeignKey(
        AISystem,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("tool"),
    )
    data_class = models.CharField(
        _("what may go in"), max_length=12, choices=DataClass.choices, default=DataClass.PUBLIC
    )
    # A template that fills the hour afterwards leaves it there.
    is_from_story = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("lab task")
        verbose_name_plural = _("lab tasks")
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "position"], name="hours_lab_one_task_a_place")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def allowed_tool(self) -> AISystem | None:
        """The tool it names, as long as people may use that."""
        return self.tool if self.tool and self.tool.is_allowed else None


class LabDone(models.Model):
    task = models.ForeignKey(LabTask, on_delete=models.CASCADE, related_name="done")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "user"], name="hours_task_done_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.user_id}"
