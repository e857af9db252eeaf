"""Browser sessions, read together with whose they are: one statement instead of four on every request."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from hub.people.access import remember_roles
from hub.people.models import BrowserSession, RoleGrant, Team, User


class SessionStore(DatabaseStore):
    """Django's own store on a table that knows the person: `person`, read with it, with team and roles."""

    person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        row = super().create_model_instance(data)
        row.user_id = data.get("_auth_user_id")
        return row

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_statement(), [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, roles, *values = row
        self.person = _person(values, roles)
        return self.decode(data)


def _person(values: list[Any], roles: str | None) -> User | None:
    """From the columns of both tables, as `_statement` lists them, and the roles."""
    if values[0] is None:
        return None
    for place, convert in _converters():
        values[place] = convert(values[place])
    split = len(_names(User))
    person = User.from_db(connection.alias, _names(User), values[:split])
    if person.team_id is not None:
        person.team = Team.from_db(connection.alias, _names(Team), values[split:])
    remember_roles(person, roles.split(",") if roles else [])
    return person


@cache
def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _converters() -> list[tuple[int, Callable[[Any], Any]]]:
    """(place in the row, what makes a column's value Python's), where a database needs that."""
    found = []
    columns = [field.get_col("") for model in (User, Team) for field in model._meta.concrete_fields]
    for place, column in enumerate(columns):
        for convert in connection.ops.get_db_converters(column) + column.get_db_converters(connection):
            found.append((place, partial(convert, expression=column, connection=connection)))
    return found


@cache
def _statement() -> str:
    """Written once: making it anew by the ORM takes three times as long as running it."""
    quote = connection.ops.quote_name
    columns = ", ".join(
        f"{alias}.{quote(field.column)}"
        for alias, model in (("person", User), ("team", Team))
        for field in model._meta.concrete_fields
    )
    sessions, users, teams, grants = (
        quote(model._meta.db_table) for model in (BrowserSession, User, Team, RoleGrant)
    )
    joined = {"postgresql": "string_agg(role, ',')", "sqlite": "group_concat(role, ',')"}[connection.vendor]
    # Names of tables and columns only; which session it is, is a parameter.
    return (
        f"SELECT stored.session_data, (SELECT {joined} FROM {grants} WHERE user_id = person.id), {columns} "
        f"FROM {sessions} stored "
        f"LEFT JOIN {users} person ON person.id = stored.user_id LEFT JOIN {teams} team "
        "ON team.id = person.team_id WHERE stored.session_key = %s AND stored.expire_date > %s"
    )
