"""Parts of the machine that some tests need: Chromium, Firefox, PostgreSQL, Redis.

A pytest plugin: `@pytest.mark.needs("redis")` skips a test with the reason where the part is missing.
`HUB_REQUIRE=browser,postgres,redis` turns every skip into a failure, but for OPTIONAL parts that it does not name.
From a shell, `python -m tests.required postgres` says whether the part is there: 0 yes, 1 no, 2 no but required.
"""

import os
import shutil
import sys
from collections.abc import Callable, Generator

import pytest

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = {part.strip() for part in os.environ.get("HUB_REQUIRE", "").split(",") if part.strip()}


def chromium() -> str | None:
    """The path of the system's browser: CHROMIUM_PATH, or the first known name."""
    if path := os.environ.get("CHROMIUM_PATH"):
        return path if os.access(path, os.X_OK) else None
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def missing_browser() -> str:
    return "" if chromium() else "no Chromium found: install it, or set CHROMIUM_PATH"


def firefox() -> str | None:
    """The path of the system's Firefox, for the extension alone: FIREFOX_PATH, or the first known name."""
    if path := os.environ.get("FIREFOX_PATH"):
        return path if os.access(path, os.X_OK) else None
    return next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


def missing_firefox() -> str:
    return "" if firefox() else "no Firefox found: install it, or set FIREFOX_PATH"


def missing_postgres() -> str:
    import psycopg

    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        return f"no PostgreSQL at {POSTGRES_URL}: {str(error).splitlines()[0]}"
    return ""


def missing_redis() -> str:
    import redis

    try:
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3) as client:
            client.ping()
    except redis.RedisError as error:
        return f"no Redis at {REDIS_URL}: {error}"
    return ""


PARTS: dict[str, Callable[[], str]] = {
    "browser": missing_browser,
    "firefox": missing_firefox,
    "postgres": missing_postgres,
    "redis": missing_redis,
}
# Where a machine cannot have it, its tests may skip unless HUB_REQUIRE names it.
OPTIONAL = {"firefox"}
MAY_SKIP = pytest.StashKey[bool]()
_reasons: dict[str, str] = {}


def missing(part: str) -> str:
    """Why the part cannot be used, or "" if it can. Looked up once a run."""
    if part not in _reasons:
        _reasons[part] = PARTS[part]()
    return _reasons[part]


def pytest_configure(config: pytest.Config) -> None:
    if unknown := REQUIRED - PARTS.keys():
        raise pytest.UsageError(f"HUB_REQUIRE names {', '.join(sorted(unknown))}; known: {', '.join(PARTS)}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for part in mark.args:
            if reason := missing(part):
                item.stash[MAY_SKIP] = part in OPTIONAL - REQUIRED
                pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    is_allowed = hasattr(report, "wasxfail") or item.stash.get(MAY_SKIP, False)
    if REQUIRED and report.skipped and not is_allowed:
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"HUB_REQUIRE={','.join(sorted(REQUIRED))}, but this test would skip: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if REQUIRED and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"HUB_REQUIRE is set, but this module would skip: {report.longrepr}"
    return report


def main(part: str) -> int:
    reason = missing(part)
    if reason:
        print(f"Not run on {part}: {reason}", file=sys.stderr)
    return (2 if part in REQUIRED else 1) if reason else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
