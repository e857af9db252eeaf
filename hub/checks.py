"""Turns a wrong setting into a sentence with a hint, before any command; `manage.py check` does only that.

What cannot even be read is refused earlier, by `hub/environment.py`.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from hub.malware import parse_address

BROKER_SCHEMES = {"sqlitefile", "redis", "rediss", "amqp", "amqps", "memory"}
POSITIVE = (
    "WEB_THREADS",
    "UPLOAD_MAX_BYTES",
    "SOURCE_MAX_WORDS",
    "NOTEBOOK_MAX_SOURCES",
    "NOTEBOOK_MAX_AIDS",
    "PROCESS_MAX_BYTES",
    "EVIDENCE_MAX_BYTES",
    "AI_TIMEOUT_SECONDS",
)
WITHOUT = {
    "CHAT": "the hub answers with quoted passages",
    "EMBEDDING": "the hub searches by words alone",
    "SPEECH": "the browser's own voices read aloud",
}


def _check_site() -> Iterator[CheckMessage]:
    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured:
        yield Error(
            "SECRET_KEY is empty: nobody could sign in.",
            hint="`make run` writes one into .env; in production set a long random text.",
            id="hub.E001",
        )
    if not (settings.IS_HTTPS or settings.IS_LOOPBACK):
        yield Warning(
            "SITE_URL is http: passwords and cookies would cross the network in the clear.",
            hint="Put a proxy with a certificate in front, set SITE_URL=https://... and BEHIND_PROXY=on.",
            id="hub.W003",
        )
    for name in POSITIVE:
        if getattr(settings, name) <= 0:
            yield Error(
                f"{name} must be greater than zero.", hint="Leave it out to use the default.", id="hub.E004"
            )


def _check_broker() -> Iterator[CheckMessage]:
    broker = urlsplit(settings.BROKER_URL)
    if broker.scheme not in BROKER_SCHEMES:
        yield Error(
            f"BROKER_URL begins with {broker.scheme!r}, which is no known broker.",
            hint="Leave it out for the embedded one, or give redis://, rediss://, amqp:// or amqps://.",
            id="hub.E005",
        )
    elif broker.scheme == "sqlitefile":
        if broker.netloc or not broker.path.startswith("//"):
            yield Error(
                "BROKER_URL names no absolute file.",
                hint="Four slashes: BROKER_URL=sqlitefile:////srv/hatpin/var/broker.sqlite3",
                id="hub.E006",
            )
        if sqlite3.sqlite_version_info < (3, 35):
            yield Error(
                f"The embedded broker needs SQLite 3.35; this Python has {sqlite3.sqlite_version}.",
                hint="Use a newer Python, or set BROKER_URL to a Redis or RabbitMQ.",
                id="hub.E007",
            )


def _check_models() -> Iterator[CheckMessage]:
    for kind in ("CHAT", "EMBEDDING", "SPEECH"):
        url, model = getattr(settings, f"AI_{kind}_URL"), getattr(settings, f"AI_{kind}_MODEL")
        if url and urlsplit(url).scheme not in {"http", "https"}:
            yield Error(
                f"AI_{kind}_URL is not an http address.",
                hint=f"Give the OpenAI-compatible base address: AI_{kind}_URL=http://127.0.0.1:11434/v1",
                id="hub.E008",
            )
        if bool(url) != bool(model):
            have, lack = ("URL", "MODEL") if url else ("MODEL", "URL")
            yield Error(
                f"AI_{kind}_{have} is set, AI_{kind}_{lack} is not.",
                hint=f"Set both, or neither: without a model {WITHOUT[kind]}.",
                id="hub.E009",
            )


def _check_voices() -> Iterator[CheckMessage]:
    voices = settings.AI_SPEECH_VOICES
    if len(voices) != 2 or not all(voice.strip() for voice in voices):
        yield Error(
            f"AI_SPEECH_VOICES names {len(voices)} voices, and a talk has two.",
            hint="AI_SPEECH_VOICES=alloy,echo",
            id="hub.E013",
        )


def _check_scanner() -> Iterator[CheckMessage]:
    try:
        parse_address(settings.CLAMD_ADDRESS or "/")
    except ValueError:
        yield Error(
            f"CLAMD_ADDRESS is {settings.CLAMD_ADDRESS!r}: no host:port and no path of a socket.",
            hint="CLAMD_ADDRESS=127.0.0.1:3310, CLAMD_ADDRESS=/run/clamav/clamd.ctl, or leave it out.",
            id="hub.E012",
        )


def _check_files() -> Iterator[CheckMessage]:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not settings.NODE_MODULES.is_dir() and not manifest.exists():
        yield Warning(
            "The front-end packages are not installed: pages would lack their fonts.",
            hint="Run `make setup`.",
            id="hub.W010",
        )
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                yield Warning(
                    f"The catalogue {source.parts[-3]} is not compiled: pages would lack translations.",
                    hint="Run `make setup` or `manage.py compile_catalogues`.",
                    id="hub.W011",
                )


@register("hub")
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        *_check_site(),
        *_check_broker(),
        *_check_models(),
        *_check_voices(),
        *_check_scanner(),
        *_check_files(),
    ]
