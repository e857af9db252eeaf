"""Where an uploaded file lies: under random names, never under what the uploader called it."""

import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learning.notebooks.models import AidRecording, Source

RECORDINGS = "recordings"


def source_file_path(source: "Source", file_name: str) -> str:
    return f"sources/{source.notebook_id}/{uuid.uuid4().hex}"


def recording_file_path(recording: "AidRecording", file_name: str) -> str:
    return f"{RECORDINGS}/{uuid.uuid4().hex}.mp3"
