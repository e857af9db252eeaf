"""Which of many short texts hold the words of a search, best first: with the stems, compounds and translations
by which passages are found.

An index belongs to what it was built of: people who may see the same rows share one, and nobody's order depends
on rows that are hidden from them. The last few indexes are kept in memory.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b

from hub.today.marking import Marked
from learning.rag.index import LexicalIndex, Query

MOST = 200
KEPT = 24
# A row that holds far less of the query than the best one only shares a common word with it.
SHARE_OF_BEST = 0.6
# Where the rare word of two is missing everywhere, the common one alone says nothing.
LEAST_COVERAGE = 0.4

_kept: OrderedDict[bytes, LexicalIndex] = OrderedDict()
_lock = threading.Lock()

# Title, further words, language or "".
Line = tuple[str, str, str]


def rank(lines: Sequence[Line], words: str) -> tuple[list[int], Query]:
    """The places of the matching lines, at most MOST, and the query as it was understood."""
    index = index_over(lines)
    query = index.analyse(words)
    scored = []
    for place, score in index.search(words, MOST):
        title, text, language = lines[place]
        whole = Marked(f"{title}\n{text}", query, language).coverage
        if whole >= LEAST_COVERAGE:
            scored.append((score * (1 + Marked(title, query, language).coverage), whole, place))
    best = max((whole for _score, whole, _place in scored), default=0.0)
    kept = [(score, place) for score, whole, place in scored if whole >= SHARE_OF_BEST * best]
    return [place for _score, place in sorted(kept, key=lambda one: (-round(one[0], 9), one[1]))], query


def index_over(lines: Sequence[Line]) -> LexicalIndex:
    """Of ten thousand lines it is built in under a second and found again in hundredths."""
    digest = blake2b(digest_size=16)
    for title, text, _language in lines:
        digest.update(f"{title}\x00{text}\x01".encode())
    key = digest.digest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    index = LexicalIndex.build((place, f"{title}\n{text}") for place, (title, text, _) in enumerate(lines))
    with _lock:
        _kept[key] = index
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return index
