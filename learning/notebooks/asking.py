"""Searching and asking a notebook under one person's permission."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.ai import chat as chat_models
from hub.ai.errors import ModelError
from hub.ai.usage import record_use
from hub.people.models import User
from hub.refusals import Refusal
from learning.notebooks.indexes import index_of
from learning.notebooks.models import Exchange, Notebook, Passage
from learning.rag.answer import Answer, answer
from learning.rag.errors import ChatUnavailable
from learning.rag.retrieve import Hit, PassageText, Reread, retrieve

LONGEST_QUESTION = 2000
MOST_HITS = 100


def reread_for(user: User) -> Reread:
    """Passages as the database holds them now, those this person may read; one query a call."""

    def reread(ids: Sequence[int]) -> Mapping[int, PassageText]:
        rows = (
            Passage.objects.visible_to(user)
            .filter(pk__in=ids)
            .values_list("pk", "source_id", "source__title", "text", "start", "end", "page", "language")
        )
        return {row[0]: PassageText(*row) for row in rows}

    return reread


def _checked(question: str) -> str:
    question = " ".join(question.replace("\x00", "").split())
    if not question:
        raise Refusal("empty_question", _("Ask something first."))
    if len(question) > LONGEST_QUESTION:
        raise Refusal("long_question", _("This question is too long. Say it in at most 2,000 characters."))
    return question


def search(*, notebook: Notebook, user: User, query: str, top_k: int = 10) -> list[Hit]:
    return retrieve(
        index_of(notebook), _checked(query), top_k=max(1, min(top_k, MOST_HITS)), reread=reread_for(user)
    )


@dataclass(frozen=True)
class ChatAdapter:
    """The configured chat model as the engine wants it; holds no database connection while it thinks."""

    inner: chat_models.ChatModel

    @property
    def model(self) -> str:
        return self.inner.model

    def complete(self, messages: list[dict[str, str]]) -> str:
        if not connection.in_atomic_block:
            connection.close()
        try:
            return self.inner.complete(messages)
        except ModelError as error:
            raise ChatUnavailable(str(error)) from error


def answer_question(*, notebook: Notebook, user: User, question: str, language: str = "") -> Answer:
    """Answer from the notebook's passages; counts the use in the AI register and keeps nothing."""
    question = _checked(question)
    model = chat_models.get_chat_model()
    result = answer(
        question,
        index=index_of(notebook),
        reread=reread_for(user),
        language=language or get_language() or "de",
        chat=ChatAdapter(model) if model else None,
    )
    is_failure = bool(model) and result.mode == "extractive" and not result.refused
    record_use(system="hatpin-answers", purpose="ask", model=result.model or result.mode, failed=is_failure)
    return result


def as_json(result: Answer) -> dict[str, Any]:
    """The API's shape of an answer."""
    body = asdict(result)
    body["notice"] = str(result.notice)
    for citation in body["citations"]:
        citation["source"] = str(citation["source"])
    for sentence in body["sentences"]:
        sentence["citations"] = list(sentence["citations"])
    body["sentences"], body["citations"] = list(body["sentences"]), list(body["citations"])
    return body


def ask(*, notebook: Notebook, user: User, question: str, language: str = "") -> Exchange:
    """Answer and keep both in the person's own conversation."""
    result = answer_question(notebook=notebook, user=user, question=question, language=language)
    return Exchange.objects.create(
        notebook=notebook, asker=user, question=_checked(question), answer=as_json(result)
    )


def forget(*, notebook: Notebook, user: User) -> int:
    """Erase the person's conversation with this notebook; returns how many questions there were."""
    count, _by_model = Exchange.objects.visible_to(user).filter(notebook=notebook).delete()
    return count


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """The API's shape of a search result."""
    passage = hit.passage
    return {
        "passage": passage.id,
        "source": str(passage.source_id),
        "title": passage.title,
        "text": passage.text,
        "score": round(hit.score, 6),
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
    }
