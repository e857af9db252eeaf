"""Any endpoint that transcribes (`/audio/transcriptions`) or speaks (`/audio/speech`) as OpenAI's does, through
its client."""

from dataclasses import dataclass

import openai

from hub.ai.errors import ModelError
from hub.ai.mp3 import Sound, sound_of
from hub.ai.providers.line import Line
from hub.ai.providers.openai_like import own_errors

MOST_BYTES = 256 * 1024  # of a reply
MOST_SOUND = 16 * 1024 * 1024  # bytes of one turn: a quarter of an hour at a good rate


def _client(line: Line, url: str, key: str) -> openai.OpenAI:
    return openai.OpenAI(base_url=url, api_key=key or "none", max_retries=0, http_client=line.client)


@dataclass(frozen=True)
class OpenAILikeTranscriber:
    url: str
    model: str
    key: str
    timeout: float

    def transcribe(self, audio: bytes, *, file_name: str, content_type: str) -> str:
        with Line(seconds=self.timeout, most_bytes=MOST_BYTES) as line, own_errors(line):
            heard = _client(line, self.url, self.key).audio.transcriptions.create(
                file=(file_name, audio, content_type), model=self.model, response_format="json"
            )
            if not isinstance(heard.text, str):
                raise ModelError("The model's answer could not be read.")
            return heard.text


@dataclass(frozen=True)
class OpenAILikeSpeaker:
    url: str
    model: str
    key: str
    timeout: float
    voices: tuple[str, str]

    def speak(self, text: str, *, voice: str) -> Sound:
        with Line(seconds=self.timeout, most_bytes=MOST_SOUND) as line, own_errors(line):
            speech = _client(line, self.url, self.key).audio.speech
            said = speech.create(model=self.model, voice=voice, input=text, response_format="mp3")
            return sound_of(said.content)
