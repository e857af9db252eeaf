"""A value of the wrong kind in the environment becomes a sentence."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub.environment import Environment


@pytest.mark.parametrize(
    ("value", "read", "sentence"),
    [
        ("eight", lambda env: env.int("HUB_PROBE"), "HUB_PROBE must be a whole number, not 'eight'."),
        ("half", lambda env: env.float("HUB_PROBE"), "HUB_PROBE must be a number, not 'half'."),
    ],
)
def test_a_wrong_value_is_named(
    value: str, read: object, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_PROBE", value)
    with pytest.raises(ImproperlyConfigured, match=sentence.replace(".", r"\.")):
        read(Environment())


def test_a_right_value_and_a_default_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PROBE", "8")
    assert Environment().int("HUB_PROBE") == 8
    monkeypatch.delenv("HUB_PROBE")
    assert Environment().int("HUB_PROBE", default=3) == 3


def test_a_command_ends_with_one_sentence() -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, "WEB_THREADS": "eight"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr == "A setting is wrong: WEB_THREADS must be a whole number, not 'eight'.\n"
