"""The chat model, chosen by setting. Without one, `get_chat_model` returns None and answers are extractive."""

from collections.abc import Iterator
from typing import Protocol

from django.conf import settings

from hub.ai.hanging_up import HangUp


class ChatModel(Protocol):
    """`context_tokens` is how much prompt and reply may have together."""

    model: str
    context_tokens: int

    def complete(self, messages: list[dict[str, str]]) -> str:
        """`messages` are role/content pairs; returns the reply's text. Raises ModelError."""
        ...

    def stream(self, messages: list[dict[str, str]], hang_up: HangUp | None = None) -> Iterator[str]:
        """The reply's text in pieces as they come. Raises ModelError, also in the middle."""
        ...


def get_chat_model() -> ChatModel | None:
    if not settings.AI_CHAT_URL:
        return None
    from hub.ai.providers.openai_like import OpenAILikeChat

    return OpenAILikeChat(
        url=settings.AI_CHAT_URL,
        model=settings.AI_CHAT_MODEL,
        key=settings.AI_CHAT_KEY,
        timeout=settings.AI_TIMEOUT_SECONDS,
        context_tokens=settings.AI_CHAT_CONTEXT_TOKENS,
    )
