"""Speech to text and text to speech, each chosen by setting.

Without a transcriber questions are typed, without a speaker the browser's own voices read aloud.
"""

from typing import Protocol

from django.conf import settings

from hub.ai.mp3 import Sound


class Transcriber(Protocol):
    model: str

    def transcribe(self, audio: bytes, *, file_name: str, content_type: str) -> str:
        """The words said, in the language they were said in. Raises ModelError."""
        ...


class Speaker(Protocol):
    """`voices` are two names that the endpoint knows, for the two voices of a talk."""

    model: str
    voices: tuple[str, str]

    def speak(self, text: str, *, voice: str) -> Sound:
        """The text read aloud, as MP3. Raises ModelError."""
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


def can_speak() -> bool:
    return bool(settings.AI_SPEECH_URL and settings.AI_SPEECH_MODEL)


def get_speaker() -> Speaker | None:
    if not can_speak():
        return None
    from hub.ai.providers.openai_speech import OpenAILikeSpeaker

    first, second = settings.AI_SPEECH_VOICES
    return OpenAILikeSpeaker(
        url=settings.AI_SPEECH_URL,
        model=settings.AI_SPEECH_MODEL,
        key=settings.AI_SPEECH_KEY,
        timeout=settings.AI_TIMEOUT_SECONDS,
        voices=(first, second),
    )
