"""Any OpenAI-compatible endpoint (vLLM, Ollama, Azure, Mistral …), through llama-index's integrations.

llama-index is imported when a model is asked, never when the site starts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from hub.ai.errors import ModelError
from hub.ai.hanging_up import HangUp
from hub.ai.providers.line import Line

MOST_BYTES = 8 * 1024 * 1024  # of a reply, on the wire: each token comes in an envelope of 300 bytes


@contextmanager
def own_errors(line: Line | None = None) -> Iterator[None]:
    """Whatever the client library raises becomes a ModelError; its text may hold the prompt, so it is not kept."""
    import httpx
    import openai

    try:
        yield
        if line and line.is_cut:
            raise ModelError("The model did not answer in time.")
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise ModelError("The model did not answer in time.") from error
    except openai.APIStatusError as error:
        permanent = error.status_code in {400, 401, 403, 404, 422}
        raise ModelError(f"The model answered {error.status_code}.", permanent=permanent) from error
    except (openai.APIError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
        late = line and line.is_cut
        raise ModelError(
            "The model did not answer in time." if late else "The model could not be reached."
        ) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ModelError("The model's answer could not be read.") from error


@dataclass(frozen=True)
class OpenAILikeChat:
    url: str
    model: str
    key: str
    timeout: float
    context_tokens: int

    def complete(self, messages: list[dict[str, str]]) -> str:
        with self._line() as line, own_errors(line):
            return self._complete(messages, line)

    def stream(self, messages: list[dict[str, str]], hang_up: HangUp | None = None) -> Iterator[str]:
        """An endpoint that does not stream is asked once more without; one that breaks off is an error."""
        with self._line() as line, own_errors(line):
            if hang_up:
                hang_up.then(line.cut)
            is_finished = False
            with closing(self._client(line).stream_chat(_messages(messages))) as parts:
                for part in parts:
                    is_finished |= any(choice.finish_reason for choice in part.raw.choices)
                    if part.delta:
                        yield part.delta
            if line.is_cut:
                return
            if line.content_type.startswith("application/json"):
                yield self._complete(messages, line)
            elif not is_finished and b"[DONE]" not in line.tail:
                raise ModelError("The model's answer broke off.")

    def _line(self) -> Line:
        return Line(seconds=self.timeout, most_bytes=MOST_BYTES)

    def _complete(self, messages: list[dict[str, str]], line: Line) -> str:
        return self._client(line).chat(_messages(messages)).message.content or ""

    def _client(self, line: Line) -> Any:
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=self.model,
            api_base=self.url,
            api_key=self.key or "none",
            timeout=self.timeout,
            max_retries=0,
            context_window=self.context_tokens,
            is_chat_model=True,
            temperature=0.0,
            http_client=line.client,
        )


def _messages(messages: list[dict[str, str]]) -> list[Any]:
    from llama_index.core.base.llms.types import ChatMessage

    return [ChatMessage(role=message["role"], content=message["content"]) for message in messages]


@dataclass(frozen=True)
class OpenAILikeEmbeddings:
    url: str
    model: str
    key: str
    timeout: float
    retries: int = 0

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        import llama_index.embeddings.openai_like as library  # seconds, the first time: not of the model's time

        with Line(seconds=self.timeout, most_bytes=MOST_BYTES) as line, own_errors(line):
            model = library.OpenAILikeEmbedding(
                model_name=self.model,
                api_base=self.url,
                api_key=self.key or "none",
                timeout=self.timeout,
                max_retries=self.retries,
                embed_batch_size=max(len(texts), 1),
                http_client=line.client,
            )
            batch: Callable[[list[str]], list[list[float]]] = model.get_text_embedding_batch
            return batch(list(texts))
