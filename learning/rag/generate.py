"""The answer with a chat model: numbered passages in, marked sentences out, every mark checked here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

from learning.rag import prompts
from learning.rag.budget import MAX_QUESTION, budget_for, within
from learning.rag.citations import Answer, Sentence
from learning.rag.drafts import Draft
from learning.rag.excerpts import excerpted
from learning.rag.grounding import Grounding
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit


class Chat(Protocol):
    """A chat model; `stream` gives the reply in pieces, and raises ChatUnavailable when none or no more comes.

    `context_tokens` is the room for prompt and reply together.
    """

    model: str
    context_tokens: int

    def stream(self, messages: list[dict[str, str]]) -> Iterator[str]: ...


OnSentence = Callable[[Sentence], None]


def generate(
    index: LexicalIndex,
    question: str,
    hits: Sequence[Hit],
    *,
    searched: str,
    language: str,
    chat: Chat,
    earlier: Sequence[tuple[str, str]] = (),
    on_sentence: OnSentence | None = None,
) -> Answer:
    """The model's answer with checked citations; without any if the reply is of no use.

    `searched` is the question as it was searched for, complete in itself; `earlier` are questions and answers of
    the conversation, oldest first. `on_sentence` gets each sentence as soon as it is checked, but none before one
    of them is believable: till then it may become a refusal.
    Raises what `chat.stream` raises.
    """
    budget = budget_for(chat.context_tokens, question)
    shown = within(excerpted(index, searched, hits), budget.passages)
    # What the model says is held against whole passages: of a short source it saw a part.
    whole = {hit.passage.id: hit for hit in hits}
    passages = [whole[hit.passage.id] for hit in shown]
    asked = prompts.messages(
        question[:MAX_QUESTION],
        [hit.passage for hit in shown],
        language,
        prompts.latest(earlier, budget.conversation),
    )
    draft, grounding, told = Draft(), Grounding(index, passages, language), 0

    def take(complete: Sequence[str]) -> None:
        nonlocal told
        for piece in complete:
            grounding.add(piece)
        if grounding.is_believable and on_sentence:
            for sentence in grounding.sentences[told:]:
                on_sentence(sentence)
            told = len(grounding.sentences)

    with closing(chat.stream(asked)) as parts:
        for part in parts:
            complete = draft.feed(part)
            if draft.starts_anew:
                draft.starts_anew, grounding, told = False, Grounding(index, passages, language), 0
            take(complete)
            if grounding.is_over or draft.is_full:
                break
    take(draft.finish())
    return grounding.answer(chat.model)
