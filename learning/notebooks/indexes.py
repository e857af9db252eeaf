"""The search index of a notebook: a disposable snapshot of its passages, built on use and shared by all threads.

Kept in memory by (notebook, generation, analyser), oldest out first once the passages of all of them
exceed a bound. Being found in it proves nothing: every hit is re-read from the database.
"""

import threading
from collections import OrderedDict
from uuid import UUID

from learning.notebooks.models import Notebook, Passage
from learning.rag.index import LexicalIndex

MOST_PASSAGES_IN_MEMORY = 200_000

Key = tuple[UUID, int, str]
_cache: OrderedDict[Key, tuple[LexicalIndex, int]] = OrderedDict()
_lock = threading.Lock()
_building: dict[Key, threading.Lock] = {}


def index_of(notebook: Notebook) -> LexicalIndex:
    """The index of the notebook's current generation. Costs one query when it is in memory."""
    generation = Notebook.objects.values_list("generation", flat=True).get(pk=notebook.pk)
    key = (notebook.pk, generation, LexicalIndex.signature)
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key][0]
        building = _building.setdefault(key, threading.Lock())
    with building:
        with _lock:
            if key in _cache:
                return _cache[key][0]
        passages = list(
            Passage.objects.filter(
                source__notebook=notebook, source__removed_at=None, source__superseded_at=None
            )
            .order_by("pk")
            .values_list("pk", "text")
        )
        index = LexicalIndex.build(passages)
        with _lock:
            _keep(key, index, len(passages))
            _building.pop(key, None)
        return index


def _keep(key: Key, index: LexicalIndex, passages: int) -> None:
    for old in [held for held in _cache if held[0] == key[0]]:
        del _cache[old]
    _cache[key] = (index, passages)
    while len(_cache) > 1 and sum(count for _index, count in _cache.values()) > MOST_PASSAGES_IN_MEMORY:
        _cache.popitem(last=False)


def forget_all() -> None:
    """Empty the memory, for whoever puts another database in place of this one."""
    with _lock:
        _cache.clear()
