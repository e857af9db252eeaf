"""Telling German from English."""

import json
from pathlib import Path

import pytest

from learning.rag.languages import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie viele Urlaubstage habe ich?", "de"),
        ("How many days of leave do I have?", "en"),
        ("Wer genehmigt die Reise?", "de"),
        ("Who approves travel?", "en"),
        ("Überstunden", "de"),
        ("Die Rate war was hot", ""),
        ("SAP 4711", ""),
        ("", ""),
    ],
)
def test_short_questions_are_told_apart(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("file", "language"),
    [("mlqa.de.dev.json", "de"), ("policyqa.en.dev.json", "en"), ("covidqa.en.200423.json", "en")],
)
def test_real_questions_and_paragraphs_are_told_apart(data_folder: Path, file: str, language: str) -> None:
    data = json.loads((data_folder / "qa" / file).read_text())
    paragraphs = [paragraph for document in data["data"] for paragraph in document["paragraphs"]]
    found = [detect(paragraph["context"]) for paragraph in paragraphs]
    assert found.count(language) >= 0.97 * len(found)
    asked = [detect(question["question"]) for paragraph in paragraphs for question in paragraph["qas"]]
    assert asked.count(language) >= 0.93 * len(asked)
