"""The chat model, chosen by setting. Without one, `get_chat_model` returns None and answers are extractive."""

from typing import Protocol

from django.conf import settings


class ChatModel(Protocol):
    model: str

    def complete(self, messages: list[dict[str, str]]) -> str:
        """`messages` are role/content pairs; returns the reply's text. Raises ModelError."""
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
