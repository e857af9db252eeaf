"""A question answered from the sources: by a chat model where one is at hand, else from their own words."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from learning.rag.citations import Answer, Citation, Sentence
from learning.rag.errors import ChatUnavailable
from learning.rag.evidence import Evidence
from learning.rag.extract import PASSAGES, choose, cite, is_answered
from learning.rag.generate import Chat, generate
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit, Reread, retrieve

__all__ = ["Answer", "Chat", "Citation", "Sentence", "answer"]

NOT_ANSWERED = _("The sources do not answer this question.")
UNAVAILABLE = _("The language model did not answer; these are the words of the sources themselves.")
UNUSABLE = _(
    "The language model gave no answer with evidence; these are the words of the sources themselves."
)


def answer(
    question: str, *, index: LexicalIndex, reread: Reread, language: str, chat: Chat | None = None
) -> Answer:
    """Answer in the reader's `language` ("de" or "en"); quotes stay in the language of their source.

    Never raises because of the model: without a usable reply the extractive answer carries a notice.
    """
    hits = retrieve(index, question, top_k=PASSAGES, reread=reread)
    with override(language):
        if chat is None or not hits:
            return extractive(index, question, hits)
        try:
            generated = generate(index, question, hits, language=language, chat=chat)
        except ChatUnavailable:
            return replace(extractive(index, question, hits), notice=str(UNAVAILABLE))
        if generated.refused:
            return replace(generated, answer=str(NOT_ANSWERED))
        if not generated.citations:
            instead = extractive(index, question, hits)
            return replace(instead, notice=str(UNUSABLE), dropped_markers=generated.dropped_markers)
        return generated


def extractive(index: LexicalIndex, question: str, hits: list[Hit]) -> Answer:
    """The quotes that bear most on the question, the best sentence of each as the answer, or a refusal."""
    query = index.analyse(question)
    laid_out = [Evidence(query, hit.passage) for hit in hits]
    if not hits or not is_answered(index, query, hits, laid_out):
        return Answer(str(NOT_ANSWERED), (), (), "extractive", "", refused=True)
    numbered = list(enumerate(choose(question, hits, laid_out), start=1))
    return Answer(
        answer=" ".join(f"{quote.heart} [{n}]" for n, quote in numbered),
        sentences=tuple(Sentence(quote.heart, (n,), True) for n, quote in numbered),
        citations=tuple(cite(quote.window, n) for n, quote in numbered),
        mode="extractive",
        model="",
        refused=False,
    )
