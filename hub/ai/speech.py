"""Speech to text, chosen by setting. Without one, `get_transcriber` returns None and questions are typed."""

from typing import Protocol

from django.conf import settings


class Transcriber(Protocol):
    model: str

    def transcribe(self, audio: bytes, *, file_name: str, content_type: str) -> str:
        """The words said, in the language they were said in. Raises ModelError."""
        ...


def is_configured() -> bool:
    return bool(settings.AI_TRANSCRIPTION_URL and settings.AI_TRANSCRIPTION_MODEL)


def get_transcriber() -> Transcriber | None:
    if not is_configured():
        return None
    from hub.ai.providers.openai_speech import OpenAILikeTranscriber

    return OpenAILikeTranscriber(
        url=settings.AI_TRANSCRIPTION_URL,
        model=settings.AI_TRANSCRIPTION_MODEL,
        key=settings.AI_TRANSCRIPTION_KEY,
        timeout=settings.AI_TIMEOUT_SECONDS,
    )
