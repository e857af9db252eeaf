"""Migrating takes longer than most modules of tests: a database that has been migrated once is copied from then on.

The copy belongs to the migrations as they are: where one changes, it is made anew. On SQLite it is a file in pytest's
cache; on PostgreSQL a database `hatpin_migrated_…` of the server, of which the newest four stay.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "hatpin_migrated_"
KEPT = 4  # branches with migrations of their own
READ_BY_MIGRATIONS = ("hub/audit/append_only.py", "hub/people/zones.py", "requirements.txt")


def fingerprint() -> str:
    """Of every migration of every app, and of what they read."""
    digest = hashlib.sha256()
    files = [settings.BASE_DIR / name for name in READ_BY_MIGRATIONS]
    for app in apps.get_app_configs():
        files += sorted(Path(app.path).glob("migrations/*.py"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


class Copy(Protocol):
    """A migrated database that nobody tests with."""

    def exists(self) -> bool: ...

    def use(self) -> None:
        """Have the next test database begin as the copy."""

    def keep(self) -> None:
        """Make the copy of the test database that has just been migrated."""


class FileCopy:
    def __init__(self, connection: BaseDatabaseWrapper, folder: Path) -> None:
        self.connection, self.folder = connection, folder
        self.path = folder / f"{PREFIX}{fingerprint()}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def use(self) -> None:
        creation = self.connection.creation
        make = creation._create_test_db

        def make_and_fill(*arguments: Any, **options: Any) -> str:
            name = make(*arguments, **options)
            shutil.copyfile(self.path, name)
            return name

        creation._create_test_db = make_and_fill

    def keep(self) -> None:
        for old in self.folder.glob(f"{PREFIX}*.sqlite3"):
            old.unlink()
        half = self.path.with_suffix(".half")
        self.connection.ensure_connection()
        target = sqlite3.connect(half)
        self.connection.connection.backup(target)
        target.close()
        half.replace(self.path)


class ServerCopy:
    def __init__(self, connection: BaseDatabaseWrapper, folder: Path) -> None:
        self.connection = connection
        self.name = PREFIX + fingerprint()

    def exists(self) -> bool:
        return self.name in self._copies()

    def use(self) -> None:
        self.connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def keep(self) -> None:
        tested = self.connection.settings_dict["NAME"]
        self.connection.close()
        self.connection.close_pool()
        with self.connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{tested}"')
            for old in self._copies()[:-KEPT]:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')

    def _copies(self) -> list[str]:
        """The oldest first."""
        with self.connection.creation._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid",
                [PREFIX.replace("_", r"\_") + "%"],
            )
            return [name for (name,) in cursor.fetchall()]


COPIES: dict[str, Callable[[BaseDatabaseWrapper, Path], Copy]] = {
    "sqlite": FileCopy,
    "postgresql": ServerCopy,
}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time migrates; the others wait for its copy."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate_once(connection: BaseDatabaseWrapper, folder: Path) -> None:
    """Have the connection's test database made from a copy, or make the copy of it."""
    creation = connection.creation
    make = creation.create_test_db

    def make_from_copy(*arguments: Any, **options: Any) -> str:
        with alone(folder):
            copy = COPIES[connection.vendor](connection, folder)
            is_there = copy.exists()
            if is_there:
                copy.use()
            name = make(*arguments, **options)
            if not is_there:
                copy.keep()
            return name

    creation.create_test_db = make_from_copy
