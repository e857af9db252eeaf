"""From a query to passages that the caller may read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from learning.rag.fusion import Similarity
from learning.rag.index import LexicalIndex


@dataclass(frozen=True)
class PassageText:
    """A passage as the database holds it now; start and end are offsets in its source's text.

    `source_words` are the words of the whole source, 0 if nobody counted them.
    """

    id: int
    source_id: int
    title: str
    text: str
    start: int
    end: int
    page: int | None
    language: str
    source_words: int = 0


@dataclass(frozen=True)
class Hit:
    """A passage found and its score; scores compare within one query only."""

    passage: PassageText
    score: float


# Re-reads passages under the caller's permission; ids that are gone or forbidden are missing in the answer.
Reread = Callable[[Sequence[int]], Mapping[int, PassageText]]


def retrieve(
    index: LexicalIndex,
    query: str,
    *,
    top_k: int,
    reread: Reread,
    only: np.ndarray | None = None,
    similarity: Similarity | None = None,
) -> list[Hit]:
    """The best `top_k` passages that `reread` still gives out, best first.

    `only` are the ids to search in, `similarity` how near they are in meaning. Where rows were dropped, the search
    goes deeper until enough are found or no passage matches.
    """
    wanted, seen, hits = top_k, 0, []
    while True:
        found = index.search(query, wanted, only=only, similarity=similarity)
        fresh = found[seen:]
        rows = reread([passage_id for passage_id, _ in fresh]) if fresh else {}
        hits += [Hit(rows[passage_id], score) for passage_id, score in fresh if passage_id in rows]
        if len(hits) >= top_k or len(found) < wanted:
            return hits[:top_k]
        seen, wanted = wanted, wanted * 4
