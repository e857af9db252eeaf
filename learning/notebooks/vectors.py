"""A notebook's vectors as one matrix in the order of its index; kept in memory, shared between processes by a file."""

import logging
import os
import tempfile
import threading
from collections import Counter, OrderedDict, defaultdict

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, QuerySet

from learning.notebooks.indexes import SHARED_FROM, folder_of, passages_of
from learning.notebooks.models import Notebook, SourceVectors
from learning.rag.index import LexicalIndex
from learning.rag.snapshot import mapped

logger = logging.getLogger(__name__)
_cache: OrderedDict[object, tuple[str, np.ndarray]] = OrderedDict()
_lock = threading.Lock()


def vectors_of(notebook: Notebook, index: LexicalIndex, signature: str) -> np.ndarray:
    """A row for every passage of the index, NaN where there is no vector yet. One query when in memory."""
    rows = _rows(notebook, signature).aggregate(count=Count("pk"), last=Max("pk"))
    state = f"{len(index)}-{int(index.ids.sum())}-{rows['count']}-{rows['last']}-{signature}"
    with _lock:
        if notebook.pk in _cache and _cache[notebook.pk][0] == state:
            _cache.move_to_end(notebook.pk)
            return _cache[notebook.pk][1]
    matrix = _shared(notebook, index.ids, signature, state)
    with _lock:
        _cache[notebook.pk] = (state, matrix)
        _cache.move_to_end(notebook.pk)
        while (
            len(_cache) > 1 and sum(held.nbytes for _, held in _cache.values()) > settings.INDEX_MEMORY_BYTES
        ):
            _cache.popitem(last=False)
    return matrix


def _rows(notebook: Notebook, signature: str) -> QuerySet[SourceVectors]:
    return SourceVectors.objects.filter(
        source__notebook=notebook,
        source__removed_at=None,
        source__superseded_at=None,
        signature=signature,
        is_done=True,
    )


def matrix_of(notebook: Notebook, ids: np.ndarray, signature: str) -> np.ndarray:
    """The matrix from the rows; `ids` are the passages' keys, ascending. Sources of another dimension are left out,
    as after a model was replaced by another one of the same name."""
    rows = list(_rows(notebook, signature).values_list("source_id", "count", "dimension", "data"))
    dimensions = Counter(dimension for _source, count, dimension, _data in rows for _ in range(count))
    dimension = dimensions.most_common(1)[0][0] if dimensions else 1
    matrix = np.full((len(ids), dimension), np.nan, dtype=np.float32)
    passages: dict[object, list[int]] = defaultdict(list)
    for passage, source in passages_of(notebook).values_list("pk", "source_id"):
        passages[source].append(passage)
    for source, count, width, data in rows:
        held = np.array(passages[source], dtype=np.int64)
        if width != dimension or len(held) != count or not np.isin(held, ids).all():
            continue
        matrix[np.searchsorted(ids, held)] = np.frombuffer(data, dtype="<f4").reshape(count, width)
    return matrix


def _shared(notebook: Notebook, ids: np.ndarray, signature: str, state: str) -> np.ndarray:
    """From the file, or made and written to it."""
    if len(ids) < SHARED_FROM:
        return matrix_of(notebook, ids, signature)
    path = folder_of(notebook) / f"vectors-{state}.npy"
    if path.is_file():
        return mapped(path)
    matrix = matrix_of(notebook, ids, signature)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npy", delete=False) as draft:
            np.save(draft, matrix, allow_pickle=False)
        os.replace(draft.name, path)
        for other in path.parent.glob("vectors-*.npy"):
            if other != path:
                other.unlink(missing_ok=True)
        return mapped(path)
    except OSError:
        logger.warning("the vectors of notebook %s cannot be written to %s", notebook.pk, path.parent)
        return matrix


def forget_all() -> None:
    """Empty the memory; what lies on the disk goes with the indexes."""
    with _lock:
        _cache.clear()
