"""A question answered from the sources: by a chat model where one is at hand, else from their own words."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from learning.rag.citations import Answer, Citation, Sentence
from learning.rag.defining import defining_first, term_asked
from learning.rag.errors import ChatUnavailable
from learning.rag.evidence import Evidence
from learning.rag.extract import (
    PASSAGES,
    choose,
    cite,
    doubted_below,
    evidence_for,
    is_explained,
    refused_below,
)
from learning.rag.fusion import Similarity
from learning.rag.generate import Chat, OnSentence, generate
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit, Reread, retrieve

__all__ = ["Answer", "Chat", "Citation", "OnSentence", "Sentence", "answer"]

# Where a word stands everywhere, the sentence that defines it may stand far down.
DEFINING_PASSAGES = 60
NOT_ANSWERED = _("The sources do not answer this question.")
DOUBTFUL = _("The sources may not answer this question; these are the passages that come nearest.")
UNAVAILABLE = _("The language model did not answer; these are the words of the sources themselves.")
UNUSABLE = _(
    "The language model gave no answer with evidence; these are the words of the sources themselves."
)


def answer(
    question: str,
    *,
    index: LexicalIndex,
    reread: Reread,
    language: str,
    chat: Chat | None = None,
    only: np.ndarray | None = None,
    similarity: Similarity | None = None,
    completed: str = "",
    earlier: Sequence[tuple[str, str]] = (),
    on_sentence: OnSentence | None = None,
) -> Answer:
    """Answer in the reader's `language` ("de" or "en"); quotes stay in the language of their source.

    `only` limits the search to these passages, `similarity` is how near each is in meaning. A question that leans on
    the conversation is searched as `completed`, and a model is told what was said `earlier`. `on_sentence`
    gets what a model writes as it comes; the answer returned is what holds.
    Never raises because of the model: without a usable reply the extractive answer carries a notice.
    """
    searched = completed or question
    term = term_asked(searched)
    depth = DEFINING_PASSAGES if term else PASSAGES
    hits = retrieve(index, searched, top_k=depth, reread=reread, only=only, similarity=similarity)
    hits = defining_first(term, hits, PASSAGES) if term else hits
    with override(language):
        if chat is None or not hits:
            return extractive(index, searched, hits)
        try:
            generated = generate(
                index,
                question,
                hits,
                searched=searched,
                language=language,
                chat=chat,
                earlier=earlier,
                on_sentence=on_sentence,
            )
        except ChatUnavailable:
            return noted(extractive(index, searched, _still(hits, reread)), str(UNAVAILABLE))
        if generated.refused:
            return replace(generated, answer=str(NOT_ANSWERED))
        # A model thinks long enough for a source to be withdrawn meanwhile.
        remaining = _still(hits, reread)
        if not generated.citations or len(remaining) < len(hits):
            instead = noted(extractive(index, searched, remaining), str(UNUSABLE))
            return replace(instead, dropped_markers=generated.dropped_markers)
        return generated


def _still(hits: list[Hit], reread: Reread) -> list[Hit]:
    rows = reread([hit.passage.id for hit in hits])
    return [hit for hit in hits if hit.passage.id in rows]


def noted(found: Answer, notice: str) -> Answer:
    """The answer with a notice before its own."""
    return replace(found, notice=f"{notice} {found.notice}".strip())


def extractive(index: LexicalIndex, question: str, hits: list[Hit]) -> Answer:
    """The quotes that bear most on the question, the best sentence of each as the answer, or a refusal.

    Between the two there are answers that the notice calls doubtful.
    """
    query = index.analyse(question)
    laid_out = [Evidence(query, hit.passage) for hit in hits]
    evidence = evidence_for(index, query, hits, laid_out)
    is_sure = is_explained(question, laid_out)
    if not hits or (evidence < refused_below(len(index)) and not is_sure):
        return Answer(str(NOT_ANSWERED), (), (), "extractive", "", refused=True)
    numbered = list(enumerate(choose(question, hits, laid_out), start=1))
    return Answer(
        answer=" ".join(f"{quote.heart} [{n}]" for n, quote in numbered),
        sentences=tuple(Sentence(quote.heart, (n,), True) for n, quote in numbered),
        citations=tuple(cite(quote.window, n) for n, quote in numbered),
        mode="extractive",
        model="",
        refused=False,
        notice=str(DOUBTFUL) if evidence < doubted_below(len(index)) and not is_sure else "",
    )
