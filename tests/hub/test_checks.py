"""A wrong setting is said in a sentence with a hint before anything runs."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage

from hub.checks import check_settings


@pytest.fixture(autouse=True)
def right_settings(settings: Any, tmp_path: Path) -> None:
    settings.NODE_MODULES = tmp_path
    settings.LOCALE_PATHS = []


def found() -> list[str]:
    messages: list[CheckMessage] = check_settings(None)
    assert all(message.msg and message.hint for message in messages)
    return [message.id for message in messages]


def test_right_settings_are_silent() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SECRET_KEY": ""}, "hub.E001"),
        ({"SITE_URL": "http://hub.example.com", "IS_LOOPBACK": False}, "hub.W003"),
        ({"WEB_THREADS": 0}, "hub.E004"),
        ({"BROKER_URL": "kafka://broker"}, "hub.E005"),
        ({"BROKER_URL": "sqlitefile:///var/broker.sqlite3"}, "hub.E006"),
        ({"BROKER_URL": "sqlitefile://host/var/broker.sqlite3"}, "hub.E006"),
        ({"AI_CHAT_URL": "ollama", "AI_CHAT_MODEL": "small"}, "hub.E008"),
        ({"AI_CHAT_URL": "http://127.0.0.1:11434/v1", "AI_CHAT_MODEL": ""}, "hub.E009"),
        ({"AI_EMBEDDING_URL": "", "AI_EMBEDDING_MODEL": "small"}, "hub.E009"),
        ({"AI_SPEECH_URL": "http://127.0.0.1:8880/v1", "AI_SPEECH_MODEL": ""}, "hub.E009"),
        ({"AI_SPEECH_VOICES": ["alloy"]}, "hub.E013"),
        ({"AI_SPEECH_VOICES": ["alloy", " "]}, "hub.E013"),
        ({"CLAMD_ADDRESS": "clamav"}, "hub.E012"),
    ],
)
def test_a_wrong_setting_is_named(settings: Any, changes: dict[str, Any], expected: str) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert found() == [expected]


@pytest.mark.parametrize(
    "url", ["redis://:secret@broker/0", "amqp://guest@broker//", "sqlitefile:////srv/b.sqlite3"]
)
def test_known_brokers_are_silent(settings: Any, url: str) -> None:
    settings.BROKER_URL = url
    assert found() == []


def test_missing_packages_are_named(settings: Any, tmp_path: Path) -> None:
    settings.NODE_MODULES = tmp_path / "nowhere"
    assert found() == ["hub.W010"]


def test_a_catalogue_that_is_not_compiled_is_named(settings: Any, tmp_path: Path) -> None:
    source = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    settings.LOCALE_PATHS = [tmp_path]
    assert found() == ["hub.W011"]
    compiled = source.with_suffix(".mo")
    compiled.touch()
    assert found() == []
    os.utime(compiled, (0, 0))
    assert found() == ["hub.W011"]
