"""The standings' page lies in the cache with its frame: nothing of one reader reaches another."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from challenges.contests.models import Challenge
from challenges.sealed.deciding import decide
from challenges.sealed.revealing import reveal
from hub.notices.actions import notify
from hub.notices.unread import MOST
from tests.factories import close, make_challenge, make_claim, make_entry, make_process

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
MARK = re.compile(r"[0-9a-f]{64}")


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    for who, steps in ((cast.emma, 2), (cast.bertha, 1)):
        entry = make_entry(bet, who, make_process(who, title=f"Prozess {who.first_name}"))
        for position in range(steps):
            decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    return reveal(challenge=close(bet), referee=cast.ruth)


def page_of(bet: Challenge) -> str:
    return f"/challenges/{bet.pk}/standings/"


def test_each_reader_gets_their_own_frame(bet: Challenge, cast: SimpleNamespace, sign_in: Any) -> None:
    clients = {name: sign_in(getattr(cast, name)) for name in ("emma", "bertha", "otto", "hanna")}
    pages = {name: client.get(page_of(bet)).content.decode() for name, client in clients.items()}
    again = {name: client.get(page_of(bet)).content.decode() for name, client in clients.items()}
    for name, html in again.items():
        tokens = set(TOKEN.findall(html))
        assert len(tokens) == 1, "one token in all forms, as Django gives it to a request"
        assert not MARK.search(html), f"a mark stayed in {name}'s page"
        assert tokens.isdisjoint(TOKEN.findall(pages[name])), "masked anew for each answer"
        for other in pages.keys() - {name}:
            assert tokens.isdisjoint(TOKEN.findall(again[other]))
    for name in ("emma", "bertha"):
        own = again[name].split('id="own"')[1].split("</section>")[0]
        assert getattr(cast, name).last_name in own
    assert 'id="own"' not in again["otto"]
    assert "/adoption/" in again["hanna"]
    assert '"/adoption/"' not in again["otto"]
    # The token that stands in a kept page is taken.
    token = TOKEN.search(again["otto"])[1]
    client = clients["otto"]
    client.handler.enforce_csrf_checks = True
    answer = client.post("/language/", {"language": "en", "next": page_of(bet), "csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_language_unread_and_messages_are_the_readers(
    bet: Challenge, cast: SimpleNamespace, sign_in: Any
) -> None:
    otto, hanna = sign_in(cast.otto), sign_in(cast.hanna)
    assert "1 ungelesen" not in otto.get(page_of(bet)).content.decode()
    notify(user=cast.otto, kind="challenge_final", dedupe_key="x", facts={"title": "Wette"}, path="/")
    assert "1 ungelesen" in otto.get(page_of(bet)).content.decode()
    assert "ungelesen" not in hanna.get(page_of(bet)).content.decode()
    for number in range(MOST + 5):
        notify(
            user=cast.otto, kind="challenge_final", dedupe_key=f"x{number}", facts={"title": "W"}, path="/"
        )
    assert "99+" in otto.get(page_of(bet)).content.decode()
    otto.post("/language/", {"language": "en", "next": page_of(bet)})
    changed = otto.get(page_of(bet)).content.decode()
    assert '<html lang="en">' in changed
    assert "Standings" in changed
    quiet = {"weekly_cap": "3", "quiet_from": "18:00", "quiet_to": "08:00", "working_days": ["0", "1"]}
    quiet |= {"mail_rhythm": "single", "digest_weekday": "0", "cards_at": "09:00"}
    assert otto.post("/me/notices/", quiet).status_code == 302
    assert "Saved." in otto.get(page_of(bet)).content.decode(), "what is said once is said here"
    assert "Saved." not in otto.get(page_of(bet)).content.decode()
    assert '<html lang="de">' in hanna.get(page_of(bet)).content.decode()


def test_the_address_in_the_form_is_that_of_the_request(
    bet: Challenge, cast: SimpleNamespace, sign_in: Any
) -> None:
    client = sign_in(cast.otto)
    for query in ("", "?page=1&x=%22%3E%3Cb%3E", "?page=1"):
        html = client.get(page_of(bet) + query).content.decode()
        wanted = (page_of(bet) + query).replace("&", "&amp;")
        assert f'name="next" value="{wanted}"' in html


def test_two_queries_once_it_is_kept_however_many_take_part(
    bet: Challenge, cast: SimpleNamespace, sign_in: Any, django_assert_num_queries: Any
) -> None:
    client = sign_in(cast.otto)
    client.get(page_of(bet))
    with django_assert_num_queries(2):  # the session with its person, what is unread
        client.get(page_of(bet))


def test_a_change_shows_at_once(bet: Challenge, cast: SimpleNamespace, sign_in: Any) -> None:
    client = sign_in(cast.otto)
    assert bet.title in client.get(page_of(bet)).content.decode()
    bet.title = "Neuer Titel"
    bet.save(update_fields=["title"])
    assert "Neuer Titel" in client.get(f"{page_of(bet)}?page=2").content.decode()


def test_a_sealed_bet_is_never_kept(cast: SimpleNamespace, sign_in: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    client = sign_in(cast.otto)
    assert "versiegelt" in client.get(page_of(bet)).content.decode()
    draft = make_challenge(cast.farid, referees=(cast.ruth,))
    Challenge.objects.filter(pk=draft.pk).update(status=Challenge.Status.DRAFT)
    assert client.get(page_of(draft)).status_code == 404
