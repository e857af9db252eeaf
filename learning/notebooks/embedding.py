"""The background work behind search by meaning: vectors of every source, and the weight they get.

Each is a leased row. A source without vectors under the configured model gets a row; a changed model means
other rows, and the old ones serve nobody and go. Until a notebook's weight is measured its search is lexical.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

import numpy as np
from celery import current_app
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from kombu.exceptions import OperationalError

from hub.ai.embeddings import EmbeddingModel, get_embedding_model
from hub.ai.errors import ModelError
from hub.ai.usage import record_use
from hub.jobs import LeaseLost
from learning.notebooks.indexes import passages_of
from learning.notebooks.models import FusionWeight, Notebook, Source, SourceVectors
from learning.notebooks.vectors import matrix_of
from learning.rag.calibration import weight_for

logger = logging.getLogger(__name__)

AT_ONCE = 64  # passages between two renewals of the lease
MOST_PLANNED = 500  # rows a sweep
SOON, LATER = timedelta(minutes=2), timedelta(hours=1)  # until an endpoint that failed is asked again
# A weight holds until the notebook has grown or shrunk by so much.
CHANGED = 0.25


def _ready() -> QuerySet[Source]:
    return Source.objects.current().filter(state=Source.State.READY)


def plan(signature: str) -> None:
    """Rows for what has no vectors under this signature; those of other signatures go once they are replaced."""
    missing = _ready().exclude(vectors__signature=signature).values_list("pk", flat=True)[:MOST_PLANNED]
    SourceVectors.objects.bulk_create(
        [SourceVectors(source_id=pk, signature=signature) for pk in missing], ignore_conflicts=True
    )
    done = SourceVectors.objects.filter(signature=signature, is_done=True)
    SourceVectors.objects.exclude(signature=signature).filter(source__in=done.values("source")).delete()
    for notebook in _unweighted(signature):
        ask_for_weight(notebook, signature)


def _unweighted(signature: str) -> QuerySet[Notebook]:
    has_vectors = SourceVectors.objects.filter(signature=signature, is_done=True)
    return (
        Notebook.objects.filter(sources__in=has_vectors.values("source"))
        .exclude(fusion_weights__signature=signature)
        .distinct()[:MOST_PLANNED]
    )


def wake(now: datetime) -> int:
    """For the sweep: tasks for every source to embed and every weight to measure; returns how many."""
    model = get_embedding_model()
    if model is None:
        return 0
    plan(model.signature)
    sources = SourceVectors.objects.claimable(now).filter(signature=model.signature)
    weights = FusionWeight.objects.claimable(now).filter(signature=model.signature)
    woken = [("embed_source", pk) for pk in sources.values_list("pk", flat=True)[:MOST_PLANNED]]
    woken += [("weigh_notebook", pk) for pk in weights.values_list("pk", flat=True)[:MOST_PLANNED]]
    for name, pk in woken:
        _send(name, pk)
    return len(woken)


def wake_for(source: Source) -> None:
    """Right after a source was read: its vectors, should a model be configured."""
    model = get_embedding_model()
    if model is None:
        return
    row, _created = SourceVectors.objects.get_or_create(source=source, signature=model.signature)
    transaction.on_commit(partial(_send, "embed_source", row.pk))


def _send(name: str, pk: int) -> None:
    try:
        current_app.signature(f"learning.notebooks.tasks.{name}", [pk]).apply_async(retry=False)
    except OperationalError:
        logger.warning("no broker took %s %s; the sweep will try again", name, pk)


def embed_source(row_id: int) -> None:
    """Make one source's vectors. Does nothing if somebody else does, or the model is another by now."""
    row = SourceVectors.objects.take(row_id)
    if row is None:
        return
    model = get_embedding_model()
    if model is None or model.signature != row.signature:
        row.release()
        return
    try:
        with row.kept():
            vectors = _embedded(row, model)
        with transaction.atomic():
            row.finish(
                count=len(vectors),
                dimension=vectors.shape[1] if len(vectors) else 0,
                data=vectors.astype("<f4").tobytes(),
            )
            ask_for_weight(Notebook.objects.get(sources=row.source_id), row.signature)
        record_use(system="hatpin-search", purpose="embed", model=model.inner.model)
    except ModelError as error:
        logger.warning("source %s got no vectors: %s", row.source_id, error)
        record_use(system="hatpin-search", purpose="embed", model=model.inner.model, failed=True)
        row.postpone(LATER if error.permanent else SOON)
    except LeaseLost:
        logger.info("the vectors of source %s were taken over", row.source_id)
    except Exception:
        logger.exception("embedding source %s failed", row.source_id)
        row.postpone(LATER if row.is_out_of_attempts else SOON)
        raise


def _embedded(row: SourceVectors, model: EmbeddingModel) -> np.ndarray:
    texts = list(row.source.passages.order_by("pk").values_list("text", flat=True))
    parts = []
    for start in range(0, len(texts), AT_ONCE):
        parts.append(model.of_passages(texts[start : start + AT_ONCE]))
        row.renew()
    return np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)


def ask_for_weight(notebook: Notebook, signature: str) -> None:
    """Queue the measuring of the weight if every source has its vectors and nobody measured it since."""
    ready = _ready().filter(notebook=notebook)
    done = Q(vectors__signature=signature, vectors__is_done=True)
    counts = ready.aggregate(all=Count("pk", distinct=True), embedded=Count("pk", filter=done, distinct=True))
    if counts["embedded"] < counts["all"]:
        return
    row, is_new = FusionWeight.objects.get_or_create(notebook=notebook, signature=signature)
    count = passages_of(notebook).count()
    if row.is_done and abs(count - row.passages) > CHANGED * row.passages:
        FusionWeight.objects.filter(pk=row.pk, is_done=True).update(is_done=False, attempts=0)
        is_new = True
    if is_new:
        transaction.on_commit(partial(_send, "weigh_notebook", row.pk))


def weigh_notebook(row_id: int) -> None:
    """Measure how much the model may count in one notebook. Until then the weight before holds, at first 0."""
    row = FusionWeight.objects.take(row_id)
    if row is None:
        return
    model = get_embedding_model()
    if model is None or model.signature != row.signature:
        row.release()
        return
    try:
        with row.kept():
            held = list(passages_of(row.notebook).values_list("pk", "text"))
            ids = np.array([pk for pk, _text in held], dtype=np.int64)
            vectors = matrix_of(row.notebook, ids, row.signature)
            weight = weight_for(
                [text for _pk, text in held],
                vectors,
                of_queries=model.of_queries,
                of_passages=model.of_passages,
            )
        row.finish(weight=weight, passages=len(held))
    except ModelError as error:
        logger.warning("the weight of notebook %s was not measured: %s", row.notebook_id, error)
        row.postpone(LATER if error.permanent else SOON)
    except LeaseLost:
        logger.info("the weight of notebook %s was taken over", row.notebook_id)
    except Exception:
        logger.exception("measuring the weight of notebook %s failed", row.notebook_id)
        row.postpone(LATER if row.is_out_of_attempts else SOON)
        raise
