"""A browser's session and whose it is are read in one statement, and end together."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from hub.people.models import BrowserSession, User
from hub.people.sessions import SessionStore


def stored(client: Client) -> BrowserSession:
    return BrowserSession.objects.get(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_session_and_person_with_team_take_one_statement(
    cast: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    key = stored(sign_in(cast.emma)).session_key
    SessionStore(key).load()
    with django_assert_num_queries(1):
        session = SessionStore(key)
        assert session[SESSION_KEY] == str(cast.emma.pk)
        person = session.person
        assert person is not None
        assert person.team == cast.emma.team
    for field in User._meta.concrete_fields:
        assert getattr(person, field.attname) == getattr(cast.emma, field.attname), field.name
    cast.emma.team = None
    cast.emma.save()
    alone = SessionStore(key)
    alone.load()
    assert alone.person is not None
    assert alone.person.team is None


def test_an_expired_session_is_nobodys(cast: Any, sign_in: Any) -> None:
    client = sign_in(cast.emma)
    assert client.get("/me/").status_code == 200
    BrowserSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/me/")["Location"].startswith("/sign-in/")


def test_sessions_of_others_and_invented_keys_open_nothing(cast: Any, client: Client) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert client.get("/me/")["Location"].startswith("/sign-in/")
    visitor = SessionStore()
    visitor["seen"] = "yes"
    visitor.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = visitor.session_key
    assert BrowserSession.objects.get().user is None
    assert client.get("/me/")["Location"].startswith("/sign-in/")


def test_a_row_that_names_another_person_lets_nobody_in_as_them(cast: Any, sign_in: Any) -> None:
    """The signed data says who it is; the column only says whom to read along."""
    client = sign_in(cast.emma)
    BrowserSession.objects.update(user=cast.farid)
    assert client.get("/me/").context["user"] == cast.emma


def test_leavers_changed_passwords_and_deleted_people_are_out_at_once(cast: Any, sign_in: Any) -> None:
    for person, end in (
        (cast.emma, lambda: User.objects.filter(pk=cast.emma.pk).update(status=User.Status.LEFT)),
        (cast.otto, lambda: User.objects.filter(pk=cast.otto.pk).update(password="!changed")),
        (cast.hanna, lambda: cast.hanna.delete()),
    ):
        client = sign_in(person)
        assert client.get("/me/").status_code == 200
        end()
        assert client.get("/me/")["Location"].startswith("/sign-in/")
    assert not BrowserSession.objects.filter(user=cast.hanna.pk).exists()


def test_signing_in_names_the_person_and_signing_out_ends_the_row(cast: Any, client: Client) -> None:
    cast.emma.set_password("a long enough one")
    cast.emma.save()
    client.post("/sign-in/", {"username": cast.emma.email, "password": "a long enough one"})
    assert stored(client).user == cast.emma
    client.post("/sign-out/")
    assert not BrowserSession.objects.exists()
