"""Hatpins in the library: who finds a workaround and from when, how they are searched, and kudos for them."""

import importlib
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.notices.models import Delivery, Notice
from hub.stories import actions, pinning
from hub.stories.found_pins import found_pins_for
from hub.stories.library import library_for
from hub.stories.models import Hatpin, HatpinKudos, HatpinReply, Story
from learning.hours.models import StudySession
from learning.hours.room_pins import place_of
from tests.factories import make_session, make_story


def past_hour(cast: Any, **given: Any) -> StudySession:
    return make_session(cast.farid, starts_at=timezone.now() - timedelta(days=2), **given)


def stick(session: StudySession, author: Any, text: str, *, solved: bool = True, **given: Any) -> Hatpin:
    pin = pinning.stick(place=place_of(session.pk), author=author, kind="stuck", text=text, **given)
    return pinning.solve(hatpin=pin, by=author) if solved else pin


def texts(user: Any, **asked: str) -> list[str]:
    return [pin.row.text for pin in found_pins_for(user, **asked)]


def test_a_workaround_is_found_once_its_hour_is_over_by_those_it_was_for(sign_in: Any, cast: Any) -> None:
    now = timezone.now()
    running = make_session(cast.farid, starts_at=now - timedelta(minutes=5))
    for session in (running, past_hour(cast, team=cast.farid.team)):
        pinning.stick(
            place=place_of(session.pk), author=cast.farid, kind="workaround", text="Als CSV sichern"
        )
    pin = Hatpin.objects.get(place=place_of(running.pk))
    assert texts(cast.otto) == [], "it is running, and the other was for a team"
    assert texts(cast.farid) == ["Als CSV sichern"]
    StudySession.objects.filter(pk=running.pk).update(
        starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=2)
    )
    assert [found.row.id for found in found_pins_for(cast.otto)] == [pin.pk]
    assert "Kniff<" in sign_in(cast.otto).get("/stories/?kind=hatpin").content.decode()
    path = f"/hours/{running.pk}/room/hatpins/{pin.pk}/"
    sign_in(cast.otto).post(path, {"do": "withdraw"})
    assert texts(cast.otto) == ["Als CSV sichern"], "only its author takes it away"
    farid = sign_in(cast.farid)
    assert path in farid.get("/stories/?kind=hatpin").content.decode()
    farid.post(path, {"do": "withdraw"})
    assert texts(cast.otto) == []


def test_every_hatpin_is_searched_however_many_came_after_it(cast: Any) -> None:
    session = past_hour(cast)
    old = stick(session, cast.emma, "Die ÄLTESTE Frage")
    pinning.reply(hatpin=old, author=cast.farid, text="Straße als STRASSE schreiben")
    Hatpin.objects.filter(pk=old.pk).update(solved_at=timezone.now() - timedelta(days=30))
    Hatpin.objects.bulk_create(
        Hatpin(place=old.place, kind="stuck", text=f"Neuer {n}", author=cast.emma, solved_at=timezone.now())
        for n in range(220)
    )
    assert texts(cast.otto, q="älteste") == ["Die ÄLTESTE Frage"]
    assert texts(cast.otto, q="straße frage") == ["Die ÄLTESTE Frage"], "a word each in it and in a reply"
    assert texts(cast.otto, q="straße nirgends") == []
    assert len(found_pins_for(cast.otto)) == 221


def test_rows_of_before_are_filled(cast: Any) -> None:
    pin = stick(past_hour(cast), cast.ada, "Große Tabelle")
    pinning.reply(hatpin=pin, author=cast.farid, text="Blatt für Blatt")
    Hatpin.objects.update(folded="", language="")
    HatpinReply.objects.update(folded="")
    assert texts(cast.otto, q="tabelle") == []
    story = make_story(cast.emma, title="Prüfung der Verträge")
    Story.objects.update(folded="prüfung der verträge")
    importlib.import_module("hub.stories.migrations.0004_hatpins_are_searched").fill(apps, None)
    importlib.import_module("hub.stories.migrations.0005_words_without_accents").fold(apps, None)
    assert texts(cast.otto, q="grosse blatt fur", language="en") == ["Große Tabelle"]
    for words in ("prufung vertrage", "PRÜFUNG Verträge"):
        assert list(library_for(cast.otto, q=words)) == [story]
    for row in (Story.objects.get(), Hatpin.objects.get(), HatpinReply.objects.get()):
        filled = row.folded
        row.save()
        assert row.folded == filled, "as it is kept from now on"


