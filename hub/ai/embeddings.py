"""The embedding model, chosen by setting. Without one, `get_embedding_model` returns None and search is lexical."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import numpy as np
from django.conf import settings

from hub.ai.errors import ModelError

AT_ONCE = 64  # texts a call
# A reader waits for a question's vector, and has the lexical results without it.
QUERY_SECONDS = 5.0


class Embedder(Protocol):
    model: str

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, all of one length. Raises ModelError."""
        ...


@dataclass(frozen=True)
class EmbeddingModel:
    """Vectors of passages and of queries, which some models want told apart by a prefix."""

    inner: Embedder
    quick: Embedder
    query_prefix: str
    passage_prefix: str

    @property
    def signature(self) -> str:
        """Vectors of different signatures cannot be compared."""
        named = "\0".join([self.inner.model, self.query_prefix, self.passage_prefix])
        return sha256(named.encode()).hexdigest()[:32]

    def of_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, a row a text. Raises ModelError."""
        return self._vectors(self.inner, [self.passage_prefix + text for text in texts])

    def of_queries(self, texts: Sequence[str]) -> np.ndarray:
        """The same for questions, many at a time and with the time they need."""
        return self._vectors(self.inner, [self.query_prefix + text for text in texts])

    def of_question(self, text: str) -> np.ndarray:
        """The vector of one question that somebody waits for. Raises ModelError, soon."""
        return self._vectors(self.quick, [self.query_prefix + text])[0]

    def _vectors(self, embedder: Embedder, texts: list[str]) -> np.ndarray:
        rows: list[list[float]] = []
        for start in range(0, len(texts), AT_ONCE):
            rows += embedder.embed(texts[start : start + AT_ONCE])
        try:
            vectors = np.array(rows, dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise ModelError("The model's vectors could not be read.") from error
        if len(vectors) != len(texts) or vectors.ndim != 2 or not vectors.shape[1]:
            raise ModelError("The model gave other vectors than it was asked for.")
        if not np.isfinite(vectors).all():
            raise ModelError("The model's vectors could not be read.")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.where(lengths > 0, lengths, 1)


def get_embedding_model() -> EmbeddingModel | None:
    if not settings.AI_EMBEDDING_URL:
        return None
    from hub.ai.providers.openai_like import OpenAILikeEmbeddings

    def embedder(timeout: float, retries: int) -> Embedder:
        return OpenAILikeEmbeddings(
            url=settings.AI_EMBEDDING_URL,
            model=settings.AI_EMBEDDING_MODEL,
            key=settings.AI_EMBEDDING_KEY,
            timeout=timeout,
            retries=retries,
        )

    return EmbeddingModel(
        inner=embedder(settings.AI_TIMEOUT_SECONDS, 1),
        quick=embedder(min(QUERY_SECONDS, settings.AI_TIMEOUT_SECONDS), 0),
        query_prefix=settings.AI_EMBEDDING_QUERY_PREFIX,
        passage_prefix=settings.AI_EMBEDDING_PASSAGE_PREFIX,
    )
