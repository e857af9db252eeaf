"""Ending a kind of mail by its link: looking changes nothing, one post does, nobody needs to sign in."""

from typing import Any

import pytest
from django.test import Client

from hub.notices.actions import set_preferences
from hub.notices.models import Preference
from hub.notices.unsubscribe import unsubscribe_path


@pytest.fixture
def link(cast: Any) -> str:
    set_preferences(user=cast.ada, changes={"tips_by_mail": True})
    return unsubscribe_path(cast.ada, "tips")


def test_a_program_that_checks_links_changes_nothing(link: str, client: Client, cast: Any) -> None:
    page = client.get(link, headers={"Accept-Language": "de"})
    assert page.status_code == 200
    assert page["Content-Language"] == "en"
    assert "No more tips by mail?" in page.content.decode()
    assert client.head(link).status_code == 200
    assert Preference.objects.get(user=cast.ada).tips_by_mail


def test_one_click_without_signing_in_ends_it(link: str, cast: Any) -> None:
    mail_program = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        answer = mail_program.post(
            link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
    saved = Preference.objects.get(user=cast.ada)
    assert (saved.tips_by_mail, saved.own_by_mail) == (False, True)


def test_the_other_kind_has_a_link_of_its_own(link: str, client: Client, cast: Any) -> None:
    client.post(unsubscribe_path(cast.ada, "own"))
    saved = Preference.objects.get(user=cast.ada)
    assert (saved.tips_by_mail, saved.own_by_mail) == (True, False)


def test_the_link_names_nobody(link: str, cast: Any) -> None:
    for told in (
        cast.ada.email,
        "ada",
        str(cast.ada.pk) + "/",
        str(cast.ada.subject_key),
        cast.ada.subject_key.hex,
    ):
        assert told not in link.lower()


@pytest.mark.parametrize("damage", ["short", "topic", "signature", "nonsense"])
def test_a_damaged_link_is_told_so_and_does_nothing(
    damage: str, link: str, client: Client, cast: Any
) -> None:
    token = link.split("/")[2]
    damaged = {
        "short": token[:20],
        "topic": token.replace("-tips.", "-own."),
        "signature": token[:-2] + "xx",
        "nonsense": "%00.%2e%2e",
    }[damage]
    for method in (client.get, client.post):
        answer = method(f"/unsubscribe/{damaged}/", headers={"Accept-Language": "en"})
        assert answer.status_code == 404
        assert "nothing was changed" in answer.content.decode()
    saved = Preference.objects.get(user=cast.ada)
    assert (saved.tips_by_mail, saved.own_by_mail) == (True, True)


def test_the_link_of_a_person_who_is_gone_is_no_error(link: str, client: Client, cast: Any) -> None:
    Preference.objects.all().delete()
    assert client.post(link).status_code == 404
