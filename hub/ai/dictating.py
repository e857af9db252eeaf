"""What somebody says into a form becomes text. The sound stays in memory: it is neither written nor logged nor kept."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import connection
from django.utils.translation import gettext_lazy as _

from hub.ai.errors import ModelError
from hub.ai.speech import Transcriber
from hub.ai.usage import record_use
from hub.refusals import Refusal

# The server keeps a body of this size in memory (FILE_UPLOAD_MAX_MEMORY_SIZE): some eight minutes of speech.
MOST_BYTES = 2 * 1024 * 1024
LONGEST_TEXT = 2000  # characters, as of a question
EXTENSIONS = {
    "audio/webm": "webm", "video/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "mp4", "video/mp4": "mp4",
    "audio/m4a": "m4a", "audio/x-m4a": "m4a", "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/wav": "wav",
    "audio/x-wav": "wav", "audio/wave": "wav", "audio/flac": "flac",
}  # fmt: skip


class InMemory(MemoryFileUploadHandler):
    """The only handler of such a request: what is too large is read and dropped."""

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        super().handle_raw_input(*args, **kwargs)
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)


def transcribe(*, transcriber: Transcriber, audio: UploadedFile | None) -> str:
    """The words of a recording, at most LONGEST_TEXT characters. Raises Refusal."""
    if audio is None or not audio.size:
        raise Refusal("no_audio", _("Nothing was recorded. Say it again, or type it."))
    if audio.size > MOST_BYTES:
        raise Refusal("too_large", _("This recording is too long. Say it in a few sentences."), status=413)
    extension = EXTENSIONS.get((audio.content_type or "").lower())
    if extension is None:
        raise Refusal("no_audio", _("This is no recording that can be understood. Please type."))
    content = audio.read()
    if not connection.in_atomic_block:
        connection.close()  # nobody else waits for it while the model listens
    try:
        text = transcriber.transcribe(
            content, file_name=f"question.{extension}", content_type=audio.content_type
        )
    except ModelError as error:
        record_use(system="hatpin-voice", purpose="transcribe", model=transcriber.model, failed=True)
        sentence = _("Your recording could not be turned into text. Try again, or type.")
        raise Refusal("not_transcribed", sentence, status=503) from error
    record_use(system="hatpin-voice", purpose="transcribe", model=transcriber.model)
    text = " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]
    if not text:
        raise Refusal("no_speech", _("No words were heard. Say it again, or type it."))
    return text
