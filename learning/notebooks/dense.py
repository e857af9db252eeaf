"""The embedding side of search: how near the passages are to a question, where a model is configured."""

import logging
import threading
import time
from collections import OrderedDict

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _

from hub.ai.embeddings import EmbeddingModel, get_embedding_model
from hub.ai.errors import ModelError
from hub.ai.usage import record_use
from learning.notebooks.models import FusionWeight, Notebook
from learning.notebooks.vectors import vectors_of
from learning.rag.fusion import Similarity
from learning.rag.index import LexicalIndex

REST_SECONDS = 30.0  # an endpoint that failed is left alone so long, and nobody waits for it
MOST_REMEMBERED = 500  # questions: a search is often followed by the same question

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_asked: OrderedDict[tuple[str, str], np.ndarray] = OrderedDict()
_rests_until: dict[str, float] = {}


def similarity_to(question: str, notebook: Notebook, index: LexicalIndex) -> tuple[Similarity | None, str]:
    """What to search with besides words, and a notice when there should have been something and is not.

    Neither, while the notebook's vectors are being made or where measuring gave the model no weight.
    """
    model = get_embedding_model()
    if model is None:
        return None, ""
    row = FusionWeight.objects.filter(notebook=notebook, signature=model.signature).first()
    if row is None or not row.weight:
        return None, ""
    try:
        asked = _vector(question, model)
    except ModelError as error:
        logger.warning("the embedding model gave no vector for a question: %s", error)
        return None, _("Found by words alone: the model that searches by meaning does not answer just now.")
    vectors = vectors_of(notebook, index, model.signature)
    if vectors.shape[1] != len(asked):
        return None, _("Found by words alone: the model that searches by meaning has changed.")
    return Similarity(vectors @ asked, row.weight), ""


def _vector(question: str, model: EmbeddingModel) -> np.ndarray:
    """The question's vector, remembered for a while. Raises ModelError at once while the endpoint rests."""
    key = (model.signature, question)
    with _lock:
        if key in _asked:
            _asked.move_to_end(key)
            return _asked[key]
        if time.monotonic() < _rests_until.get(model.signature, 0):
            raise ModelError("The embedding model failed a moment ago.")
    if not connection.in_atomic_block:
        connection.close()  # nobody else should wait for it meanwhile
    try:
        vector = model.of_question(question)
    except ModelError:
        with _lock:
            _rests_until[model.signature] = time.monotonic() + REST_SECONDS
        record_use(system="hatpin-search", purpose="search", model=model.inner.model, failed=True)
        raise
    record_use(system="hatpin-search", purpose="search", model=model.inner.model)
    with _lock:
        _asked[key] = vector
        while len(_asked) > MOST_REMEMBERED:
            _asked.popitem(last=False)
    return vector


def forget_all() -> None:
    """Forget questions and failures."""
    with _lock:
        _asked.clear()
        _rests_until.clear()
