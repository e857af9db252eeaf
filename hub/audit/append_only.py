"""Triggers that keep append-only tables so for everything that speaks SQL, not only for the ORM."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION hatpin_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME; END $$
"""


def _create(table: str) -> Callable[[Any, Any], None]:
    def create(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRES_FUNCTION, params=None)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION hatpin_only_added()"
            )
        elif schema_editor.connection.vendor == "sqlite":
            # No trigger on DELETE: on SQLite emptying a table is a DELETE, and a restore must be able to.
            schema_editor.execute(
                f"CREATE TRIGGER {table}_only_added BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
            )

    return create


def _drop(table: str) -> Callable[[Any, Any], None]:
    def drop(apps: Any, schema_editor: Any) -> None:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_only_added{on}")

    return drop


def only_added(*tables: str) -> list[migrations.RunPython]:
    """Migration operations, one a table."""
    return [migrations.RunPython(_create(table), _drop(table)) for table in tables]
