"""What a model says in a role-play, held against what it may say: a turn in its role, and feedback that cites.

A turn is not held against the sources: it is somebody's speech. It must be in the conversation's language and must
not leave the role, show an address or the instructions; so what an instruction in a document gets through is
at most a sentence of plain text that only the learner reads.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.notebooks import role_play_prompts
from learning.notebooks.aids.replies import elements
from learning.rag.evidence import Evidence, coverage
from learning.rag.grounding import MARKER, Grounding
from learning.rag.index import LexicalIndex
from learning.rag.languages import detect
from learning.rag.markup import plain
from learning.rag.retrieve import Hit
from learning.rag.sentences import pieces

MOST_SENTENCES = 4
MOST_CHARACTERS = 700
BEARS = 0.25  # share of a turn's words that stand in a passage it then counts as resting on

NAME_IN_FRONT = re.compile(r"^\W*[A-ZÄÖÜ][\w-]*(?: [A-ZÄÖÜ][\w-]*)?:\s+")
ADDRESS = re.compile(r"\w+://|\bwww\.|\S+@\S+\.\w|<\w+|</", re.IGNORECASE)
LEAVES_ROLE = re.compile(
    r"\b(?:als (?:eine? )?(?:ki|sprachmodell|assistent)|as an? (?:ai|language model|assistant)|sprachmodell"
    r"|language model|system ?-?prompt|(?:previous|prior|my) instructions|(?:vorherigen?|meine) anweisungen"
    r"|untrusted|role-?play|rollenspiel)\b",
    re.IGNORECASE,
)
A_RUN = 7  # words in a row that nobody says by chance

CRITERIA: Mapping[str, Promise] = {
    "clear": _("Clear"),
    "correct": _("Correct by the sources"),
    "listens": _("Listens and asks"),
    "next_step": _("Next step agreed"),
}
VERDICTS = {"good": _("Good"), "partly": _("Partly"), "not_yet": _("Not yet")}
UNCHECKED = "unchecked"  # the model's word alone, which the sources do not bear out
MOST_FEEDBACK = 400  # characters a criterion


class OutOfRole(Exception):
    """The reply is nothing that the partner would say."""


class NoFeedback(Exception):
    """The reply is no feedback on all four criteria."""


def turn_of(reply: str, language: str) -> str:
    """The partner's turn in plain text, at most four sentences. Raises OutOfRole."""
    text = " ".join(MARKER.sub("", plain(reply)).split()).strip('"“”„»« ')
    text = NAME_IN_FRONT.sub("", text)
    if not is_speech(text, language):
        raise OutOfRole
    kept, length = [], 0
    for piece in pieces(text)[:MOST_SENTENCES]:
        length += len(piece)
        if kept and length > MOST_CHARACTERS:
            break
        kept.append(piece.strip())
    return " ".join(kept)[:MOST_CHARACTERS]


def is_speech(text: str, language: str) -> bool:
    if ADDRESS.search(text) or LEAVES_ROLE.search(text) or "‹‹‹" in text or "<<<" in text:
        return False
    return detect(text) == language and not _recites(text)


def _recites(text: str) -> bool:
    """Whether it repeats the instructions."""
    return not _runs(text).isdisjoint(_runs(role_play_prompts.INSTRUCTIONS + role_play_prompts.FEEDBACK))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + A_RUN]) for at in range(len(words) - A_RUN + 1)}


def resting_on(index: LexicalIndex, text: str, hits: Sequence[Hit]) -> list[int]:
    """The ids of the passages that a turn took something from, as far as its words tell."""
    query = index.analyse(text)
    if not query.terms:
        return []
    found = []
    for hit in hits:
        strengths = Evidence(query, hit.passage).strengths(0, len(hit.passage.text))
        shares_figure = any(
            not term.word.isalpha() and strength == 1
            for term, strength in zip(query.terms, strengths, strict=True)
        )
        if shares_figure or coverage(query, strengths) >= BEARS:
            found.append(hit.passage.id)
    return found


def feedback_of(
    reply: str, *, index: LexicalIndex, hits: Sequence[Hit], language: str
) -> list[dict[str, Any]]:
    """Feedback in the order of CRITERIA: {criterion, verdict, text, citations}. Raises NoFeedback.

    Of "correct" only sentences that their passages bear out are kept; without any the verdict is "unchecked".
    """
    given: dict[str, dict[str, Any]] = {}
    for element in elements(reply):
        given.setdefault(str(element.get("criterion", "")), element)
    checked = []
    for criterion in CRITERIA:
        entry = given.get(criterion, {})
        verdict = str(entry.get("verdict", "")).strip().lower().replace(" ", "_")
        text = " ".join(plain(str(entry.get("text", ""))).split())
        if verdict not in VERDICTS or not is_feedback(text, language):
            raise NoFeedback
        shown = {"criterion": criterion, "verdict": verdict, "text": _short(text), "citations": []}
        if criterion == "correct":
            shown |= _grounded(text, entry.get("passages"), index, hits, language)
        checked.append(shown)
    return checked


def is_feedback(text: str, language: str) -> bool:
    return bool(text) and not ADDRESS.search(text) and detect(text) in {language, ""} and not _recites(text)


def _short(text: str) -> str:
    return " ".join(piece.strip() for piece in pieces(MARKER.sub("", text))[:2])[:MOST_FEEDBACK]


def _grounded(
    text: str, passages: Any, index: LexicalIndex, hits: Sequence[Hit], language: str
) -> dict[str, Any]:
    """What the passages bear out of the text, with citations that point at exact places in the sources."""
    numbers = passages if isinstance(passages, list) else []
    marks = "".join(
        f" [{n}]" for n in numbers[:9] if isinstance(n, int) and not isinstance(n, bool) and n > 0
    )
    grounding = Grounding(index, hits, language)
    for piece in pieces(text)[:2]:
        grounding.add(piece if MARKER.search(piece) else piece + marks)
    held = [sentence for sentence in grounding.sentences if sentence.supported]
    if not held:
        return {"verdict": UNCHECKED, "text": "", "citations": []}
    used = {n for sentence in held for n in sentence.citations}
    citations = [
        {**asdict(citation), "source": str(citation.source)}
        for citation in grounding.citations
        if citation.n in used
    ]
    return {"text": " ".join(sentence.text for sentence in held)[:MOST_FEEDBACK], "citations": citations}
