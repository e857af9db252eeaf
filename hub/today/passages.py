"""Passages of all notebooks that a person may read, each found in its notebook's own index.

Bounded: the notebooks changed last come first, and no more are asked than there is time for. What was left out
is said, never silently.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import numpy as np
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import ngettext

from hub.today.found import Asked, Found, Results
from learning.notebooks.asking import reread_for
from learning.notebooks.indexes import index_at, is_at_hand
from learning.notebooks.models import Notebook, taught_condition
from learning.rag.evidence import Evidence, Window
from learning.rag.index import LexicalIndex, Query
from learning.rag.postings import idf_of
from learning.rag.retrieve import Hit, Reread, retrieve

MOST_NOTEBOOKS = 300
MOST_SECONDS = 1.0
# An index of more words than these is not built while somebody waits for a list.
MOST_WORDS = 300_000
EACH = 10  # passages of a notebook
LAID_OUT = 60  # passages of all notebooks that are looked at closely
A_SOURCE = 3  # passages of one source that are shown
SHARE_OF_BEST = 0.5
# How much the passage's standing counts beside what its best sentence covers, which is 1 at most.
STANDING = 0.2
LEAST_MASS = 0.01
# What is found in the other language is found by translation, of compounds part by part ("Rest", "Urlaub").
ACROSS = 0.6


@dataclass(frozen=True)
class Candidate:
    """`query` is in terms of the notebook's index, `everywhere` has the rarity of the words in all of them."""

    notebook: Notebook
    index: LexicalIndex
    query: Query
    everywhere: Query
    passage: int
    score: float

    @property
    def standing(self) -> float:
        """The score as a share of what the words could give in this index.

        In a notebook about minutes the word is common and scores little; that makes its passages no worse.
        """
        return self.score / max(sum(term.idf for term in self.query.terms), LEAST_MASS)


def find(asked: Asked) -> Results:
    """Two queries when the indexes are in memory, and two more for each that is not."""
    readable = Notebook.objects.visible_to(asked.user).filter(taught_condition("sources__"))
    notebooks = readable.annotate(words=Sum("sources__word_count")).order_by("-updated_at", "pk")
    chosen = list(notebooks[: MOST_NOTEBOOKS + 1])
    candidates, left_out = _candidates(asked.words, chosen[:MOST_NOTEBOOKS])
    left_out += len(chosen[MOST_NOTEBOOKS:])
    return Results(_shown(_reread(asked, candidates)), _notice(left_out))


def _candidates(words: str, notebooks: Sequence[Notebook]) -> tuple[list[Candidate], int]:
    """The best passages of each notebook as its index proposes them, and how many notebooks were not asked."""
    asked, left_out, until = [], 0, time.monotonic() + MOST_SECONDS
    for notebook in notebooks:
        is_late = time.monotonic() > until
        if is_late or (notebook.words > MOST_WORDS and not is_at_hand(notebook)):
            left_out += 1
            continue
        index = index_at(notebook, notebook.generation)
        asked.append((notebook, index, index.analyse(words), index.search(words, EACH)))
    rarity = _rarity([(index, query) for _notebook, index, query, _hits in asked])
    found = [
        Candidate(notebook, index, query, _with(rarity, query), *hit)
        for notebook, index, query, hits in asked
        for hit in hits
    ]
    return found, left_out


def _rarity(asked: Sequence[tuple[LexicalIndex, Query]]) -> dict[str, float]:
    """Of every word how rare it is among the passages of all indexes together."""
    held: Counter[str] = Counter()
    for index, query in asked:
        for term in query.terms:
            known = index.stem_terms.known(term.stems)
            held[term.word] += max((index.stems.frequency(stem) for stem in known), default=0)
    total = sum(len(index) for index, _query in asked)
    return {word: float(idf_of(np.array(count), total)) for word, count in held.items()}


def _with(rarity: Mapping[str, float], query: Query) -> Query:
    terms = tuple(replace(term, idf=rarity[term.word]) for term in query.terms)
    return replace(query, terms=terms)


def _reread(asked: Asked, candidates: list[Candidate]) -> list[tuple[Candidate, Hit]]:
    """The best of them as the database holds them now. A notebook that proposed what holds no longer is asked again."""
    best = sorted(candidates, key=lambda one: (-one.standing, one.passage))[:LAID_OUT]
    reread = reread_for(asked.user)
    rows = reread([one.passage for one in best]) if best else {}
    hits = [(one, Hit(rows[one.passage], one.score)) for one in best if one.passage in rows]
    gone = {one.notebook.pk: one for one in best if one.passage not in rows}
    for one in gone.values():
        hits = [pair for pair in hits if pair[0].notebook.pk != one.notebook.pk]
        hits += [
            (replace(one, passage=hit.passage.id, score=hit.score), hit)
            for hit in _deeper(one, asked.words, reread)
        ]
    return hits


def _deeper(one: Candidate, words: str, reread: Reread) -> list[Hit]:
    return retrieve(one.index, words, top_k=EACH, reread=reread)


def _shown(hits: Sequence[tuple[Candidate, Hit]]) -> list[Found]:
    """Those that hold nearly as much of the search as the best one, at most a few of one source."""
    laid_out = [(one, Evidence(one.everywhere, hit.passage)) for one, hit in hits]

    def worth(pair: tuple[Candidate, Evidence]) -> float:
        spoken, language = pair[0].query.language, pair[1].passage.language
        across = ACROSS if spoken and language and spoken != language else 1.0
        return across * (_bearing(pair[1]) + STANDING * pair[0].standing)

    ranked = sorted(laid_out, key=lambda pair: (-worth(pair), pair[0].passage))
    # Parts of a compound ("Besprechungsprotokoll") bear on nothing by themselves and are found all the same.
    least = SHARE_OF_BEST * max((worth(pair) for pair in ranked), default=0.0)
    taken: Counter[object] = Counter()
    found = []
    for one, evidence in ranked:
        source = evidence.passage.source_id
        if worth((one, evidence)) < least or taken[source] >= A_SOURCE:
            continue
        taken[source] += 1
        found.append(_found(one, evidence))
    return found


def _bearing(evidence: Evidence) -> float:
    return max(evidence.bearings, default=0.0)


def _found(one: Candidate, evidence: Evidence) -> Found:
    """Shown from the sentence on that bears most; its page marks that one within what is quoted."""
    passage, window = evidence.passage, _window(evidence)
    heart = evidence.heart(window)
    at = max(window.text.find(heart), 0)
    places = {"start": passage.start + window.start, "end": passage.start + window.end}
    places["from"] = places["start"] + at
    places["to"] = places["from"] + len(heart)
    source = reverse("notebooks:source", args=[one.notebook.pk, passage.source_id])
    return Found(
        url=f"{source}?{urlencode(places)}#quote",
        title=passage.title,
        text=window.text[at:],
        query=one.query,
        language=passage.language,
        note=one.notebook.title,
    )


def _window(evidence: Evidence) -> Window:
    """The neighbouring sentences that bear most on the search; of equal ones the first."""
    bearings = evidence.bearings

    def worth(window: Window) -> tuple[float, float]:
        own = [bearings[place] for place in window.sentences]
        return max(own), sum(own)

    return max(evidence.windows(), key=worth)


def _notice(left_out: int) -> str:
    if not left_out:
        return ""
    sentence = ngettext(
        "The passages of %(n)s notebook were not searched, as that would have taken too long. Ask it directly.",
        "The passages of at least %(n)s notebooks were not searched, as that would have taken too long. "
        "Ask them directly.",
        left_out,
    )
    return sentence % {"n": left_out}
