"""Searching and asking a notebook under one person's permission."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.ai import chat as chat_models
from hub.ai.errors import ModelError
from hub.ai.hanging_up import HangUp
from hub.ai.usage import record_use
from hub.people.models import User
from hub.refusals import Refusal
from learning.notebooks.conversing import Context, context_of
from learning.notebooks.dense import similarity_to
from learning.notebooks.indexes import index_of
from learning.notebooks.models import Exchange, Notebook, Passage, Source
from learning.rag.answer import Answer, OnSentence, answer
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
            .values_list(
                *("pk", "source_id", "source__title", "text", "start", "end", "page", "language"),
                "source__word_count",
            )
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


def chosen_passages(notebook: Notebook, user: User, sources: Sequence[UUID] | None) -> np.ndarray | None:
    """The ids to search in when not all sources are switched on; None for all. Raises Refusal."""
    if sources is None:
        return None
    wanted = set(sources)
    if not wanted:
        raise Refusal("no_source", _("All sources are switched off. Switch on at least one."))
    if Source.objects.visible_to(user).filter(notebook=notebook, pk__in=wanted).count() < len(wanted):
        raise Refusal(
            "unknown_source",
            _("One of the chosen sources is not in this notebook, or not any more. Choose again."),
        )
    return np.fromiter(
        Passage.objects.visible_to(user).filter(source__in=wanted).values_list("pk", flat=True), np.int64
    )


def check(*, notebook: Notebook, user: User, question: str, sources: Sequence[UUID] | None = None) -> None:
    """Raises the Refusal that asking would raise, before anything is under way."""
    _checked(question)
    chosen_passages(notebook, user, sources)


def find(
    *,
    notebook: Notebook,
    user: User,
    query: str,
    top_k: int = 10,
    sources: Sequence[UUID] | None = None,
) -> tuple[list[Hit], str]:
    """The best passages, and a notice for the reader or ""."""
    query, index = _checked(query), index_of(notebook)
    only = chosen_passages(notebook, user, sources)
    similarity, notice = similarity_to(query, notebook, index)
    top_k = max(1, min(top_k, MOST_HITS))
    return retrieve(
        index, query, top_k=top_k, reread=reread_for(user), only=only, similarity=similarity
    ), notice


def search(*, notebook: Notebook, user: User, query: str, top_k: int = 10) -> list[Hit]:
    return find(notebook=notebook, user=user, query=query, top_k=top_k)[0]


class ReaderLeft(Exception):
    """Whoever asked does not wait any more: the answer is not kept."""


@dataclass(frozen=True)
class ChatAdapter:
    """The configured chat model as the engine wants it; holds no database connection while it thinks."""

    inner: chat_models.ChatModel
    hang_up: HangUp

    @property
    def model(self) -> str:
        return self.inner.model

    @property
    def context_tokens(self) -> int:
        return self.inner.context_tokens

    def stream(self, messages: list[dict[str, str]]) -> Iterator[str]:
        if not connection.in_atomic_block:
            connection.close()
        try:
            yield from self.inner.stream(messages, self.hang_up)
        except ModelError as error:
            if self.hang_up.is_done:
                raise ReaderLeft from error
            raise ChatUnavailable(str(error)) from error


def answer_question(
    *,
    notebook: Notebook,
    user: User,
    question: str,
    language: str = "",
    sources: Sequence[UUID] | None = None,
    context: Context | None = None,
    on_sentence: OnSentence | None = None,
    hang_up: HangUp | None = None,
) -> Answer:
    """Answer from the notebook's passages; counts the use in the AI register and keeps nothing.

    `sources` are those switched on, None means all. `on_sentence` gets a model's sentences as they come; when
    `hang_up` was called the model is not waited for, and ReaderLeft is raised.
    """
    question, context, hang_up = _checked(question), context or Context(), hang_up or HangUp()
    only = chosen_passages(notebook, user, sources)
    model, index = chat_models.get_chat_model(), index_of(notebook)
    similarity, notice = similarity_to(context.completed or question, notebook, index)
    if hang_up.is_done:
        raise ReaderLeft
    result = answer(
        question,
        index=index,
        reread=reread_for(user),
        language=language or get_language() or "de",
        chat=ChatAdapter(model, hang_up) if model else None,
        only=only,
        similarity=similarity,
        completed=context.completed,
        earlier=context.earlier,
        on_sentence=on_sentence,
    )
    is_failure = bool(model) and bool(result.notice)
    record_use(system="hatpin-answers", purpose="ask", model=result.model or result.mode, failed=is_failure)
    return replace(result, notice=f"{result.notice} {notice}".strip(), follows=context.follows)


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


def ask(
    *,
    notebook: Notebook,
    user: User,
    question: str,
    sources: Sequence[UUID] | None = None,
    follow_up: bool = True,
    **options: Any,
) -> Exchange:
    """Answer and keep both in the person's own conversation; `options` are those of `answer_question`.

    A question that leans on the one before it is understood so, unless `follow_up` is false.
    """
    question, context = _checked(question), Context()
    if follow_up:
        context = context_of(notebook=notebook, user=user, question=question, with_answers=sources is None)
    result = answer_question(
        notebook=notebook, user=user, question=question, sources=sources, context=context, **options
    )
    return Exchange.objects.create(notebook=notebook, asker=user, question=question, answer=as_json(result))


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
