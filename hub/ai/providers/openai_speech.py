"""Any endpoint that transcribes as OpenAI's does (`/audio/transcriptions`), through its client."""

from dataclasses import dataclass

import openai

from hub.ai.errors import ModelError
from hub.ai.providers.line import Line
from hub.ai.providers.openai_like import own_errors

MOST_BYTES = 256 * 1024  # of a reply


@dataclass(frozen=True)
class OpenAILikeTranscriber:
    url: str
    model: str
    key: str
    timeout: float

    def transcribe(self, audio: bytes, *, file_name: str, content_type: str) -> str:
        with Line(seconds=self.timeout, most_bytes=MOST_BYTES) as line, own_errors(line):
            client = openai.OpenAI(
                base_url=self.url, api_key=self.key or "none", max_retries=0, http_client=line.client
            )
            heard = client.audio.transcriptions.create(
                file=(file_name, audio, content_type), model=self.model, response_format="json"
            )
            if not isinstance(heard.text, str):
                raise ModelError("The model's answer could not be read.")
            return heard.text
