"""With a pass a page may note what one did with a tip, on one origin, for a while, until one takes it back."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.signing import Signer
from django.test import Client

from hub.embeds import actions
from hub.embeds.models import EmbedKey, EmbedOrigin
from hub.embeds.passes import LIFETIME, LONGEST, new_pass, read_pass
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery, Preference
from hub.nudges.models import Dismissal, Nudge, Tip, TipOutcome
from hub.nudges.outcomes import forget, posterior_for
from tests.factories import make_session, make_tip

PAGE = "https://crm.example.com"
OTHER = "https://wiki.example.com"
PATTERN = f"{PAGE}/*"
TUESDAY = datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def clock() -> Any:
    """It stands still, on a Tuesday at ten."""
    with time_machine.travel(TUESDAY, tick=False) as standing:
        yield standing


@pytest.fixture
def emma(cast: Any) -> Any:
    forget()  # what another test counted
    for origin in (PAGE, OTHER):
        EmbedOrigin.objects.create(origin=origin)
    return cast.emma


class Page:
    """Our script on a page of this origin, with this pass."""

    def __init__(self, token: str, origin: str = PAGE) -> None:
        self.client = Client(
            headers={"Origin": origin, "Authorization": f"Bearer {token}"}, enforce_csrf_checks=True
        )

    def may_show(self) -> Any:
        return self.client.get("/embed/may-show/")

    def tell(self, tip: Tip, response: str) -> Any:
        body = {"tip": str(tip.pk), "response": response}
        return self.client.post("/embed/answer/", body, content_type="application/json")


def token_for(user: Any, origin: str = PAGE) -> str:
    return new_pass(user=user, origin=origin, now=TUESDAY).token


def test_one_agrees_in_the_hubs_own_window(sign_in: Any, emma: Any) -> None:
    client = sign_in(emma)
    asked = client.get("/embed/connect/", {"origin": PAGE})
    assert PAGE in asked.content.decode()
    assert "data-token" not in asked.content.decode()
    assert not EmbedKey.objects.exists()
    given = client.post(f"/embed/connect/?origin={PAGE}")
    token = given.context["token"]
    assert Page(token).may_show().status_code == 200
    for answer in (asked, given):
        assert answer["Cross-Origin-Opener-Policy"] == "unsafe-none"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("origin", ["", "https://evil.example", "javascript:alert(1)", "*"])
def test_a_page_that_is_not_listed_is_given_nothing(origin: str, sign_in: Any, emma: Any) -> None:
    for method in ("get", "post"):
        answer = getattr(sign_in(emma), method)(f"/embed/connect/?origin={origin}")
        assert answer.status_code == 422
        assert b"data-token" not in answer.content
    assert not EmbedKey.objects.exists()


def test_it_names_nobody(emma: Any) -> None:
    payload = Signer(salt="hub.embeds.passes").unsign_object(token_for(emma))
    assert payload[:2] == [emma.embed_key.key.hex, PAGE]
    assert emma.subject_key.hex not in str(payload)


def test_what_one_did_counts_once(emma: Any) -> None:
    tip, page = make_tip(pages=[PATTERN]), Page(token_for(emma))
    for _twice in range(2):
        assert page.tell(tip, "seen").status_code == 200
    nudge = Nudge.objects.get()
    assert (nudge.user, nudge.source, nudge.reason, nudge.response) == (emma, "embed", "embed", "")
    for _twice in range(2):
        assert page.tell(tip, "not_for_me").json() == {"response": "not_for_me"}
    assert Dismissal.objects.get().user == emma
    assert page.tell(tip, "none").json() == {"response": ""}
    assert not Dismissal.objects.exists()
    assert Nudge.objects.count() == Delivery.objects.count() == 1


def test_it_may_do_nothing_else(emma: Any) -> None:
    page = Page(token_for(emma))
    assert page.client.get("/api/v1/me/").status_code == 401
    assert page.client.get("/api/v1/nudges/next/").status_code == 401
    assert page.client.get("/").status_code == 302
    for body in ({}, {"tip": "x", "response": "seen"}, {"tip": str(make_tip().pk), "response": "loved"}, []):
        answer = page.client.post("/embed/answer/", body, content_type="application/json")
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
    assert page.tell(make_tip(), "seen").status_code == 404
    assert page.tell(make_tip(pages=[PATTERN], is_active=False), "seen").status_code == 404


def test_neither_a_session_nor_a_token_for_programs_is_a_pass(sign_in: Any, api: Any, emma: Any) -> None:
    for client in (sign_in(emma), api(emma)):
        assert client.get("/embed/may-show/", headers={"Origin": PAGE}).status_code == 401
        assert client.post("/embed/answer/", headers={"Origin": PAGE}).status_code == 401


def forged(token: str) -> list[str]:
    payload, _colon, signature = token.rpartition(":")
    other = Signer(salt="another").sign_object(["0" * 32, PAGE, 0, 2**33])
    odd = Signer(salt="hub.embeds.passes").sign_object({"not": "a list"})
    return ["", "x", payload, f"{payload}:{signature[:-1]}", f"x{token}", other, odd, "\x00", "ü" * 10]


def test_a_forged_one_is_401_and_the_page_may_read_that(emma: Any) -> None:
    for token in forged(token_for(emma)):
        assert read_pass(token, origin=PAGE, now=TUESDAY) is None
    answer = Page("forged").may_show()
    assert answer.status_code == 401
    assert answer["Access-Control-Allow-Origin"] == PAGE
    assert answer["WWW-Authenticate"] == "Bearer"


def test_it_counts_on_its_own_origin_only(emma: Any) -> None:
    token = token_for(emma)
    assert Page(token, OTHER).may_show().status_code == 401
    assert Page(token, "").may_show().status_code == 401


def test_it_ends_after_an_hour_and_is_renewed_for_a_working_day(emma: Any, clock: Any) -> None:
    token, passed = token_for(emma), timedelta()
    assert Page(token).may_show().json()["token"] is None
    while passed + timedelta(minutes=40) < LONGEST:
        passed += timedelta(minutes=40)
        clock.move_to(TUESDAY + passed)
        token = Page(token).may_show().json()["token"] or token
    clock.move_to(TUESDAY + LONGEST)
    assert Page(token).may_show().status_code == 401
    clock.move_to(TUESDAY)
    token = token_for(emma)
    clock.move_to(TUESDAY + LIFETIME)
    assert Page(token).may_show().status_code == 401


def test_disconnecting_ends_all_of_them(sign_in: Any, emma: Any) -> None:
    pages = [Page(token_for(emma)), Page(token_for(emma, OTHER), OTHER)]
    assert [page.may_show().status_code for page in pages] == [200, 200]
    sign_in(emma).post("/embed/disconnect/")
    assert [page.may_show().status_code for page in pages] == [401, 401]


def test_a_leavers_pass_and_one_of_a_page_taken_off_the_list_end_too(cast: Any, emma: Any) -> None:
    page = Page(token_for(emma))
    actions.remove_origin(origin=EmbedOrigin.objects.get(origin=PAGE), by=cast.ada)
    assert page.may_show().status_code == 401
    actions.add_origin(origin=PAGE, by=cast.ada)
    assert page.may_show().status_code == 200
    emma.status = "left"
    emma.save()
    assert page.may_show().status_code == 401


# --- Whether a tip may be shown now ---------------------------------------------------------------
def may_show(user: Any) -> dict[str, Any]:
    return Page(token_for(user)).may_show().json()


def test_one_cap_over_all_channels(emma: Any, clock: Any) -> None:
    first, second = make_tip(pages=[PATTERN]), make_tip(pages=[PATTERN])
    assert may_show(emma) == {
        "may_show": True,
        "cap": 2,
        "again": [],
        "resting": [],
        "scores": may_show(emma)["scores"],
        "token": None,
    }
    Page(token_for(emma)).tell(first, "seen")
    assert may_show(emma)["again"] == [str(first.pk)]
    mailed = {"channel": "mail", "topic": "tips", "dedupe_key": "tip", "state": "sent", "is_done": True}
    Delivery.objects.create(user=emma, not_before=TUESDAY, settled_at=TUESDAY, **mailed)
    assert not may_show(emma)["may_show"]
    assert may_show(emma)["again"] == [str(first.pk)]  # it stays where it was seen today
    clock.move_to(TUESDAY + timedelta(days=1))
    token = new_pass(user=emma, origin=PAGE, now=TUESDAY + timedelta(days=1)).token
    later = Page(token).may_show().json()
    assert (later["may_show"], later["again"], later["resting"]) == (False, [], [str(first.pk)])
    clock.move_to(TUESDAY + timedelta(days=7))
    token = new_pass(user=emma, origin=PAGE, now=TUESDAY + timedelta(days=7)).token
    assert Page(token).may_show().json()["may_show"]
    assert str(second.pk) not in Page(token).may_show().json()["resting"]


def test_put_aside_and_shown_elsewhere_rest_without_a_word_which(emma: Any) -> None:
    aside, today = make_tip(pages=[PATTERN]), make_tip(pages=[PATTERN])
    Page(token_for(emma)).tell(aside, "not_for_me")
    Nudge.objects.create(
        id=make_tip().pk, user=emma, tip=today, shown_on=TUESDAY.date(), shown_at=TUESDAY, source="today"
    )
    assert set(may_show(emma)["resting"]) == {str(aside.pk), str(today.pk)}


def test_nothing_in_the_hour_in_quiet_times_and_in_a_pause(cast: Any, emma: Any, clock: Any) -> None:
    hour = make_session(cast.farid, starts_at=TUESDAY - timedelta(minutes=10))
    assert not may_show(emma)["may_show"]
    hour.delete()
    assert may_show(emma)["may_show"]
    set_preferences(user=emma, changes={"paused_until": TUESDAY.date()})
    assert not may_show(emma)["may_show"]
    set_preferences(user=emma, changes={"paused_until": None, "quiet_from": "09:00", "quiet_to": "11:00"})
    assert not may_show(emma)["may_show"]
    set_preferences(user=emma, changes={"quiet_from": "18:00", "quiet_to": "08:00", "weekly_cap": 0})
    assert may_show(emma) == {
        "may_show": False,
        "cap": 0,
        "again": [],
        "resting": [],
        "scores": may_show(emma)["scores"],
        "token": None,
    }


def test_a_page_shows_only_what_the_person_wants_tips_about(emma: Any) -> None:
    wanted, other = (make_tip(pages=[PATTERN], area=area) for area in ("finance", "it"))
    for_others = make_tip(pages=[PATTERN], area="finance", roles=["sales"])
    set_preferences(user=emma, changes={"topics": ["finance"], "role": "it"})
    resting = Page(token_for(emma)).may_show().json()["resting"]
    assert sorted(resting) == sorted([str(other.pk), str(for_others.pk)])
    assert str(wanted.pk) not in resting


def test_after_six_unanswered_a_page_shows_none_by_itself_until_there_is_an_answer(
    emma: Any, clock: Any
) -> None:
    set_preferences(user=emma, changes={"weekly_cap": 7})
    tips = [make_tip(pages=[PATTERN]) for _number in range(6)]
    for number, tip in enumerate(tips):
        clock.move_to(TUESDAY + timedelta(days=7 * number))
        page = Page(new_pass(user=emma, origin=PAGE, now=TUESDAY + timedelta(days=7 * number)).token)
        assert page.may_show().json()["may_show"], number
        for _twice in range(2):
            page.tell(tip, "seen")
        assert Preference.of(emma).unanswered == number + 1
    assert not page.may_show().json()["may_show"]
    page.tell(tips[-1], "tried")
    assert page.may_show().json()["may_show"]


def test_the_server_draws_and_how_likely_it_was_is_kept(emma: Any) -> None:
    """A score a tip, from what the group did with it on pages; and with the answer the share that the tip wins."""
    taken, left = (make_tip(pages=[PATTERN]) for _number in range(2))
    make_tip("Ohne Seite")
    for tip, tried in ((taken, 95), (left, 5)):
        TipOutcome.objects.create(tip=tip, channel="embed", shown=100, tried=tried)
    page, body = Page(token_for(emma)), {"tip": str(taken.pk), "response": "seen"}
    scores = page.may_show().json()["scores"]
    assert set(scores) == {str(taken.pk), str(left.pk)}
    assert page.may_show().json()["scores"] == scores

    def answer(**more: Any) -> int:
        return page.client.post(
            "/embed/answer/", {**body, **more}, content_type="application/json"
        ).status_code

    assert answer(rivals=[str(taken.pk), str(left.pk), str(EmbedKey.objects.get().key)]) == 200
    assert Nudge.objects.get().propensity == pytest.approx(
        0.95, abs=0.01
    )  # nine in ten, and half of the rest
    assert answer(tip=str(left.pk), rivals=[str(taken.pk), str(left.pk)]) == 200
    assert Nudge.objects.get(tip=left).propensity == pytest.approx(0.05, abs=0.01)
    assert answer(rivals=["x"]) == answer(rivals="x") == answer(rivals=[str(left.pk)] * 201) == 400


def test_without_the_others_that_fitted_no_probability_is_made_up(emma: Any) -> None:
    one, other = (make_tip(pages=[PATTERN]) for _number in range(2))
    page = Page(token_for(emma))
    page.tell(one, "seen")
    body = {"tip": str(other.pk), "response": "seen", "rivals": [str(one.pk)]}
    assert page.client.post("/embed/answer/", body, content_type="application/json").status_code == 200
    assert set(Nudge.objects.values_list("propensity", flat=True)) == {None}


def test_nearly_everybody_is_drawn_what_the_group_takes_and_what_rests_has_no_score(
    emma: Any, cast: Any
) -> None:
    taken, left, aside = (make_tip(pages=[PATTERN]) for _number in range(3))
    for tip, tried in ((taken, 95), (left, 5), (aside, 99)):
        TipOutcome.objects.create(tip=tip, channel="embed", shown=100, tried=tried)
    Dismissal.objects.create(user=emma, tip=aside)
    assert str(aside.pk) not in may_show(emma)["scores"]
    posterior = posterior_for("", "embed", TUESDAY.date(), [taken.pk, left.pk])
    won, people = 0, 400
    for number in range(people):
        key = hashlib.sha256(str(number).encode()).digest()
        scores = posterior.scores([taken.pk, left.pk], key=key)
        won += scores[taken.pk] > scores[left.pk]
    assert won / people == pytest.approx(posterior.propensity(taken.pk, [taken.pk, left.pk]), abs=0.04)
