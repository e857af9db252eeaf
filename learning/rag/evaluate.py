"""How well the engine finds and answers, measured on question files along the product's own path.

Every paragraph becomes a source, cut and indexed like any other; nothing is stored.
"""

import time
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from math import log2

from learning.rag.answer import Answer, answer
from learning.rag.fusion import Similarity
from learning.rag.languages import detect
from learning.rag.retrieve import retrieve
from learning.rag.shelf import Embedding, Shelf
from learning.rag.squad import Paragraph, paragraphs

DEPTH = 10
SCOPES = ("file", "document")


def evaluate_retrieval(
    data: dict, *, scope: str, embedding: Embedding | None = None
) -> dict[str, float | int]:
    """Ranking of paragraphs for every question of the file, or of its documents with two paragraphs or more.

    A paragraph counts once, at the rank of its best passage; gold are all paragraphs of the scope that carry
    the question. nDCG has binary gains. Raises ValueError for a malformed file.
    """
    if scope not in SCOPES:
        raise ValueError(f"The scope must be one of {', '.join(SCOPES)}.")
    groups = [paragraphs(data)]
    if scope == "document":
        by_document: dict[int, list[Paragraph]] = defaultdict(list)
        for paragraph in groups[0]:
            by_document[paragraph.document].append(paragraph)
        groups = [group for group in by_document.values() if len(group) > 1]
    ranks: list[list[bool]] = []
    golds: list[int] = []
    seconds = 0.0
    for group in groups:
        shelf = Shelf.build(group, embedding)
        carriers = carriers_of(group)
        near = shelf.similarities(list(carriers), embedding)
        for paragraph in group:
            for question in paragraph.questions:
                started = time.perf_counter()
                ranking = rank(shelf, question.text, near.get(question.text))
                seconds += time.perf_counter() - started
                ranks.append([source in carriers[question.text] for source in ranking])
                golds.append(len(carriers[question.text]))
    if not ranks:
        raise ValueError("No question is left to measure: no document has two paragraphs.")
    return {"n": len(ranks), **measures(ranks, golds), "ms_per_query": round(1000 * seconds / len(ranks), 2)}


def carriers_of(sources: Sequence[Paragraph]) -> dict[str, set[int]]:
    """For each question the sources that carry it."""
    carriers: dict[str, set[int]] = defaultdict(set)
    for source, paragraph in enumerate(sources):
        for question in paragraph.questions:
            carriers[question.text].add(source)
    return carriers


def rank(shelf: Shelf, question: str, similarity: Similarity | None = None) -> list[int]:
    """The best DEPTH sources, each once; asks for more passages until there are so many."""
    wanted = 3 * DEPTH
    while True:
        hits = retrieve(shelf.index, question, top_k=wanted, reread=shelf.reread, similarity=similarity)
        ranking = list(dict.fromkeys(hit.passage.source_id for hit in hits))
        if len(ranking) >= DEPTH or len(hits) < wanted:
            return ranking[:DEPTH]
        wanted *= 4


def measures(ranks: Sequence[Sequence[bool]], golds: Sequence[int]) -> dict[str, float]:
    """Means over all questions of hit@k, reciprocal rank and nDCG@10."""
    count = len(ranks)
    found = {f"hit@{k}": sum(any(row[:k]) for row in ranks) / count for k in (1, 3, 5, 10)}
    found["mrr@10"] = (
        sum(next((1 / place for place, hit in enumerate(row, 1) if hit), 0.0) for row in ranks) / count
    )
    found["ndcg@10"] = sum(ndcg(row, gold) for row, gold in zip(ranks, golds, strict=True)) / count
    return {name: round(value, 4) for name, value in found.items()}


def ndcg(row: Sequence[bool], gold: int) -> float:
    gain = sum(1 / log2(place + 1) for place, hit in enumerate(row[:DEPTH], 1) if hit)
    return gain / sum(1 / log2(place + 1) for place in range(1, min(gold, DEPTH) + 1))


def evaluate_answers(data: dict, *, embedding: Embedding | None = None) -> dict[str, float | int]:
    """Extractive answers to every answerable question, once as it is and once with its evidence taken away.

    For the second round the question's paragraph, every paragraph with the same question and every one that
    contains a gold answer are dropped while passages are re-read, as deleted sources would be. The index keeps
    its word statistics, so both rounds score alike; `n` is the number of questions of each round. A doubt is a
    refusal or an answer that says it is doubtful.
    Raises ValueError for a malformed file or one without answers.
    """
    sources = paragraphs(data)
    shelf = Shelf.build(sources, embedding)
    carriers = carriers_of(sources)
    near = shelf.similarities(list(carriers), embedding)
    asked = [question for paragraph in sources for question in paragraph.questions if question.answers]
    if not asked:
        raise ValueError("No question of this file has an answer.")
    cited = refused_wrongly = refused_rightly = doubted_wrongly = doubted_rightly = quotes = exact = 0
    for question in asked:
        similarity = near.get(question.text)
        answered = ask(shelf, question.text, similarity, without=())
        away = carriers[question.text] | holders(shelf, question.answers)
        contrary = ask(shelf, question.text, similarity, without=away)
        shown = [citation.quote for citation in answered.citations]
        cited += not answered.refused and any(gold in quote for gold in question.answers for quote in shown)
        refused_wrongly += answered.refused
        refused_rightly += contrary.refused
        doubted_wrongly += is_doubtful(answered)
        doubted_rightly += is_doubtful(contrary)
        for citation in (*answered.citations, *contrary.citations):
            quotes += 1
            exact += shelf.texts[citation.source][citation.start : citation.end] == citation.quote
    refused, doubted = refused_wrongly + refused_rightly, doubted_wrongly + doubted_rightly
    return {
        "n": len(asked),
        "answer_in_citation": round(cited / len(asked), 4),
        "exact_quote": round(exact / quotes, 4) if quotes else 1.0,
        "refusal_precision": round(refused_rightly / refused, 4) if refused else 0.0,
        "refusal_recall": round(refused_rightly / len(asked), 4),
        "doubt_precision": round(doubted_rightly / doubted, 4) if doubted else 0.0,
        "doubt_recall": round(doubted_rightly / len(asked), 4),
    }


def is_doubtful(found: Answer) -> bool:
    return found.refused or bool(found.notice)


def ask(shelf: Shelf, question: str, similarity: Similarity | None, *, without: Container[int]) -> Answer:
    return answer(
        question,
        index=shelf.index,
        reread=lambda ids: shelf.reread(ids, without),
        language=detect(question) or "en",
        similarity=similarity,
    )


def holders(shelf: Shelf, answers: Iterable[str]) -> set[int]:
    """The sources that contain one of the answers."""
    return {source for source, text in shelf.texts.items() if any(gold in text for gold in answers)}
