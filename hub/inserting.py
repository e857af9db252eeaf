"""Inserting a row that may be there already."""

from functools import cache

from django.db import connection, models


def insert_once(row: models.Model) -> bool:
    """Insert the row; False where a unique constraint has its twin, which another request may have just written.

    One statement, written once for each model, that breaks no transaction around it; it sends no signals.
    """
    fields, statement = _statement(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        inserted = cursor.fetchone()
    if inserted is None:
        return False
    row.pk = row._meta.pk.to_python(inserted[0])
    row._state.adding, row._state.db = False, connection.alias
    return True


@cache
def _statement(model: type[models.Model]) -> tuple[list[models.Field], str]:
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join("%s" for _field in fields)
    # Names of the model's table and columns only; what is inserted are parameters.
    return fields, (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places}) "
        f"ON CONFLICT DO NOTHING RETURNING {quote(model._meta.pk.column)}"
    )
