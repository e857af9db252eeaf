"""The recording of an audio overview as its page shows it: the file where it holds, else how it stands with it."""

from dataclasses import dataclass

from django.urls import reverse

from hub.ai import speech
from learning.notebooks import recordings
from learning.notebooks.models import AidRecording, StudyAid


@dataclass(frozen=True)
class ShownRecording:
    """`url` is empty where no file holds. What stands beside it is for those who may have one made."""

    url: str
    seconds: int
    model: str
    is_making: bool
    progress: int
    failure: str
    is_stale: bool
    can_make: bool

    @property
    def length(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"


def shown(aid: StudyAid, *, can_edit: bool) -> ShownRecording | None:
    """None for an aid that is not spoken."""
    if aid.kind != "audio":
        return None
    row = recordings.recording_of(aid)
    is_there = row is not None and recordings.holds(row) and bool(row.file)
    is_stale = row is not None and row.state == AidRecording.State.READY and not is_there
    is_making = row is not None and not row.is_done
    return ShownRecording(
        url=reverse("notebooks:recording", args=[aid.notebook_id, aid.pk]) if is_there else "",
        seconds=row.seconds if row else 0,
        model=row.model if row else "",
        is_making=is_making and can_edit,
        progress=row.progress if row else 0,
        failure=recordings.failure_of(row) if row and can_edit else "",
        is_stale=is_stale and can_edit,
        can_make=can_edit and speech.can_speak() and not is_there and not is_making,
    )
