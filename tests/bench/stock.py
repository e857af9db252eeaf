"""Ranking of paragraphs beside stock BM25 on the same passages: bm25s as llama-index's BM25Retriever sets it up.

`python -m tests.bench.stock FILE.json ...` prints hit@1 and MRR@10 of both.
"""

import json
import sys
from pathlib import Path

import bm25s
import Stemmer

from learning.rag.evaluate import DEPTH, carriers_of, evaluate_retrieval, measures
from learning.rag.languages import detect
from learning.rag.shelf import Shelf
from learning.rag.squad import paragraphs

NAMES = {"de": "german", "en": "english"}


def stock(data: dict) -> dict[str, float]:
    """Stop words and stemmer of the passages' language; a paragraph counts once, at its best passage."""
    sources = paragraphs(data)
    shelf = Shelf.build(sources)
    rows = list(shelf.rows.values())
    language = NAMES[detect(" ".join(row.text for row in rows[:50])) or "en"]

    def tokens(texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(
            texts, stopwords=language, stemmer=Stemmer.Stemmer(language), show_progress=False
        )

    retriever = bm25s.BM25()
    retriever.index(tokens([row.text for row in rows]), show_progress=False)
    carriers = carriers_of(sources)
    asked = [question.text for paragraph in sources for question in paragraph.questions]
    depth = min(len(rows), 20 * DEPTH)
    places, scores = retriever.retrieve(tokens(asked), k=depth, show_progress=False)
    ranks = []
    for question, found, worth in zip(asked, places, scores, strict=True):
        ranking = dict.fromkeys(
            rows[place].source_id for place, score in zip(found, worth, strict=True) if score > 0
        )
        ranks.append([source in carriers[question] for source in list(ranking)[:DEPTH]])
    return measures(ranks, [len(carriers[question]) for question in asked])


def main() -> None:
    print(f"{'file':<28}{'hit@1':>8}{'stock':>8}{'mrr@10':>9}{'stock':>8}")
    for name in sys.argv[1:]:
        data = json.loads(Path(name).read_text(encoding="utf-8"))
        ours, theirs = evaluate_retrieval(data, scope="file"), stock(data)
        row = (ours["hit@1"], theirs["hit@1"], ours["mrr@10"], theirs["mrr@10"])
        print(f"{Path(name).name:<28}{row[0]:>8.3f}{row[1]:>8.3f}{row[2]:>9.3f}{row[3]:>8.3f}")


if __name__ == "__main__":
    main()
