"""A tip a day: on the card, in the library and through the API; the answer has an effect and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from hub.notices.actions import set_preferences
from hub.notices.models import Notice
from hub.nudges import actions, cards
from hub.nudges.actions import record_showing
from hub.nudges.facts import people_who_tried
from hub.nudges.forgetting import forget
from hub.nudges.models import Dismissal, Nudge, Tip, TipText, local_day
from tests.factories import make_nudge_id, make_session, make_tip, make_user


@pytest.fixture
def _tips(db: None) -> None:
    for _number in range(6):
        make_tip()


def next_of(program: Any) -> dict[str, Any]:
    return program.get("/api/v1/nudges/next/").json()


@pytest.mark.usefixtures("_tips")
def test_asking_is_pure_and_explains_itself(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    first = next_of(program)
    assert first == next_of(program)
    assert first["tip"]["title"].startswith("Tipp")
    assert len(first["why"]) > 20
    assert not Nudge.objects.exists()


@pytest.mark.usefixtures("_tips")
def test_seeing_twice_is_one_row_and_keeps_the_tip(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    tip = next_of(program)
    for _twice in range(2):
        assert program.post(f"/api/v1/nudges/{tip['id']}/seen/").status_code == 200
    make_tip()
    assert next_of(program) == tip
    assert Nudge.objects.get().reason == "new"


@pytest.mark.usefixtures("_tips")
@pytest.mark.parametrize("response", ["tried", "later", "not_for_me"])
def test_an_answer_has_one_effect_and_is_taken_back(response: str, api: Any, cast: Any) -> None:
    program = api(cast.emma)
    tip = next_of(program)
    url = f"/api/v1/nudges/{tip['id']}/respond/"
    for _twice in range(2):
        body = program.post(url, {"response": response}).json()
    assert body["response"] == response
    assert Nudge.objects.count() == 1
    answered_at = Nudge.objects.get().responded_at
    program.post(url, {"response": response})
    assert Nudge.objects.get().responded_at == answered_at
    assert Dismissal.objects.exists() == (response == "not_for_me")

    assert program.post(url, {"response": "none"}).json()["response"] == ""
    assert Nudge.objects.get().responded_at is None
    assert not Dismissal.objects.exists()


@pytest.mark.usefixtures("_tips")
def test_an_answer_may_change(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    url = f"/api/v1/nudges/{next_of(program)['id']}/respond/"
    for response in ("not_for_me", "later", "tried"):
        program.post(url, {"response": response})
    assert Nudge.objects.get().response == "tried"
    assert not Dismissal.objects.exists()


@pytest.mark.usefixtures("_tips")
def test_what_one_answered_is_nobody_elses(api: Any, sign_in: Any, cast: Any) -> None:
    mine = next_of(api(cast.emma))["id"]
    stranger = api(cast.otto)
    for path in (f"/api/v1/nudges/{mine}/seen/", f"/api/v1/nudges/{mine}/respond/"):
        assert stranger.post(path, {"response": "tried"}).status_code == 404
    assert api(cast.emma).post(f"/api/v1/nudges/{mine}/seen/").status_code == 200
    assert stranger.post(f"/api/v1/nudges/{mine}/respond/", {"response": "tried"}).status_code == 404
    assert sign_in(cast.otto).post(f"/nudges/{mine}/respond/", {"response": "tried"}).status_code == 404
    assert stranger.post(f"/api/v1/nudges/{uuid4()}/seen/").status_code == 404
    assert Nudge.objects.get().response == ""


@pytest.mark.usefixtures("_tips")
@pytest.mark.parametrize("body", [{}, {"response": "great"}, {"response": ["tried"]}, {"response": ""}, []])
def test_a_wrong_answer_is_refused_in_a_sentence(body: Any, api: Any, cast: Any) -> None:
    program = api(cast.emma)
    refused = program.post(f"/api/v1/nudges/{next_of(program)['id']}/respond/", body)
    assert refused.status_code == 400
    assert refused.json()["errors"]["response"]
    assert not Nudge.objects.exists()


def test_without_tips_the_reason_is_still_told(api: Any, cast: Any) -> None:
    body = next_of(api(cast.emma))
    assert (body["id"], body["tip"]) == (None, None)
    assert body["why"]


@pytest.mark.usefixtures("_tips")
def test_a_context_narrows_to_a_tool(api: Any, cast: Any) -> None:
    wanted = make_tip(tool="tables")
    program = api(cast.emma)
    assert program.get("/api/v1/nudges/next/?context=tables").json()["tip"]["id"] == str(wanted.pk)
    assert program.get("/api/v1/nudges/next/?context=%00<x>").status_code == 200


@pytest.mark.usefixtures("_tips")
def test_a_page_open_over_midnight_still_takes_its_answer(api: Any, cast: Any) -> None:
    now = timezone.now()
    tip = Tip.objects.first()
    yesterday = make_nudge_id(cast.emma, tip, now - timedelta(days=1))
    assert (
        api(cast.emma).post(f"/api/v1/nudges/{yesterday}/respond/", {"response": "tried"}).status_code == 200
    )
    assert Nudge.objects.get().shown_on == local_day(cast.emma, now) - timedelta(days=1)
    older = make_nudge_id(cast.emma, tip, now - timedelta(days=2))
    assert api(cast.emma).post(f"/api/v1/nudges/{older}/seen/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_clicks_at_once_are_one_answer() -> None:
    person, tip = make_user("Emma"), make_tip()
    card = cards.library_card(person, tip, timezone.now())

    def click(_number: int) -> None:
        try:
            actions.respond(user=person, card=card, response="not_for_me")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(click, range(16)))
    assert (Nudge.objects.count(), Dismissal.objects.count()) == (1, 1)


@pytest.mark.usefixtures("_tips")
def test_the_card_is_answered_with_and_without_javascript(sign_in: Any, cast: Any) -> None:
    card = cards.card_for(cast.emma, timezone.now())
    client = sign_in(cast.emma)
    plain = client.post(f"/nudges/{card.id}/respond/", {"response": "later"})
    assert (plain.status_code, plain["Location"]) == (302, "/#tip")
    swapped = client.post(
        f"/nudges/{card.id}/respond/", {"response": "tried"}, headers={"HX-Request": "true"}
    )
    html = swapped.content.decode()
    assert swapped.status_code == 200
    assert "<html" not in html
    assert 'value="none"' in html
    assert client.post(f"/nudges/{card.id}/seen/").status_code == 204
    assert client.post(f"/nudges/{card.id}/respond/", {"response": "?"}).status_code == 422
    assert cards.card_for(cast.emma, timezone.now()).response == "tried"


@pytest.mark.usefixtures("_tips")
def test_who_wants_no_tip_on_today_has_none(cast: Any) -> None:
    assert cards.card_for(cast.emma, timezone.now())
    set_preferences(user=cast.emma, changes={"tips_on_today": False})
    assert cards.card_for(cast.emma, timezone.now()) is None


@pytest.mark.usefixtures("_tips")
def test_no_tip_comes_while_ones_hour_runs(api: Any, sign_in: Any, cast: Any) -> None:
    now = timezone.now()
    make_session(cast.farid, starts_at=now - timedelta(minutes=5), team=cast.emma.team)
    make_session(cast.farid, starts_at=now - timedelta(minutes=5), status="cancelled", team=cast.otto.team)
    make_session(cast.farid, starts_at=now + timedelta(minutes=5), team=cast.otto.team)
    make_session(cast.farid, starts_at=now - timedelta(hours=2), team=cast.otto.team)
    for address in ("/api/v1/nudges/next/", "/api/v1/nudges/next/?context=today"):
        none = api(cast.emma).get(address).json()
        assert (none["id"], none["tip"]) == (None, None)
        assert "Die Stunde läuft gerade" in none["why"]
        assert api(cast.otto).get(address).json()["tip"]
    for person, is_there in ((cast.emma, False), (cast.otto, True)):
        page = sign_in(person).get("/").content.decode()
        assert ('id="tip"' in page, "/respond/" in page) == (is_there, is_there)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert next_of(api(cast.emma))["tip"]
        assert cards.card_for(cast.emma, timezone.now())


# --- The library ----------------------------------------------------------------------------------
def titles(response: Any) -> list[str]:
    return [entry.text.title for entry in response.context["page"]]


def test_the_library_is_searched_and_filtered(api: Any, sign_in: Any, cast: Any) -> None:
    make_tip("Untertitel an", tool="meetings")
    tables, mail = make_tip("Frag die Tabelle", tool="tables"), make_tip("Freundliche Mail", tool="mail")
    client = sign_in(cast.emma)
    assert len(titles(client.get("/tips/"))) == 3
    assert titles(client.get("/tips/?q=TABELLE frag")) == ["Frag die Tabelle"]
    assert titles(client.get("/tips/?tool=mail")) == ["Freundliche Mail"]
    assert titles(client.get("/tips/?tool=nonsense&mine=%00")) == titles(client.get("/tips/"))
    assert titles(client.get("/tips/?q=Quastenflosser")) == []

    client.post(f"/tips/{tables.pk}/answer/", {"response": "tried"})
    client.post(f"/tips/{mail.pk}/answer/", {"response": "not_for_me"})
    assert titles(client.get("/tips/?mine=tried")) == ["Frag die Tabelle"]
    assert titles(client.get("/tips/?mine=aside")) == ["Freundliche Mail"]
    body = api(cast.emma).get("/api/v1/tips/?mine=aside").json()
    assert (body["count"], body["results"][0]["mine"]) == (1, "aside")
    assert titles(sign_in(cast.otto).get("/tips/?mine=tried")) == []


def test_not_for_me_is_reversed_by_show_me_again(sign_in: Any, cast: Any) -> None:
    tip = make_tip()
    client = sign_in(cast.emma)
    client.post(f"/tips/{tip.pk}/answer/", {"response": "not_for_me"})
    Nudge.objects.all().delete()
    page = client.get(f"/tips/{tip.pk}/")
    assert page.context["card"].response == "not_for_me"
    assert cards.card_for(cast.emma, timezone.now()) is None
    client.post(f"/tips/{tip.pk}/answer/", {"response": "none"})
    assert not Dismissal.objects.exists()
    assert cards.card_for(cast.emma, timezone.now()).tip == tip


def test_a_retired_tip_is_gone_everywhere(api: Any, sign_in: Any, cast: Any) -> None:
    tip = make_tip(is_active=False)
    assert sign_in(cast.emma).get(f"/tips/{tip.pk}/").status_code == 404
    assert api(cast.emma).get(f"/api/v1/tips/{tip.pk}/").status_code == 404
    own = make_nudge_id(cast.emma, tip)
    assert api(cast.emma).post(f"/api/v1/nudges/{own}/seen/").status_code == 404


def test_the_api_says_where_a_tip_of_the_library_is_answered(api: Any, cast: Any) -> None:
    tip = make_tip()
    program = api(cast.emma)
    entry = program.get(f"/api/v1/tips/{tip.pk}/").json()
    assert program.post(f"/api/v1/nudges/{entry['nudge']}/respond/", {"response": "later"}).status_code == 200
    assert program.get(f"/api/v1/tips/{tip.pk}/").json()["mine"] == "later"


def test_a_longer_library_asks_no_more_of_the_database(api: Any, sign_in: Any, cast: Any) -> None:
    client, program = sign_in(cast.emma), api(cast.emma)
    counts = set()
    for number in (3, 25):
        while Tip.objects.count() < number:
            make_tip()
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/tips/").context["page"]) == number
            assert program.get("/api/v1/tips/").json()["count"] == number
            assert program.get("/api/v1/nudges/next/").json()["id"]
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_tip_without_a_translation_says_which_language_it_is(api: Any, sign_in: Any, cast: Any) -> None:
    tip = make_tip("Nur auf Deutsch", languages=("de",))
    page = sign_in(cast.ada).get(f"/tips/{tip.pk}/").content.decode()
    assert '<h1 id="tip-title" lang="de">Nur auf Deutsch</h1>' in page
    assert api(cast.ada).get(f"/api/v1/tips/{tip.pk}/").json()["language"] == "de"
    make_tip("Ohne Worte", languages=())
    assert api(cast.ada).get("/api/v1/tips/").json()["count"] == 1
    make_tip("Ohne Worte", languages=())
    assert api(cast.ada).get("/api/v1/nudges/next/").json()["tip"]["title"] == "Nur auf Deutsch"


def test_markup_in_a_tip_stays_text(sign_in: Any, cast: Any) -> None:
    tip = make_tip("<script>alert(1)</script>")
    TipText.objects.update(body="<img src=x onerror=alert(1)>", steps=["<b>fett</b>"])
    for path in ("/tips/", f"/tips/{tip.pk}/"):
        html = sign_in(cast.emma).get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>fett" not in html


# --- Figures for the reports ------------------------------------------------------------------------
def test_who_tried_is_counted_once_a_tip_and_within_the_time(cast: Any) -> None:
    now = timezone.now()
    one, two = make_tip(), make_tip()
    for tip, day in ((one, 1), (one, 2), (two, 2)):
        at = now - timedelta(days=day)
        card = cards.library_card(cast.emma, tip, at)
        actions.respond(user=cast.emma, card=card, response="tried", now=at)
    actions.respond(user=cast.otto, card=cards.library_card(cast.otto, one, now), response="later", now=now)
    assert people_who_tried(now - timedelta(days=7), now) == {cast.emma.pk: 2}
    assert people_who_tried(now - timedelta(days=1, hours=12), now) == {cast.emma.pk: 1}
    cast.emma.status = "left"
    cast.emma.save()
    assert people_who_tried(now - timedelta(days=7), now) == {}


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    for reason in cards.REASONS.values():
        with translation.override("en"):
            assert str(reason).endswith(".")


def test_today_says_why_no_tip_is_there_while_the_hour_runs(sign_in: Any, cast: Any) -> None:
    make_tip("Lies gegen")
    session = make_session(cast.farid)
    client = sign_in(cast.emma)
    assert "Die Stunde läuft gerade. Der nächste Tipp" in client.get("/").content.decode()
    session.delete()
    page = client.get("/").content.decode()
    assert "Der nächste Tipp kommt danach" not in page
    assert "Lies gegen" in page


def test_its_page_says_why_it_came_which_way_and_what_is_kept(cast: Any, sign_in: Any) -> None:
    tip, now = make_tip(), timezone.now()
    at = now - timedelta(days=3)
    record_showing(user=cast.ada, tip=tip, day=at.date(), source="mail", reason="mail", now=at)
    record_showing(user=cast.otto, tip=tip, day=at.date(), source="slack", reason="slack", now=at)
    page = sign_in(cast.ada).get(f"/tips/{tip.pk}/").content.decode()
    why = page[page.index('id="why"') :]
    assert "by mail. You asked for a tip now and then by mail" in why
    assert "Slack" not in why
    assert 'href="/me/#stored"' in why


def test_a_tip_in_the_inbox_says_why_and_goes_after_twelve_weeks(cast: Any, sign_in: Any) -> None:
    tip, now = make_tip(), timezone.now()
    for kind, path in (("tip", f"/tips/{tip.pk}/"), ("session_moved", "/hours/")):
        facts = {"title": "X"}
        Notice.objects.create(user=cast.emma, kind=kind, facts=facts, path=path, dedupe_key=kind)
    page = sign_in(cast.emma).get("/inbox/").content.decode()
    assert page.count("#why") == 1
    assert f'href="/tips/{tip.pk}/#why"' in page
    assert forget(now + timedelta(days=83)) == 0
    assert forget(now + timedelta(days=85)) == 1
    assert Notice.objects.get().kind == "session_moved"
