"""Inserting a row that may be there already."""

from contextlib import nullcontext

from django.db import IntegrityError, connection, models, transaction


def insert_once(row: models.Model) -> bool:
    """Insert the row; False where a unique constraint has its twin, which another request may have just written.

    Outside a transaction the statement is its own, which spares BEGIN and COMMIT; inside, a savepoint keeps the rest.
    """
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
