"""Signing in: guessing stops, and a changed password ends other sessions."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from hub.audit.models import AuditEntry
from hub.people.models import User
from hub.retention import purge_expired
from tests.factories import make_user

PASSWORD = "Spazierfahrt-1888"


@pytest.fixture
def person(db: None) -> User:
    return make_user("Nora", email="nora@hatpin.example", password=PASSWORD)


def sign_in(client: Client, password: str, email: str = "nora@hatpin.example") -> int:
    return client.post("/sign-in/", {"username": email, "password": password}).status_code


def test_guessing_a_password_stops(client: Client, person: User) -> None:
    assert [sign_in(client, "wrong") for _attempt in range(9)] == [422] * 9
    assert sign_in(client, "wrong") == 429
    assert sign_in(client, PASSWORD) == 429


def test_another_spelling_is_the_same_account(client: Client, person: User) -> None:
    spellings = ["nora@hatpin.example", "NORA@hatpin.example", " Nora@Hatpin.Example "]
    statuses = [sign_in(client, "wrong", spellings[attempt % 3]) for attempt in range(10)]
    assert statuses == [422] * 9 + [429]
    assert sign_in(client, PASSWORD, "nOra@hatpin.example") == 429


def test_others_are_not_locked_out(client: Client, person: User) -> None:
    make_user("Otto", email="otto@hatpin.example", password=PASSWORD)
    for _attempt in range(12):
        sign_in(client, "wrong")
    assert sign_in(client, PASSWORD, "otto@hatpin.example") == 302


def test_a_right_password_forgets_the_wrong_ones(client: Client, person: User) -> None:
    for _round in range(3):
        for _attempt in range(5):
            sign_in(client, "wrong")
        assert sign_in(client, PASSWORD) == 302
        client.post("/sign-out/")


def test_attempts_are_kept_for_a_day(client: Client, person: User) -> None:
    sign_in(client, "wrong")
    assert AccessAttempt.objects.exists()
    purge_expired(timezone.now() + timedelta(days=2))
    assert not AccessAttempt.objects.exists()


def test_a_changed_password_ends_other_sessions(person: User) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        assert sign_in(client, PASSWORD) == 302
    new = "Wieslocher-Apotheke"
    body = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/me/password/", body)["Location"] == "/me/"

    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert sign_in(Client(), PASSWORD) == 422
    assert AuditEntry.objects.get().action == "password.changed"


@pytest.mark.parametrize(
    "body",
    [
        {
            "old_password": "wrong",
            "new_password1": "Wieslocher-Apotheke",
            "new_password2": "Wieslocher-Apotheke",
        },
        {"old_password": PASSWORD, "new_password1": "kurz", "new_password2": "kurz"},
        {"old_password": PASSWORD, "new_password1": "Wieslocher-Apotheke", "new_password2": "anders"},
    ],
    ids=["wrong old one", "too short", "not the same"],
)
def test_a_bad_new_password_gets_a_sentence(body: dict[str, str], client: Client, person: User) -> None:
    client.force_login(person)
    response = client.post("/me/password/", body)
    assert response.status_code == 422
    assert response.context["form"].errors
