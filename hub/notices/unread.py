"""How much is unread, asked on every page: one statement, written once, that never counts further than is said."""

from functools import cache

from django.db import connection

from hub.notices.models import Notice
from hub.people.models import User

MOST = 100  # from here on pages say "99+"


def unread_of(user: User) -> int:
    """At most `MOST`."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [user.pk, MOST])
        return cursor.fetchone()[0]


@cache
def _statement() -> str:
    # The name of a table only; whose notices they are is a parameter.
    table = connection.ops.quote_name(Notice._meta.db_table)
    return (
        f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE user_id = %s AND read_at IS NULL LIMIT %s) unread"
    )
