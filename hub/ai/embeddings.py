"""The embedding model, chosen by setting. Without one, `get_embedding_model` returns None and search is lexical."""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings


class EmbeddingModel(Protocol):
    model: str

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, all of one length. Raises ModelError."""
        ...


def get_embedding_model() -> EmbeddingModel | None:
    if not settings.AI_EMBEDDING_URL:
        return None
    from hub.ai.providers.openai_like import OpenAILikeEmbeddings

    return OpenAILikeEmbeddings(
        url=settings.AI_EMBEDDING_URL,
        model=settings.AI_EMBEDDING_MODEL,
        key=settings.AI_EMBEDDING_KEY,
        timeout=settings.AI_TIMEOUT_SECONDS,
    )
