"""An audio overview as a file, and the work of having it read aloud. No person stands in it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.jobs import LeasedQuerySet, LeasedRow
from hub.people.models import User
from learning.notebooks.models.aid import StudyAid
from learning.notebooks.paths import recording_file_path


class AidRecordingQuerySet(LeasedQuerySet):
    def visible_to(self, user: User) -> "AidRecordingQuerySet":
        return self.filter(aid__in=StudyAid.objects.visible_to(user))


class AidRecording(LeasedRow):
    """The one recording of an aid; it holds as long as `script_sha256` is that of the script as it stands."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    aid = models.OneToOneField(StudyAid, on_delete=models.CASCADE, related_name="recording")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0, help_text=_("Percent."))
    error_code = models.CharField(max_length=40, blank=True)
    script_sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(upload_to=recording_file_path, blank=True)
    byte_count = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    model = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = AidRecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering: ClassVar = ["-created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.aid_id} {self.state}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED
