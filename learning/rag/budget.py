"""How much goes into a prompt: what the model's window leaves, and never more than an answer needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from learning.rag.retrieve import Hit

CHARACTERS_A_TOKEN = 3  # German; English has about four, so that this is on the safe side
REPLY_SHARE, MOST_REPLY = 0.25, 1_024  # tokens kept free for the reply
FRAME = 1_800  # characters of instructions and of the marks around passages
MOST_PASSAGES = 8_000  # characters
MOST_CONVERSATION = 2_000  # characters
MAX_QUESTION = 2_000  # characters
LEAST_PASSAGES = 400  # characters; a window too small even for this refuses by itself


@dataclass(frozen=True)
class Budget:
    """Characters for passages and for earlier exchanges."""

    passages: int
    conversation: int


def budget_for(context_tokens: int, question: str) -> Budget:
    """The passages go first; a conversation gets at most a quarter of what there is."""
    reply = min(int(context_tokens * REPLY_SHARE), MOST_REPLY)
    room = (context_tokens - reply) * CHARACTERS_A_TOKEN - FRAME - min(len(question), MAX_QUESTION)
    conversation = max(min(room // 4, MOST_CONVERSATION), 0)
    return Budget(max(min(room - conversation, MOST_PASSAGES), LEAST_PASSAGES), conversation)


def within(hits: Sequence[Hit], characters: int) -> list[Hit]:
    """The best passages that fit; the first one always does, if need be only its beginning."""
    kept, used = [], 0
    for hit in hits:
        used += len(hit.passage.text)
        if used > characters:
            break
        kept.append(hit)
    return kept or [_shortened(hit, characters) for hit in hits[:1]]


def _shortened(hit: Hit, characters: int) -> Hit:
    text = hit.passage.text[:characters].rpartition(" ")[0] or hit.passage.text[:characters]
    return replace(hit, passage=replace(hit.passage, text=text, end=hit.passage.start + len(text)))
