"""The page about oneself: preferences, tokens, what is stored; and signing in."""

import re
from typing import Any

import pytest
from django.test import Client
from knox.models import get_token_model
from rest_framework.test import APIClient

from hub.people.models import User
from tests.factories import make_user


def test_a_token_is_shown_once_works_and_can_be_deleted(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    page = client.post("/me/tokens/")
    token = page.context["new_token"]
    assert page.status_code == 201
    assert token in page.content.decode()
    assert token not in client.get("/me/").content.decode()

    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    assert program.get("/api/v1/me/").status_code == 200
    assert not get_token_model().objects.filter(digest__contains=token).exists()

    client.post(client.get("/me/").context["tokens"][0]["delete_url"])
    assert program.get("/api/v1/me/").status_code == 401


def test_nobody_deletes_anothers_token(sign_in: Any, cast: Any) -> None:
    sign_in(cast.emma).post("/me/tokens/")
    digest = get_token_model().objects.get().digest[:12]
    sign_in(cast.otto).post(f"/me/tokens/{digest}/delete/")
    assert get_token_model().objects.count() == 1


def test_a_token_answer_is_kept_by_no_cache(sign_in: Any, cast: Any) -> None:
    assert "no-store" in sign_in(cast.emma).post("/me/tokens/")["Cache-Control"]


def test_preferences_are_ones_own(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.emma)
    assert client.post("/me/", {"language": "en", "time_zone": "Europe/London"}).status_code == 302
    cast.emma.refresh_from_db()
    assert (cast.emma.language, cast.emma.time_zone) == ("en", "Europe/London")
    wrong = client.post("/me/", {"language": "tlh", "time_zone": "Mars/Olympus"})
    assert wrong.status_code == 422
    assert set(wrong.context["preferences_form"].errors) == {"language", "time_zone"}
    assert client.get("/me/")["Content-Language"] == "en"


def test_the_page_says_what_is_stored(sign_in: Any, cast: Any) -> None:
    stored = sign_in(cast.emma).get("/me/").context["stored"]
    assert len(stored) > 8


PASSWORD = "Spazierfahrt-1888"


@pytest.fixture
def person(db: None) -> User:
    return make_user("Nora", email="nora@hatpin.example", password=PASSWORD)


def test_signing_in_with_the_right_password(client: Client, person: User) -> None:
    response = client.post(
        "/sign-in/?next=/hours/", {"username": "NORA@hatpin.example", "password": PASSWORD}
    )
    assert response["Location"] == "/hours/"
    assert client.get("/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "data",
    [{"username": "nora@hatpin.example", "password": "wrong"}, {"username": "x", "password": PASSWORD}, {}],
)
def test_a_wrong_sign_in_says_one_sentence_for_all_reasons(
    data: dict[str, str], client: Client, person: User
) -> None:
    response = client.post("/sign-in/", data)
    assert response.status_code == 422
    assert not response.wsgi_request.user.is_authenticated


def test_a_leaver_cannot_sign_in(client: Client, person: User) -> None:
    person.status = User.Status.LEFT
    person.save()
    response = client.post("/sign-in/", {"username": person.email, "password": PASSWORD})
    assert response.status_code == 422


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_no_redirect_leaves_the_site(target: str, client: Client, person: User) -> None:
    response = client.post(f"/sign-in/?next={target}", {"username": person.email, "password": PASSWORD})
    assert response["Location"] == "/"
    assert client.post("/language/", {"language": "en", "next": target})["Location"] == "/"


def test_the_language_is_chosen_before_and_after_signing_in(client: Client, person: User) -> None:
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert client.get("/sign-in/")["Content-Language"] == "en"
    client.force_login(person)
    assert client.get("/")["Content-Language"] == "de"
    client.post("/language/", {"language": "en", "next": "/"})
    assert client.get("/")["Content-Language"] == "en"


def test_demo_accounts_show_only_where_the_demo_is(client: Client, person: User, cast: Any) -> None:
    assert len(client.get("/sign-in/").context["demo_accounts"]) == 10
    User.objects.update(status="left")
    assert client.get("/sign-in/").context["demo_accounts"] == []


def test_a_form_needs_its_csrf_token(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post("/me/", {"language": "en", "time_zone": "Europe/London"}).status_code == 403


def test_pages_carry_a_strict_policy_and_no_inline_code(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.farid)
    for path in ("/", "/me/", "/hours/", "/hours/new/", "/notebooks/", "/inbox/", "/api/v1/"):
        response = client.get(path)
        assert "unsafe" not in response["Content-Security-Policy"]
        html = response.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html), path
        assert not re.search(r"\sstyle=", html), path
        assert not re.search(r"\son\w+=", html), path
