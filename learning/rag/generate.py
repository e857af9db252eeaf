"""The answer with a chat model: numbered passages in, marked sentences out, every mark checked here."""

import re
from collections.abc import Sequence
from typing import Protocol

from learning.rag import prompts
from learning.rag.analysers import LANGUAGES
from learning.rag.citations import MAX_CITATIONS, Answer, Citation, Sentence
from learning.rag.extract import cite
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit
from learning.rag.sentences import pieces
from learning.rag.verify import best_window, is_foreign, is_supported

# German text takes about three characters a token: this leaves room for the reply in a 4,096-token window.
PROMPT_BUDGET = 8_000  # characters of passages
MAX_QUESTION = 2_000  # characters
MAX_REPLY = 6_000  # characters
MAX_SENTENCES = 12
MARKER = re.compile(r"\s*\[((?:\d{1,4})(?:\s*[,;]\s*\d{1,4})*)\]")
MARKER_AFTER_STOP = re.compile(r"([.!?])((?:\s*\[\d[\d,; ]*\])+)")
THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


class Chat(Protocol):
    """A chat model; `complete` raises ChatUnavailable or a subclass when no reply comes."""

    model: str

    def complete(self, messages: list[dict[str, str]]) -> str: ...


def generate(index: LexicalIndex, question: str, hits: Sequence[Hit], *, language: str, chat: Chat) -> Answer:
    """The model's answer with checked citations; without any if the reply is of no use.

    Raises what `chat.complete` raises.
    """
    passages = within_budget(hits)
    asked = prompts.messages(question[:MAX_QUESTION], [hit.passage for hit in passages], language)
    reply = THOUGHTS.sub("", chat.complete(asked))[:MAX_REPLY].strip()
    if is_refusal(reply):
        return Answer("", (), (), "generated", chat.model, refused=True)
    return ground(index, reply, passages, chat.model)


def within_budget(hits: Sequence[Hit]) -> list[Hit]:
    """The best passages that fit into the prompt; the first one always does, as passages are short."""
    kept, used = [], 0
    for hit in hits:
        used += len(hit.passage.text)
        if kept and used > PROMPT_BUDGET:
            break
        kept.append(hit)
    return kept


def is_refusal(reply: str) -> bool:
    lowered = " ".join(reply.lower().split())
    if lowered.strip(".*\"' ").startswith(prompts.NO_ANSWER.lower()):
        return True
    return any(phrase in lowered for language in LANGUAGES.values() for phrase in language.refusals)


def ground(index: LexicalIndex, reply: str, hits: Sequence[Hit], model: str) -> Answer:
    """Map marks to passages, check each sentence, and renumber what is left in order of appearance.

    A reply of which no sentence is borne out loses its citations, unless it is in another language than the
    passages: there words cannot decide.
    """
    passages = {n: hit.passage for n, hit in enumerate(hits, start=1)}
    dropped = 0
    numbers: dict[int, int] = {}
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    is_believable = False
    for piece in pieces(MARKER_AFTER_STOP.sub(r"\2\1", reply))[:MAX_SENTENCES]:
        marked = [int(n) for group in MARKER.findall(piece) for n in re.findall(r"\d+", group)]
        text = " ".join(MARKER.sub("", piece).split())
        if not any(character.isalnum() for character in text):
            continue
        known = list(dict.fromkeys(n for n in marked if n in passages))
        dropped += len([n for n in marked if n not in passages])
        cited = [passages[n] for n in known]
        supported = is_supported(index, text, cited)
        is_believable |= supported or (bool(cited) and is_foreign(index, text, cited))
        shown = []
        for n in known:
            if n not in numbers and len(citations) < MAX_CITATIONS:
                window = best_window(index, text, passages[n])
                if window is not None:
                    numbers[n] = len(citations) + 1
                    citations.append(cite(window, numbers[n]))
            if n in numbers:
                shown.append(numbers[n])
        sentences.append(Sentence(text, tuple(shown), supported and bool(shown)))
    return Answer(
        answer=" ".join(" ".join([held.text, *(f"[{n}]" for n in held.citations)]) for held in sentences),
        sentences=tuple(sentences),
        citations=tuple(citations) if is_believable else (),
        mode="generated",
        model=model,
        refused=False,
        dropped_markers=dropped,
    )
