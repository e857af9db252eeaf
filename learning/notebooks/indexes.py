"""The search index of a notebook: a disposable snapshot of its passages, built once and shared by all processes.

Whoever needs it first builds it and writes it to a file; everybody else maps that file into memory. A process
keeps what it used last, oldest out first beyond a bound. Being found in an index proves nothing: every hit is
re-read from the database.
"""

import fcntl
import logging
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from learning.notebooks.models import Notebook, Passage
from learning.rag import snapshot
from learning.rag.index import LexicalIndex

# Fewer passages are indexed sooner than a file is written, and each process keeps its own.
SHARED_FROM = 1_000

Key = tuple[UUID, int, str]

logger = logging.getLogger(__name__)
_cache: OrderedDict[Key, tuple[LexicalIndex, int]] = OrderedDict()
_lock = threading.Lock()
_building: dict[Key, threading.Lock] = {}


def passages_of(notebook: Notebook) -> QuerySet[Passage]:
    """What an index holds, in its order: the passages of current sources, those not valid today included."""
    return Passage.objects.filter(
        source__notebook=notebook, source__removed_at=None, source__superseded_at=None
    ).order_by("pk")


def index_of(notebook: Notebook) -> LexicalIndex:
    """The index of the notebook's current generation. Costs one query when it is in memory."""
    return index_at(notebook, Notebook.objects.values_list("generation", flat=True).get(pk=notebook.pk))


def index_at(notebook: Notebook, generation: int) -> LexicalIndex:
    """The same for whoever has just read the generation: costs no query when it is in memory."""
    key = _key(notebook, generation)
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key][0]
        building = _building.setdefault(key, threading.Lock())
    with building:
        with _lock:
            if key in _cache:
                return _cache[key][0]
        index = _shared(notebook, generation)
        with _lock:
            _keep(key, index)
            _building.pop(key, None)
        return index


def is_at_hand(notebook: Notebook) -> bool:
    """Whether the index of the generation that the row carries is in memory or on disk, so that it takes no time."""
    with _lock:
        if _key(notebook, notebook.generation) in _cache:
            return True
    return any(folder_of(notebook).glob(f"{notebook.generation}-*-{LexicalIndex.signature}"))


def _key(notebook: Notebook, generation: int) -> Key:
    return (notebook.pk, generation, LexicalIndex.signature)


def folder_of(notebook: Notebook) -> Path:
    """Where the notebook's snapshots lie."""
    return settings.INDEX_DIR / str(notebook.pk)


def _shared(notebook: Notebook, generation: int) -> LexicalIndex:
    """From the file, or built and written to it. A disk that cannot be written to costs time, no answer."""
    held = passages_of(notebook).order_by().aggregate(count=Count("pk"), last=Max("pk"))
    if held["count"] < SHARED_FROM:
        return _build(notebook)
    # Count and last key are in the name, as a restored database may count its generations anew.
    name = f"{generation}-{held['count']}-{held['last']}-{LexicalIndex.signature}"
    folder = folder_of(notebook) / name
    if index := snapshot.load(folder):
        return index
    try:
        with _alone(folder.parent):
            if index := snapshot.load(folder):
                return index
            index = _build(notebook)
            snapshot.save(index, folder)
            forget_others(folder)
    except OSError:
        logger.warning("the index of notebook %s cannot be written to %s", notebook.pk, settings.INDEX_DIR)
        return _build(notebook)
    return snapshot.load(folder) or index


def _build(notebook: Notebook) -> LexicalIndex:
    return LexicalIndex.build(passages_of(notebook).values_list("pk", "text").iterator(chunk_size=2_000))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time builds a notebook's index; the others wait and find it done."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def forget_others(folder: Path) -> None:
    """Older snapshots of the same notebook go; who still has one mapped keeps it until it lets go."""
    for other in folder.parent.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _keep(key: Key, index: LexicalIndex) -> None:
    for old in [held for held in _cache if held[0] == key[0]]:
        del _cache[old]
    _cache[key] = (index, snapshot.size_of(index))
    while len(_cache) > 1 and sum(size for _index, size in _cache.values()) > settings.INDEX_MEMORY_BYTES:
        _cache.popitem(last=False)


def forget_gone() -> int:
    """Erase the snapshots of notebooks that do not exist any more; returns how many there were."""
    if not settings.INDEX_DIR.is_dir():
        return 0
    there = {path.name for path in settings.INDEX_DIR.iterdir() if path.is_dir()}
    known = {str(pk) for pk in Notebook.objects.values_list("pk", flat=True)}
    for name in there - known:
        shutil.rmtree(settings.INDEX_DIR / name, ignore_errors=True)
    return len(there - known)


def forget_all() -> None:
    """Empty memory and disk, for whoever puts another database in place of this one."""
    with _lock:
        _cache.clear()
    shutil.rmtree(settings.INDEX_DIR, ignore_errors=True)
