"""The library one pulls from: moments, roles, favourites, "show me again", what a tip says about itself, contexts."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.notices.actions import set_preferences
from hub.notices.models import Delivery
from hub.nudges import actions, authoring, cards
from hub.nudges.contexts import fits, place_of
from hub.nudges.forgetting import forget
from hub.nudges.models import Dismissal, Favourite, Nudge, Tip
from hub.nudges.planner import plan
from hub.nudges.starter import load_starter_tips
from tests.factories import make_tip, make_tool, make_user


def titles(response: Any) -> list[str]:
    return [entry.text.title for entry in response.context["page"]]


def test_moment_role_and_field_of_work_narrow_it(sign_in: Any, api: Any, cast: Any) -> None:
    make_tip("Vor dem Anruf", moments=["before_call"], roles=["sales"], area="research")
    make_tip("Für alle", moments=["after_meeting"], area="meetings")
    make_tip("Für die IT", roles=["it"], area="it")
    client = sign_in(cast.emma)
    assert titles(client.get("/tips/?moment=before_call")) == ["Vor dem Anruf"]
    assert titles(client.get("/tips/?role=sales")) == ["Für alle", "Vor dem Anruf"]
    assert titles(client.get("/tips/?area=it")) == ["Für die IT"]
    assert titles(client.get("/tips/?q=vor einem kundengespräch")) == ["Vor dem Anruf"]
    assert len(titles(client.get("/tips/?moment=x&role=%00&area=<b>&place=//evil.example/"))) == 3
    body = api(cast.emma).get("/api/v1/tips/?moment=before_call").json()
    assert [(one["area"], one["roles"], one["moments"]) for one in body["results"]] == [
        ("research", ["sales"], ["before_call"])
    ]


def test_the_chip_of_a_moment_keeps_the_other_wishes(sign_in: Any, cast: Any) -> None:
    make_tip(moments=["before_call"])
    page = sign_in(cast.emma).get("/tips/?tool=chat&moment=before_call&page=1").content.decode()
    assert 'href="?tool=chat&amp;moment=after_meeting"' in page
    assert 'href="?tool=chat" aria-current="true"' in page
    assert '<input type="hidden" name="moment" value="before_call"' in page


def test_a_favourite_is_kept_found_and_taken_back(sign_in: Any, api: Any, cast: Any) -> None:
    tip, _other = make_tip("Behalten"), make_tip()
    client = sign_in(cast.emma)
    url = f"/tips/{tip.pk}/favourite/"
    for _twice in range(2):
        assert client.post(url, {"favourite": "kept"}).status_code == 302
    assert Favourite.objects.count() == 1
    assert titles(client.get("/tips/?mine=favourites")) == ["Behalten"]
    assert titles(sign_in(cast.otto).get("/tips/?mine=favourites")) == []
    swapped = client.post(url, {"favourite": "none"}, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="false"' in swapped
    assert "<html" not in swapped
    assert not Favourite.objects.exists()

    program = api(cast.emma)
    path = f"/api/v1/tips/{tip.pk}/favourite/"
    assert [program.put(path).json()["is_favourite"] for _twice in range(2)] == [True, True]
    assert program.get("/api/v1/tips/?mine=favourites").json()["count"] == 1
    assert not program.delete(path).json()["is_favourite"]


def test_a_retired_tip_cannot_be_kept(sign_in: Any, api: Any, cast: Any) -> None:
    tip = make_tip(is_active=False)
    assert sign_in(cast.emma).post(f"/tips/{tip.pk}/favourite/").status_code == 404
    assert api(cast.emma).put(f"/api/v1/tips/{tip.pk}/favourite/").status_code == 404
    assert not Favourite.objects.exists()


# --- Show me again ----------------------------------------------------------------------------------
def test_a_tip_that_rests_comes_again_when_asked_for(sign_in: Any, api: Any, cast: Any) -> None:
    tip, now = make_tip("Ruht"), timezone.now()
    three_days_ago = now - timedelta(days=3)
    card = cards.day_card(cast.emma, three_days_ago)
    actions.see(user=cast.emma, card=card, now=three_days_ago)
    assert cards.day_card(cast.emma, now) is None
    client = sign_in(cast.emma)
    assert titles(client.get("/tips/?mine=resting")) == ["Ruht"]
    page = client.get(f"/tips/{tip.pk}/")
    assert page.context["rests_until"] == Nudge.objects.get().shown_on + timedelta(days=21)

    assert client.post(f"/tips/{tip.pk}/again/").status_code == 302
    again = cards.day_card(cast.emma, now)
    assert (again.tip, again.reason, again.response) == (tip, "asked", "")
    assert titles(client.get("/tips/?mine=resting")) == []
    actions.see(user=cast.emma, card=again, now=now)
    assert Nudge.objects.count() == 2
    assert cards.day_card(cast.emma, now + timedelta(days=1)) is None


@pytest.mark.parametrize("response", ["not_for_me", "later", "tried"])
def test_one_that_was_answered_today_comes_again(response: str, api: Any, cast: Any) -> None:
    tip, now = make_tip(), timezone.now()
    actions.respond(user=cast.emma, card=cards.library_card(cast.emma, tip, now), response=response, now=now)
    body = api(cast.emma).post(f"/api/v1/tips/{tip.pk}/again/").json()
    assert body["mine"] == ("tried" if response == "tried" else "")
    assert body["rests_until"] is None
    assert not Dismissal.objects.exists()
    card = cards.day_card(cast.emma, now)
    assert (card.reason, card.response) == ("asked", "")
    actions.see(user=cast.emma, card=card, now=now)
    seen = Nudge.objects.get()
    assert (seen.is_recalled, seen.source) == (False, "today")


def test_asking_again_is_ones_own(api: Any, cast: Any) -> None:
    tip, now = make_tip(), timezone.now()
    for person in (cast.emma, cast.otto):
        actions.see(user=person, card=cards.day_card(person, now), now=now)
    api(cast.emma).post(f"/api/v1/tips/{tip.pk}/again/")
    assert [nudge.is_recalled for nudge in (cast.emma.nudges.get(), cast.otto.nudges.get())] == [True, False]


# --- What a tip says about itself -------------------------------------------------------------------
def test_the_register_says_which_data_may_go_in(sign_in: Any, api: Any, cast: Any) -> None:
    tool = make_tool("Firmenchat", link="https://chat.firma.example/", data_class="internal")
    tip = make_tip(system=tool)
    page = sign_in(cast.emma).get(f"/tips/{tip.pk}/").content.decode()
    assert "interne Daten" in page
    assert f'href="/may-i/#tool-{tool.slug}"' in page
    assert 'href="https://chat.firma.example/"' in page
    assert f'id="tool-{tool.slug}"' in sign_in(cast.emma).get("/may-i/").content.decode()
    assert api(cast.emma).get(f"/api/v1/tips/{tip.pk}/").json()["system"] == tool.slug

    tool.is_allowed = False
    tool.save()
    page = sign_in(cast.emma).get(f"/tips/{tip.pk}/").content.decode()
    assert "gerade nicht freigegeben" in page
    assert 'href="https://chat.firma.example/"' not in page


def test_a_saving_names_its_source_or_says_that_it_is_an_estimate(sign_in: Any, cast: Any) -> None:
    tip = make_tip(saves_minutes=6)
    client = sign_in(cast.emma)
    assert "Gemessen hat es niemand" in client.get(f"/tips/{tip.pk}/").content.decode()
    tip.texts.update(saves_source="Eigene Messung, 12 Leute")
    page = client.get(f"/tips/{tip.pk}/").content.decode()
    assert "Eigene Messung, 12 Leute" in page
    assert "Gemessen hat es niemand" not in page


def test_the_whole_starter_library_costs_as_much_as_three_tips(sign_in: Any, api: Any, cast: Any) -> None:
    client, program = sign_in(cast.emma), api(cast.emma)
    tool = make_tool()
    counts = set()
    for load in (lambda: [make_tip(system=tool) for _three in range(3)], load_starter_tips):
        load()
        Tip.objects.update(system=tool)
        actions.add_favourite(user=cast.emma, tip=Tip.objects.first())
        program.get("/api/v1/nudges/next/?context=/notebooks/")  # reads what groups did with the new tips
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/tips/?q=e").status_code == 200
            assert program.get("/api/v1/tips/").json()["count"] == Tip.objects.count()
            assert program.get("/api/v1/nudges/next/?context=/notebooks/").status_code == 200
        counts.add(len(queries))
    assert Tip.objects.count() > 60
    assert len(counts) == 1


# --- Validity ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("since", "until", "is_seen"),
    [(None, -1, False), (1, None, False), (0, 0, True), (None, 0, True), (0, None, True), (-9, 9, True)],
)
def test_a_tip_is_seen_on_the_days_on_which_it_is_valid(
    since: int | None, until: int | None, is_seen: bool, sign_in: Any, api: Any, cast: Any
) -> None:
    today = date(2026, 11, 30)
    days = [None if days is None else today + timedelta(days=days) for days in (since, until)]
    tip = make_tip(valid_from=days[0], valid_until=days[1])
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 7})
    with time_machine.travel("2026-11-30T11:00:00+00:00", tick=False):
        assert bool(titles(sign_in(cast.emma).get("/tips/"))) == is_seen
        assert (sign_in(cast.emma).get(f"/tips/{tip.pk}/").status_code == 200) == is_seen
        assert bool(api(cast.emma).get("/api/v1/nudges/next/").json()["tip"]) == is_seen
        plan(timezone.now())
    assert Delivery.objects.filter(topic="tips").exists() == is_seen


def test_the_day_is_that_of_the_person(db: None) -> None:
    make_tip(valid_until=date(2026, 11, 30))
    west, east = make_user(time_zone="America/Los_Angeles"), make_user(time_zone="Asia/Tokyo")
    with time_machine.travel("2026-11-30T20:00:00+00:00", tick=False):
        assert Tip.objects.visible_to(west).count() == 1
        assert Tip.objects.visible_to(east).count() == 0


# --- The tip that fits ------------------------------------------------------------------------------
def next_title(program: Any, context: str) -> str | None:
    tip = program.get("/api/v1/nudges/next/", {"context": context}).json()["tip"]
    return tip and tip["title"]


def test_the_next_tip_fits_the_moment_or_the_page(api: Any, cast: Any, settings: Any) -> None:
    settings.SITE_URL = "https://hub.firma.example"
    make_tip("Vor dem Anruf", moments=["before_call"])
    make_tip("Beim Lesen", moments=["reading"])
    make_tip("Genau hier", pages=["https://hub.firma.example/leaderboard/*"])
    make_tip("Woanders", pages=["https://crm.firma.example/*"])
    program = api(cast.emma)
    assert next_title(program, "before_call") == "Vor dem Anruf"
    assert next_title(program, "/notebooks/5b2/?x=1#y") == "Beim Lesen"
    assert next_title(program, "/leaderboard/teams/") == "Genau hier"
    assert next_title(program, "/crm/") is None
    assert next_title(program, "long_mail") is None
    whatever = {next_title(program, context) for context in ("", "nonsense", "/" * 400, "\x00")}
    assert len(whatever) == 1
    assert not Nudge.objects.exists()


def test_a_page_of_the_hub_leads_to_the_tips_that_fit_it(sign_in: Any, cast: Any) -> None:
    make_tip("Beim Lesen", moments=["reading"])
    make_tip("Anderes")
    client = sign_in(cast.emma)
    assert 'href="/tips/?place=/notebooks/"' in client.get("/notebooks/").content.decode()
    assert "?place=" not in client.get("/me/").content.decode()
    page = client.get("/tips/?place=/notebooks/")
    assert titles(page) == ["Beim Lesen"]
    assert 'href="/notebooks/"' in page.content.decode()


def test_contexts_are_pure() -> None:
    tip = Tip(tool="mail", area="it", moments=["reading"])
    assert fits("mail")(tip)
    assert not fits("tables")(tip)
    assert fits("/may-i/")(tip)
    assert not fits("/stories/")(tip)
    assert fits("https://evil.example/") is None
    assert (place_of("/hours/5/room/"), place_of("/me/"), place_of("")) == ("/hours/", "", "")


def test_what_was_said_of_a_tip_goes_once_it_is_out_of_use_and_favourites_twelve_weeks_later(
    cast: Any,
) -> None:
    now = timezone.now()
    retired, expired, used = make_tip(), make_tip(valid_until=now.date()), make_tip()
    for tip in (retired, expired, used):
        actions.add_favourite(user=cast.emma, tip=tip)
        Dismissal.objects.create(user=cast.emma, tip=tip)
    authoring.set_in_use(tip=retired, is_active=False, now=now)
    assert forget(now) == 0
    assert forget(now + timedelta(minutes=1)) == 1, (
        "of the retired one; the other is valid to the end of the day"
    )
    assert forget(now + timedelta(days=3)) == 1
    assert set(Dismissal.objects.values_list("tip", flat=True)) == {used.pk}
    assert Favourite.objects.count() == 3
    assert forget(now + timedelta(days=87)) == 2
    assert set(Dismissal.objects.values_list("tip", flat=True)) == {used.pk}
    assert set(Favourite.objects.values_list("tip", flat=True)) == {used.pk}
