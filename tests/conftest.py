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
from hub.people.models import LegalEntity, RoleGrant, Site, Team, User
from learning.notebooks import dense, indexes, vectors
from tests.databases import migrate_once

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
    """In a few statements: most tests begin with it."""
    works, uk = (
        LegalEntity.objects.get_or_create(name=name, defaults={"country": "DE"})[0]
        for name in ("Ringer Werke GmbH", "Ringer Works Ltd")
    )
    site, _made = Site.objects.get_or_create(name="Ladenburg", defaults={"country": "DE", "region": "BW"})
    names = [*dict.fromkeys(team for _mail, _first, _last, team, *_rest in CAST), "Logistik"]
    made = Team.objects.bulk_create(
        Team(name=name, site=site, legal_entity=uk if name.endswith("UK") else works) for name in names
    )
    for team in made:
        team.lineage = f"/{team.pk}/"
    Team.objects.bulk_update(made, ["lineage"])
    teams = dict(zip(names, made, strict=True))
    stranger = ("otto", "Otto", "Fremd", "Logistik", "de", False, ())
    people = {}
    for mail, first, last, team, language, is_executive, _roles in (*CAST, stranger):
        people[first.lower()] = person = User(
            email=f"{mail}@{DEMO_DOMAIN}",
            first_name=first,
            last_name=last,
            team=teams[team],
            language=language,
            is_executive=is_executive,
        )
        person.set_unusable_password()
    User.objects.bulk_create(people.values())
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=people[first.lower()],
            role=role,
            legal_entity=teams[team].legal_entity if role in RoleGrant.BOUND_TO_ENTITY else None,
        )
        for _mail, first, _last, team, _language, _is_executive, roles in CAST
        for role in roles
    )
    return SimpleNamespace(teams={name: teams[name] for name in names[:-1]}, **people)


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
