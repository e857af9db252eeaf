"""Any OpenAI-compatible endpoint (vLLM, Ollama, Azure, Mistral …), through llama-index's integrations.

llama-index is imported when a model is asked, never when the site starts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from hub.ai.errors import ModelError

RETRIES = 1


@contextmanager
def _own_errors() -> Iterator[None]:
    """Whatever the client library raises becomes a ModelError; its text may hold the prompt, so it is not kept."""
    import httpx
    import openai

    try:
        yield
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise ModelError("The model did not answer in time.") from error
    except openai.APIStatusError as error:
        permanent = error.status_code in {400, 401, 403, 404, 422}
        raise ModelError(f"The model answered {error.status_code}.", permanent=permanent) from error
    except (openai.APIError, httpx.HTTPError) as error:
        raise ModelError("The model could not be reached.") from error
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
        with _own_errors():
            from llama_index.core.base.llms.types import ChatMessage
            from llama_index.llms.openai_like import OpenAILike

            model = OpenAILike(
                model=self.model,
                api_base=self.url,
                api_key=self.key or "none",
                timeout=self.timeout,
                max_retries=RETRIES,
                context_window=self.context_tokens,
                is_chat_model=True,
                temperature=0.0,
            )
            reply = model.chat(
                [ChatMessage(role=message["role"], content=message["content"]) for message in messages]
            )
            return reply.message.content or ""


@dataclass(frozen=True)
class OpenAILikeEmbeddings:
    url: str
    model: str
    key: str
    timeout: float

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        with _own_errors():
            from llama_index.embeddings.openai_like import OpenAILikeEmbedding

            model = OpenAILikeEmbedding(
                model_name=self.model,
                api_base=self.url,
                api_key=self.key or "none",
                timeout=self.timeout,
                max_retries=RETRIES,
            )
            batch: Callable[[list[str]], list[list[float]]] = model.get_text_embedding_batch
            return batch(list(texts))
