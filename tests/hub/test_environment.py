"""A value of the wrong kind in the environment becomes a sentence."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub.environment import Environment

SETTINGS = Path(__file__).resolve().parents[2] / "hub" / "settings.py"


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


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "foo", "DATABASE_URL must begin with one of postgres:// postgresql:// sqlite://."),
        ("DATABASE_URL", "", "DATABASE_URL must begin with one of postgres:// postgresql:// sqlite://."),
        (
            "DATABASE_URL",
            "mysql://u:secret@h/n",
            "DATABASE_URL must begin with one of postgres:// postgresql:// sqlite://.",
        ),
        ("DATABASE_URL", "postgres://u:secret@h:port/n", "DATABASE_URL is no address that can be read."),
        ("DATABASE_URL", "postgres://u:secret@h", "DATABASE_URL names no database: end it with /NAME."),
        (
            "CACHE_URL",
            "foo",
            "CACHE_URL must begin with one of dbcache:// dummycache:// filecache:// locmemcache:// "
            "redis:// rediscache:// rediss://.",
        ),
        (
            "EMAIL_URL",
            "zzz",
            "EMAIL_URL must begin with one of consolemail:// dummymail:// filemail:// memorymail:// "
            "smtp:// smtp+ssl:// smtp+tls:// smtps://.",
        ),
        ("EMAIL_URL", "smtp://u:secret@h:port", "EMAIL_URL is no address that can be read."),
        (
            "SITE_URL",
            "hub.example.com",
            "SITE_URL must be scheme and host without a path, as in https://hub.example.com, "
            "not 'hub.example.com'.",
        ),
        (
            "SITE_URL",
            "https://hub.example.com/hatpin",
            "SITE_URL must be scheme and host without a path, as in https://hub.example.com, "
            "not 'https://hub.example.com/hatpin'.",
        ),
        (
            "SITE_URL",
            "http://[x",
            "SITE_URL must be scheme and host without a path, as in https://hub.example.com, not 'http://[x'.",
        ),
        (
            "DEFAULT_TIME_ZONE",
            "Nowhere",
            "DEFAULT_TIME_ZONE must be an IANA time zone such as Europe/Berlin, not 'Nowhere'.",
        ),
        (
            "DEFAULT_TIME_ZONE",
            "../etc",
            "DEFAULT_TIME_ZONE must be an IANA time zone such as Europe/Berlin, not '../etc'.",
        ),
        ("DEFAULT_LANGUAGE", "xx", "DEFAULT_LANGUAGE must be de or en, not 'xx'."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not 'loud'."),
        ("DEBUG", "maybe", "DEBUG must be on or off, not 'maybe'."),
        ("BEHIND_PROXY", "", "BEHIND_PROXY must be on or off, not ''."),
        ("API_RATE", "12", "API_RATE must be a number and a period such as 1200/min, not '12'."),
        (
            "API_RATE",
            "12/fortnight",
            "API_RATE must be a number and a period such as 1200/min, not '12/fortnight'.",
        ),
        ("UPLOAD_MAX_MB", "many", "UPLOAD_MAX_MB must be a whole number, not 'many'."),
        ("VAR_DIR", "/dev/null/x", "VAR_DIR cannot be made at /dev/null/x: Not a directory."),
    ],
)
def test_a_wrong_setting_is_one_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        runpy.run_path(str(SETTINGS))
    assert str(caught.value) == sentence
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "setting", "expected"),
    [
        ("DEBUG", "Yes", "DEBUG", True),
        ("DEBUG", "0", "DEBUG", False),
        ("API_RATE", "30/hour", "REST_FRAMEWORK", {"user": "30/hour"}),
        ("LOG_LEVEL", "ERROR", "LOG_LEVEL", "ERROR"),
        ("SITE_URL", "https://hub.example.com/", "SITE_URL", "https://hub.example.com"),
        ("DATABASE_URL", "sqlite://:memory:", "DATABASES", ":memory:"),
        ("DATABASE_URL", "postgres://u:p@h:5432/hatpin", "DATABASES", "hatpin"),
        ("CACHE_URL", "redis://h:6379/1", "CACHES", "redis://h:6379/1"),
        ("EMAIL_URL", "smtp+tls://u:p@h:587", "EMAIL_PORT", 587),
    ],
)
def test_a_right_setting_is_taken(
    name: str, value: str, setting: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    found = runpy.run_path(str(SETTINGS))[setting]
    if isinstance(found, dict):
        assert repr(expected) in repr(found)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WEB_THREADS", "eight", "WEB_THREADS must be a whole number, not 'eight'."),
        ("DATABASE_URL", "foo", "DATABASE_URL must begin with one of postgres:// postgresql:// sqlite://."),
        ("DEFAULT_LANGUAGE", "xx", "DEFAULT_LANGUAGE must be de or en, not 'xx'."),
    ],
)
def test_a_command_ends_with_one_sentence(name: str, value: str, sentence: str) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr == f"A setting is wrong: {sentence}\n"
