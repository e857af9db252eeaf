"""With an embedding endpoint, whatever it is worth, a notebook is searched no worse than by words alone."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hub.ai.embeddings import get_embedding_model
from learning.rag.evaluate import evaluate_retrieval
from learning.rag.squad import paragraphs
from tests.learning.rag.embeddings import Embed, knowing, of_english, of_grams
from tests.models_server import ModelServer

FILES = {"German": "mlqa.de.dev.json", "English": "policyqa.en.dev.json"}
PARAGRAPHS = 60
LOSS = 0.005


@cache
def questions(folder: Path, language: str) -> dict[str, Any]:
    """The beginning of the file as one document, every question once."""
    data = json.loads((folder / "qa" / FILES[language]).read_text(encoding="utf-8"))
    found = [paragraph for document in data["data"] for paragraph in document["paragraphs"]][:PARAGRAPHS]
    asked: set[str] = set()
    for paragraph in found:
        paragraph["qas"] = [entry for entry in paragraph["qas"] if entry["question"] not in asked]
        asked |= {entry["question"] for entry in paragraph["qas"]}
    return {"data": [{"paragraphs": found}]}


@cache
def by_words(folder: Path, language: str) -> float:
    return evaluate_retrieval(questions(folder, language), scope="file")["mrr@10"]


def fused(data: dict[str, Any], embed: Embed, settings: Any) -> float:
    with ModelServer(embed=embed) as server:
        settings.AI_EMBEDDING_URL, settings.AI_EMBEDDING_MODEL = server.url, "probe"
        found = evaluate_retrieval(data, scope="file", embedding=get_embedding_model())
    assert server.requests
    return found["mrr@10"]


@pytest.mark.parametrize("embed", [of_grams, of_english])
@pytest.mark.parametrize("language", FILES)
def test_a_weak_model_takes_next_to_nothing_away(
    data_folder: Path, settings: Any, language: str, embed: Embed
) -> None:
    found = fused(questions(data_folder, language), embed, settings)
    assert found >= by_words(data_folder, language) - LOSS


@pytest.mark.parametrize("language", FILES)
def test_a_strong_model_is_followed(data_folder: Path, settings: Any, language: str) -> None:
    """It brings a ranking most of the way from what words find to finding everything first."""
    data = questions(data_folder, language)
    found = fused(data, knowing(paragraphs(data), noise=1.0), settings)
    assert 1 - found <= 0.5 * (1 - by_words(data_folder, language))
