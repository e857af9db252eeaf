"""What I tried: for oneself, shown by leaders who want to, told as a story; open for two weeks after the hour."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hub.stories.models import Hatpin, Story
from learning.hours.models import Outcome, StudySession
from learning.hours.room_pins import place_of
from tests.factories import make_session, make_team, make_user

FORM = {"text": "Protokoll <b>gekürzt</b>", "tool": "Copilot", "result": "worked", "minutes_saved": "30"}


def _over(session: StudySession, *, days: int) -> None:
    moved = timezone.localtime(timezone.now() - timedelta(days=days), timezone.get_current_timezone())
    session.local_date, session.time_zone = moved.date(), str(timezone.get_current_timezone())
    session.save()


def test_what_was_tried_is_ones_own_and_a_leaders_only_if_they_want(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    url = f"/hours/{session.pk}/"
    emma, bertha, otto = (sign_in(person) for person in (cast.emma, cast.bertha, cast.otto))
    assert emma.post(f"{url}outcome/", {**FORM, "is_shared": "on"}).status_code == 302
    emma.post(f"{url}outcome/", {**FORM, "text": "Protokoll <b>gekürzt</b> und verschickt"})
    outcome = Outcome.objects.get()
    assert (outcome.user, outcome.is_shared, outcome.minutes_saved) == (cast.emma, False, 30)
    for person in (bertha, sign_in(cast.farid), sign_in(cast.hanna), sign_in(cast.ada)):
        assert "verschickt" not in person.get(url).content.decode()
    assert "&lt;b&gt;gekürzt&lt;/b&gt; und verschickt" in emma.get(url).content.decode()

    bertha.post(f"{url}outcome/", {**FORM, "text": "Angebot entworfen"})
    assert "Angebot entworfen" not in otto.get(url).content.decode()
    bertha.post(f"{url}outcome/", {**FORM, "text": "Angebot entworfen", "is_shared": "on"})
    assert "Was Führungskräfte ausprobiert haben" in (page := otto.get(url).content.decode())
    assert "Angebot entworfen" in page

    for wrong in ({**FORM, "text": " \x00 "}, {**FORM, "result": "x"}, {**FORM, "minutes_saved": "2401"}):
        assert emma.post(f"{url}outcome/", wrong).status_code == 422
    stranger = make_session(make_user("Fred"), team=make_team("Weit weg"))
    for path in ("outcome/", "outcome/forget/", "outcome/story/"):
        assert emma.post(f"/hours/{stranger.pk}/{path}", FORM).status_code == 404
    _over(session, days=13)
    assert emma.post(f"{url}outcome/", FORM).status_code == 302
    _over(session, days=15)
    assert emma.post(f"{url}outcome/", FORM).status_code == 409
    emma.post(f"{url}outcome/forget/")
    assert not Outcome.objects.filter(user=cast.emma).exists()
    _over(session, days=-3)
    assert emma.post(f"{url}outcome/", FORM).status_code == 409


def test_a_story_begins_with_it_and_stands_on_the_hours_page_once_published(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    url = f"/hours/{session.pk}/"
    emma, otto = sign_in(cast.emma), sign_in(cast.otto)
    assert emma.post(f"{url}outcome/story/").status_code == 409
    emma.post(f"{url}outcome/", FORM)
    first, again = emma.post(f"{url}outcome/story/"), emma.post(f"{url}outcome/story/")
    story = Story.objects.get()
    assert first["Location"] == again["Location"] == f"/stories/{story.pk}/edit/"
    assert (story.state, story.tool, story.minutes_saved, story.language) == ("draft", "Copilot", 30, "de")
    assert story.origin == place_of(session.pk)
    assert "Geschichten aus dieser Stunde" not in otto.get(url).content.decode()
    emma.post(f"/stories/{story.pk}/publish/")
    assert "Geschichten aus dieser Stunde" in otto.get(url).content.decode()

    pin = Hatpin.objects.create(
        place=place_of(session.pk), author=cast.emma, kind="workaround", text="Erst filtern"
    )
    assert "Erst filtern" in emma.get(url).content.decode()
    tell = f"{url}room/hatpins/{pin.pk}/story/"
    assert otto.post(tell).status_code == 403
    assert emma.post(tell)["Location"] == f"/stories/{Story.objects.get(hatpin=pin).pk}/edit/"


def test_the_same_through_the_api(api: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    url, emma = f"/api/v1/sessions/{session.pk}/outcome/", api(cast.emma)
    assert emma.get(url).status_code == 404
    body = {"text": "Protokoll gekürzt", "result": "partly", "is_shared": True}
    put = emma.put(url, body, format="json")
    assert (put.status_code, put.json()["result"], put.json()["is_shared"]) == (200, "partly", False)
    assert emma.get(url).json()["text"] == "Protokoll gekürzt"
    assert api(cast.otto).get(url).status_code == 404
    assert "text" in emma.put(url, {"text": " ", "result": "partly"}, format="json").json()["errors"]
    assert emma.delete(url).status_code == 204
    assert not Outcome.objects.exists()