def test_a_language_leaves_out_the_other_one_only(sign_in: Any, api: Any, cast: Any) -> None:
    session = past_hour(cast)
    stick(session, cast.emma, "Auf Deutsch gefragt")
    stick(session, cast.ada, "Asked in English")
    Hatpin.objects.create(place=place_of(session.pk), kind="workaround", text="Von früher")
    page = sign_in(cast.otto).get("/stories/?language=en").content.decode()
    assert "Asked in English" in page
    assert "Von früher" in page, "whose language nobody knows is found under each"
    assert "Auf Deutsch gefragt" not in page
    rows = api(cast.otto).get("/api/v1/solved-hatpins/?language=de").json()["results"]
    assert {row["text"] for row in rows} == {"Auf Deutsch gefragt", "Von früher"}
    assert api(cast.otto).get("/api/v1/solved-hatpins/?q=%00").status_code == 200


def test_kudos_for_a_hatpin_count_once_and_are_told_once_a_day(api: Any, sign_in: Any, cast: Any) -> None:
    pin, now = (
        stick(past_hour(cast), cast.emma, "Wie kommt die Tabelle hinein?", is_named=False),
        timezone.now(),
    )
    program, address = api(cast.ada), f"/api/v1/solved-hatpins/{pin.pk}/kudos/"
    for _twice in range(2):
        assert program.post(address).json()["kudos_count"] == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        HatpinKudos.objects.create(hatpin=pin, giver=cast.ada)
    taken = program.delete(address).json()
    assert (taken["kudos_count"], taken["is_helpful_to_me"]) == (0, False)
    assert actions.give_pin_kudos(hatpin=pin, giver=cast.ada, now=now)
    assert actions.give_pin_kudos(hatpin=pin, giver=cast.farid, now=now)
    notices = Notice.objects.filter(user=cast.emma, kind="hatpin_kudos")
    assert [notice.facts["name"] for notice in notices] == ["Ada Miller"]
    assert not Delivery.objects.filter(user=cast.emma).exists(), "in the inbox only"
    assert actions.give_pin_kudos(hatpin=pin, giver=cast.carl, now=now + timedelta(days=1))
    assert notices.all().count() == 2
    own = api(cast.emma).post(address)
    assert own.status_code == 409
    assert "eigene Hutnadel" in own.json()["detail"]
    page = sign_in(cast.otto).get("/stories/?kind=hatpin").content.decode()
    assert "Ada Miller, Farid Nassar, Carl Brandt" in page
    assert "Lindner" not in page


def test_the_page_thanks_takes_back_and_leads_back(sign_in: Any, cast: Any) -> None:
    pin = stick(past_hour(cast), cast.emma, "Tabelle")
    otto, path = sign_in(cast.otto), f"/stories/hatpins/{pin.pk}/kudos/"
    assert path in otto.get("/stories/?kind=hatpin&q=tabelle").content.decode()
    thanked = otto.post(path, {"kudos": "given", "back": "kind=hatpin&q=tabelle"})
    assert thanked["Location"] == f"/stories/?kind=hatpin&q=tabelle#pin-{pin.pk}"
    assert "Otto" in otto.get(thanked["Location"]).content.decode()
    assert 'value="none"' in otto.get("/stories/?kind=hatpin").content.decode()
    otto.post(path, {"kudos": "none"})
    assert not HatpinKudos.objects.exists()
    emma = sign_in(cast.emma)
    assert path not in emma.get("/stories/?kind=hatpin").content.decode()
    assert emma.post(path, {"kudos": "given"}).status_code == 409


def test_whoever_does_not_find_it_gives_no_kudos(sign_in: Any, api: Any, cast: Any) -> None:
    hidden = (
        stick(past_hour(cast, team=cast.farid.team), cast.farid, "Nur für das Team"),
        stick(past_hour(cast), cast.emma, "Noch offen", solved=False),
    )
    for pin in hidden:
        assert sign_in(cast.otto).post(f"/stories/hatpins/{pin.pk}/kudos/").status_code == 404
        assert api(cast.otto).post(f"/api/v1/solved-hatpins/{pin.pk}/kudos/").status_code == 404
    assert not HatpinKudos.objects.exists()


def test_helpful_ones_come_first_where_asked_and_many_cost_no_more(
    sign_in: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    session = past_hour(cast)
    first = stick(session, cast.emma, "Zuerst")
    for n in range(12):
        pin = stick(session, cast.emma, f"Danach {n}")
        for giver in (cast.ada, cast.carl)[: n % 2]:
            actions.give_pin_kudos(hatpin=pin, giver=giver)
    for giver in (cast.ada, cast.carl):
        actions.give_pin_kudos(hatpin=first, giver=giver)
    assert texts(cast.otto)[-1] == "Zuerst"
    assert texts(cast.otto, order="kudos")[0] == "Zuerst"
    client = sign_in(cast.otto)
    with django_assert_max_num_queries(17):
        assert client.get("/stories/?kind=hatpin").context["pin_count"] == 13
