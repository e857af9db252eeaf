"""A notebook in memory for measuring: paragraphs as sources, cut, indexed and embedded like any other."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from learning.rag.calibration import weight_for
from learning.rag.errors import ReadingError
from learning.rag.fusion import Similarity
from learning.rag.index import LexicalIndex
from learning.rag.readers import read_text
from learning.rag.retrieve import PassageText
from learning.rag.splitting import split
from learning.rag.squad import Paragraph


class Embedding(Protocol):
    """A model's unit vectors, a row a text."""

    def of_passages(self, texts: Sequence[str]) -> np.ndarray: ...

    def of_queries(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class Shelf:
    """Paragraphs as sources of one notebook in memory; source ids are places in the given sequence."""

    texts: Mapping[int, str]
    rows: Mapping[int, PassageText]
    index: LexicalIndex
    vectors: np.ndarray | None = None
    weight: float = 0.0

    @classmethod
    def build(cls, sources: Sequence[Paragraph], embedding: Embedding | None = None) -> "Shelf":
        texts: dict[int, str] = {}
        rows: dict[int, PassageText] = {}
        for source, paragraph in enumerate(sources):
            try:
                reading = read_text(paragraph.text, title="", max_words=None)
            except ReadingError:
                continue
            texts[source] = reading.text
            for draft in split(reading):
                text = reading.text[draft.start : draft.end]
                row = PassageText(
                    len(rows), source, "", text, draft.start, draft.end, draft.page, draft.language
                )
                rows[row.id] = row
        index = LexicalIndex.build((row.id, row.text) for row in rows.values())
        if embedding is None:
            return cls(texts, rows, index)
        passages = [row.text for row in rows.values()]
        vectors = embedding.of_passages(passages)
        weight = weight_for(
            passages, vectors, of_queries=embedding.of_queries, of_passages=embedding.of_passages
        )
        return cls(texts, rows, index, vectors, weight)

    def similarities(self, questions: Sequence[str], embedding: Embedding | None) -> dict[str, Similarity]:
        """For each question, where there are vectors and they count."""
        if embedding is None or self.vectors is None or not self.weight:
            return {}
        asked = embedding.of_queries(questions)
        return {
            question: Similarity(self.vectors @ vector, self.weight)
            for question, vector in zip(questions, asked, strict=True)
        }

    def reread(self, ids: Iterable[int], without: Container[int] = ()) -> dict[int, PassageText]:
        """The passages, those of the sources in `without` left out as if they were deleted."""
        return {passage: self.rows[passage] for passage in ids if self.rows[passage].source_id not in without}
