"""Reading the environment: a value of the wrong kind becomes a sentence, not a traceback.

Every method raises ImproperlyConfigured with a sentence that names the variable. Addresses may hold a
password, so their sentences do not repeat the value.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

KINDS = {int: "a whole number", float: "a number", bool: "on or off"}
ON, OFF = {"on", "true", "1", "yes"}, {"off", "false", "0", "no"}
RATE = re.compile(r"[1-9][0-9]*/(s|sec|second|m|min|minute|h|hour|d|day)")

DATABASES = ("postgres", "postgresql", "sqlite")
CACHES = ("dbcache", "dummycache", "filecache", "locmemcache", "redis", "rediscache", "rediss")
MAILERS = (
    "consolemail", "dummymail", "filemail", "memorymail", "smtp", "smtp+ssl", "smtp+tls", "smtps",
)  # fmt: skip


class Environment(environ.Env):
    @classmethod
    def parse_value(cls, value: Any, cast: Any) -> Any:
        """As django-environ's, but a word that is neither on nor off is not quietly off."""
        if cast is bool:
            word = value.strip().lower()
            if word not in ON | OFF:
                raise ValueError(value)
            return word in ON
        return super().parse_value(value, cast)

    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, parse_default: bool = False
    ) -> Any:
        try:
            return super().get_value(var, cast=cast, default=default, parse_default=parse_default)
        except ValueError as error:
            kind = KINDS.get(cast, "of the right kind")
            raise ImproperlyConfigured(f"{var} must be {kind}, not {self.ENVIRON.get(var)!r}.") from error

    def one_of(self, var: str, words: Sequence[str], *, default: str) -> str:
        value = self(var, default=default)
        if value not in words:
            raise ImproperlyConfigured(
                f"{var} must be {', '.join(words[:-1])} or {words[-1]}, not {value!r}."
            )
        return value

    def rate(self, var: str, *, default: str) -> str:
        value = self(var, default=default)
        if not RATE.fullmatch(value):
            raise ImproperlyConfigured(
                f"{var} must be a number and a period such as {default}, not {value!r}."
            )
        return value

    def time_zone(self, var: str, *, default: str) -> str:
        value = self(var, default=default)
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ImproperlyConfigured(
                f"{var} must be an IANA time zone such as {default}, not {value!r}."
            ) from error
        return value

    def folder(self, var: str, *, default: Path) -> Path:
        """The folder, made where it is missing."""
        path = Path(self(var, default=str(default))).resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"{var} cannot be made at {path}: {error.strerror}.") from error
        return path

    def site_address(self, var: str, *, default: str) -> str:
        """Scheme and host as people type them, without a slash at the end."""
        value = self(var, default=default).rstrip("/")
        try:
            site = urlsplit(value)
            is_right = site.scheme in {"http", "https"} and site.hostname and site.port != 0
        except ValueError:
            is_right = False
        if not is_right or site.path or site.query or site.fragment:
            raise ImproperlyConfigured(
                f"{var} must be scheme and host without a path, as in https://hub.example.com, not {value!r}."
            )
        return value

    def database(self, var: str, *, default: str) -> dict[str, Any]:
        found = self._from_address(var, default, DATABASES, self.db_url_config)
        if not found["NAME"]:
            raise ImproperlyConfigured(f"{var} names no database: end it with /NAME.")
        return found

    def cache_store(self, var: str, *, default: str) -> dict[str, Any]:
        return self._from_address(var, default, CACHES, self.cache_url_config)

    def mailer(self, var: str) -> dict[str, Any]:
        """Django's settings for sending mail; empty without the variable."""
        return self._from_address(var, "", MAILERS, self.email_url_config) if self(var, default="") else {}

    def _from_address(
        self, var: str, default: str, schemes: Sequence[str], parse: Callable[[str], dict[str, Any]]
    ) -> dict[str, Any]:
        value = self(var, default=default)
        scheme, mark, _rest = value.partition("://")
        if not mark or scheme not in schemes:
            offered = " ".join(f"{scheme}://" for scheme in schemes)
            raise ImproperlyConfigured(f"{var} must begin with one of {offered}.")
        try:
            return parse(value)
        except ValueError as error:
            raise ImproperlyConfigured(f"{var} is no address that can be read.") from error
