"""The lexical index against bare bm25s over the same tokens: building, searching, memory, and how cost grows.

`python -m tests.bench.index [passages ...]` ends with exit code 1 if a bar is missed. Passages are about 120
words, shuffled from a fixed vocabulary of German-like words with a Zipf distribution, so that no file is needed
and every run is the same. Times are those of the processor, as others may use the machine as well.
"""

import sys
import time
from collections.abc import Callable
from itertools import pairwise
from random import Random

import bm25s
import numpy as np

from learning.rag.analysers.terms import grams, stems, words
from learning.rag.index import LexicalIndex
from tests.bench.bars import Bars

SYLLABLES = (
    "ab", "beit", "zeit", "er", "fass", "ung", "ver", "trag", "be", "trieb", "rat", "ur", "laub", "kun", "den",
    "dienst", "an", "ge", "bot", "prü", "fer", "lie",
)  # fmt: skip
VOCABULARY, WORDS, QUERIES, RUNS = 20_000, 120, 300, 3
P95, ARRAYS = "query p95 ms", "arrays MB"
RATIO_BARS = {P95: 2.0, ARRAYS: 1.5}
# Growth may exceed the growth in passages by so much: times on a busy machine are not steadier.
TOLERANCE = 1.1
Figures = dict[str, tuple[float, float]]


def passages(count: int) -> list[str]:
    random = Random(1888)
    vocabulary = ["".join(random.choices(SYLLABLES, k=random.randint(2, 5))) for _ in range(VOCABULARY)]
    weights = [1 / (rank + 2) for rank in range(VOCABULARY)]
    drawn = random.choices(vocabulary, weights=weights, k=count * WORDS)
    return [" ".join(drawn[start : start + WORDS]) for start in range(0, len(drawn), WORDS)]


def tokens_of(text: str) -> list[str]:
    """The three kinds of token that the index keeps, as one list."""
    found = words(text)
    stemmed = stems(found, "de")
    pairs = [f"{left} {right}" for left, right in pairwise(stemmed)]
    return [*stemmed, *(gram for word in found for gram in grams(word)), *pairs]


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)] * 1000


def shortest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs."""
    found = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def bytes_of(index: object) -> int:
    """Bytes of every array reachable through the index's attributes."""
    total, waiting = 0, [index]
    while waiting:
        thing = waiting.pop()
        for value in vars(thing).values():
            if isinstance(value, np.ndarray):
                total += value.nbytes
            elif hasattr(value, "__dict__"):
                waiting.append(value)
    return total


def measure(count: int) -> Figures:
    """By name our figure and that of bare bm25s."""
    texts = passages(count)
    queries = [" ".join(text.split()[10:16]) for text in texts[:: max(1, count // QUERIES)]][:QUERIES]

    started = time.process_time()
    floor = bm25s.BM25()
    floor.index([tokens_of(text) for text in texts], show_progress=False)
    floor_build = time.process_time() - started
    started = time.process_time()
    index = LexicalIndex.build(enumerate(texts))
    build = time.process_time() - started

    floor_seconds, seconds = [], []
    for query in queries:
        asked = tokens_of(query)
        floor_seconds.append(shortest(lambda asked=asked: floor.retrieve([asked], k=10, show_progress=False)))
        seconds.append(shortest(lambda query=query: index.search(query, 10)))
    arrays = sum(part.nbytes for part in floor.scores.values() if isinstance(part, np.ndarray))
    return {
        "build s": (build, floor_build),
        "query p50 ms": (percentile(seconds, 0.5), percentile(floor_seconds, 0.5)),
        P95: (percentile(seconds, 0.95), percentile(floor_seconds, 0.95)),
        ARRAYS: (bytes_of(index) / 1e6, arrays / 1e6),
    }


def hold(measured: dict[int, Figures], bars: Bars) -> None:
    """The ratios at every size, and from the smallest to the largest growth that is at most linear."""
    for count, figures in measured.items():
        for name, bar in RATIO_BARS.items():
            own, bare = figures[name]
            bars.hold(f"{name} at {count:,} passages against bare bm25s", own / bare, bar)
    small, large = min(measured), max(measured)
    if small < large:
        for name in measured[small]:
            growth = measured[large][name][0] / measured[small][name][0]
            bars.hold(
                f"growth of {name} from {small:,} to {large:,} passages", growth, TOLERANCE * large / small
            )


def main() -> None:
    print(f"{'passages':>9}  {'':<14}{'index':>10}{'bare bm25s':>12}{'ratio':>8}")
    measured, bars = {}, Bars()
    for count in [int(argument) for argument in sys.argv[1:]] or [5_000, 50_000]:
        measured[count] = measure(count)
        for name, (own, bare) in measured[count].items():
            print(f"{count:>9,}  {name:<14}{own:>10.2f}{bare:>12.2f}{own / bare:>8.2f}")
    hold(measured, bars)
    bars.finish()


if __name__ == "__main__":
    main()
