"""The cast of the demo company, for every test: Emma works, Farid facilitates, Bertha and Carl lead, Hanna is HR,
Walter is on the works council, Ada administrates, Ruth is referee; Otto works in another team and is the stranger."""

import gc
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from hub.demo.company import CAST
from hub.nudges import outcomes
from hub.people.demo import DEMO_DOMAIN
from hub.people.models import User
from learning.notebooks import dense, indexes, vectors
from tests.databases import migrate_once
from tests.factories import make_team, make_user

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """What is loaded by now stays to the end: looking through it for garbage took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


DATABASE = {"db", "transactional_db", "live_server", "_django_db_helper"}


def asks_a_database(item: pytest.Item) -> bool:
    return bool(DATABASE.intersection(getattr(item, "fixturenames", ()))) or bool(
        item.get_closest_marker("django_db")
    )


def differs_by_database(item: pytest.Item) -> bool:
    return asks_a_database(item) and not item.get_closest_marker("one_database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest tests first: with several workers none is left alone with one at the end.

    On PostgreSQL only what asks the database: the rest has run a moment ago and cannot come out differently. Nor can
    what is marked `one_database`, which is long.
    """
    if connection.vendor == "postgresql":
        again = [item for item in items if differs_by_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not differs_by_database(item)])
        items[:] = again
    items.sort(key=lambda item: "seal" not in item.path.parts)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, request: pytest.FixtureRequest) -> None:
    migrate_once(connection, request.config.cache.mkdir("databases"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A process that a test killed may hold its connection a moment longer than the database is to live."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Each test has a database of its own, in which ids come again: no index, count or limit of another one holds."""
    for memory in (indexes, vectors, dense):
        memory.forget_all()
    outcomes.forget()
    cache.clear()


@pytest.fixture
def data_folder() -> Path:
    """The folder of real third-party files beside the checkout."""
    if not DATA.is_dir():
        pytest.skip(f"no test data at {DATA.parent.name}/{DATA.name} beside the checkout")
    return DATA


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    teams: dict[str, Any] = {}
    people: dict[str, User] = {}
    for mail, first, last, team, language, is_executive, roles in CAST:
        if team not in teams:
            entity = "Ringer Works Ltd" if team.endswith("UK") else "Ringer Werke GmbH"
            teams[team] = make_team(team, entity=entity)
        people[first.lower()] = make_user(
            first,
            last_name=last,
            email=f"{mail}@{DEMO_DOMAIN}",
            team=teams[team],
            language=language,
            is_executive=is_executive,
            roles=tuple(roles),
        )
    people["otto"] = make_user(
        "Otto", last_name="Fremd", email=f"otto@{DEMO_DOMAIN}", team=make_team("Logistik")
    )
    return SimpleNamespace(teams=teams, **people)


class SignedIn(Client):
    user: User


@pytest.fixture
def sign_in(db: None) -> Any:
    """`sign_in(user)` gives a browser-like client of that person."""

    def factory(user: User) -> SignedIn:
        client = SignedIn()
        client.force_login(user)
        client.user = user
        return client

    return factory


@pytest.fixture
def api(db: None) -> Any:
    """`api(user)` gives a program with a real token of that person; `api(None)` one without."""
    from hub.people.tokens import create_token

    def factory(user: User | None) -> APIClient:
        client = APIClient()
        if user:
            client.credentials(HTTP_AUTHORIZATION=f"Token {create_token(user=user)}")
        return client

    return factory
