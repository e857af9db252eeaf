"""The embedding side of search: a question's vector, where a model is configured and answers."""

from learning.rag.index import LexicalIndex


def question_vector(question: str, index: LexicalIndex) -> tuple[list[float] | None, str]:
    """The vector to search with, and a notice for the reader when there should have been one and is none."""
    return None, ""
