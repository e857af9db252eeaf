"""Passages of all notebooks that a person may read, each found in its notebook's own index.

Bounded: the notebooks changed last come first, and no more are asked than there is time for. What was left out
is said, never silently.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import ngettext

from hub.today.found import Asked, Found, Results
from learning.notebooks.asking import reread_for
from learning.notebooks.indexes import index_at, is_at_hand
from learning.notebooks.models import Notebook, taught_condition
from learning.rag.evidence import Evidence, Window
from learning.rag.extract import strength
from learning.rag.index import LexicalIndex, Query
from learning.rag.retrieve import Hit, Reread, retrieve

MOST_NOTEBOOKS = 100
MOST_SECONDS = 1.0
# An index of more words than these is not built while somebody waits for a list.
MOST_WORDS = 300_000
EACH = 10  # passages of a notebook
LAID_OUT = 60  # passages of all notebooks that are looked at closely
A_SOURCE = 3  # passages of one source that are shown
SHARE_OF_BEST = 0.5


@dataclass(frozen=True)
class Candidate:
    notebook: Notebook
    index: LexicalIndex
    query: Query
    passage: int
    score: float

    @property
    def standing(self) -> float:
        """Scores of different indexes compare in units of a rare word, as for answers."""
        return self.score / (log(2 * len(self.index) + 1) * sqrt(max(len(self.query.terms), 1)))


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
    found, left_out, until = [], 0, time.monotonic() + MOST_SECONDS
    for notebook in notebooks:
        is_late = time.monotonic() > until
        if is_late or (notebook.words > MOST_WORDS and not is_at_hand(notebook)):
            left_out += 1
            continue
        index = index_at(notebook, notebook.generation)
        query = index.analyse(words)
        found += [Candidate(notebook, index, query, *hit) for hit in index.search(words, EACH)]
    return found, left_out


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
            (Candidate(one.notebook, one.index, one.query, hit.passage.id, hit.score), hit)
            for hit in _deeper(one, asked.words, reread)
        ]
    return hits


def _deeper(one: Candidate, words: str, reread: Reread) -> list[Hit]:
    return retrieve(one.index, words, top_k=EACH, reread=reread)


def _shown(hits: Sequence[tuple[Candidate, Hit]]) -> list[Found]:
    laid_out = [(one, hit, Evidence(one.query, hit.passage)) for one, hit in hits]
    ranked = sorted(
        ((_strength(one, hit, evidence), one, evidence) for one, hit, evidence in laid_out),
        key=lambda entry: (-entry[0], entry[1].passage),
    )
    bearings = [max(evidence.bearings, default=0.0) for _strength, _one, evidence in ranked]
    least = SHARE_OF_BEST * max(bearings, default=0.0)
    taken: Counter[object] = Counter()
    found = []
    for (_value, one, evidence), bearing in zip(ranked, bearings, strict=True):
        source = evidence.passage.source_id
        if not bearing or bearing < least or taken[source] >= A_SOURCE:
            continue
        taken[source] += 1
        found.append(_found(one, evidence))
    return found


def _strength(one: Candidate, hit: Hit, evidence: Evidence) -> float:
    return strength(one.index, one.query, hit.score, max(evidence.bearings, default=0.0))


def _found(one: Candidate, evidence: Evidence) -> Found:
    passage, window = evidence.passage, _window(evidence)
    places = {"start": passage.start + window.start, "end": passage.start + window.end}
    heart = window.text.find(evidence.heart(window))
    if heart >= 0:
        places["from"] = places["start"] + heart
        places["to"] = places["from"] + len(evidence.heart(window))
    source = reverse("notebooks:source", args=[one.notebook.pk, passage.source_id])
    return Found(
        url=f"{source}?{urlencode(places)}#quote",
        title=passage.title,
        text=window.text,
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
