"""Whether what was tried is still in use: asked once, two weeks later, on Today, and answered for oneself alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.nudges import keeping
from hub.nudges.models import Nudge
from tests.factories import make_session, make_tried

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days_ago", "response", "is_asked"),
    [
        (13, "tried", False),
        (14, "tried", True),
        (55, "tried", True),
        (57, "tried", False),
        (20, "later", False),
    ],
)
def test_it_is_asked_about_what_was_tried_two_to_eight_weeks_ago(
    days_ago: int, response: str, is_asked: bool, cast: Any
) -> None:
    nudge = make_tried(cast.emma, days_ago, response)
    assert keeping.question_for(cast.emma, timezone.now()) == (nudge if is_asked else None)
    assert keeping.question_for(cast.otto, timezone.now()) is None


@pytest.mark.parametrize("word", ["yes", "no", "skip"])
def test_any_answer_ends_the_question_and_the_next_comes(word: str, sign_in: Any, cast: Any) -> None:
    first, second = make_tried(cast.emma, 30), make_tried(cast.emma, 20)
    client = sign_in(cast.emma)
    page = client.get("/").content.decode()
    assert "Nutzt du es noch?" in page
    assert first.tip.text.title in page
    assert client.post(f"/nudges/{first.pk}/kept/", {"kept": word})["Location"] == f"/?kept={first.pk}"
    first.refresh_from_db()
    assert (first.kept, first.response) == (word, "tried")
    assert keeping.question_for(cast.emma, timezone.now()) == second
    undo = f'action="/nudges/{first.pk}/kept/"'
    assert undo in client.get(f"/?kept={first.pk}").content.decode()
    assert undo not in sign_in(cast.otto).get(f"/?kept={first.pk}").content.decode()
    assert sign_in(cast.emma).get("/?kept=nothing").status_code == 200
    assert sign_in(cast.emma).post(f"/nudges/{first.pk}/kept/", {"kept": "none"})["Location"] == "/"
    assert keeping.question_for(cast.emma, timezone.now()) == first


def test_only_ones_own_only_what_was_tried_and_only_words_that_exist(sign_in: Any, cast: Any) -> None:
    nudge, other = make_tried(cast.emma, 20), make_tried(cast.emma, 20, "later")
    assert sign_in(cast.otto).post(f"/nudges/{nudge.pk}/kept/", {"kept": "yes"}).status_code == 404
    client = sign_in(cast.emma)
    assert client.post(f"/nudges/{other.pk}/kept/", {"kept": "yes"}).status_code == 404
    assert client.post(f"/nudges/{nudge.pk}/kept/", {"kept": "often"}).status_code == 422
    assert not Nudge.objects.exclude(kept="").exists()


@pytest.mark.parametrize("days_ago", [0, 13, 57])
def test_an_answer_is_taken_only_while_it_is_asked_for(
    days_ago: int, sign_in: Any, api: Any, cast: Any
) -> None:
    nudge = make_tried(cast.emma, days_ago)
    page = sign_in(cast.emma).post(f"/nudges/{nudge.pk}/kept/", {"kept": "yes"})
    assert page.status_code == 409
    assert "zwei bis acht Wochen" in page.content.decode()
    told = api(cast.emma).post(f"/api/v1/nudges/{nudge.pk}/kept/", {"kept": "yes"}, format="json")
    assert told.status_code == 409
    nudge.refresh_from_db()
    assert nudge.kept == ""
    Nudge.objects.filter(pk=nudge.pk).update(kept="yes")
    again = api(cast.emma).post(f"/api/v1/nudges/{nudge.pk}/kept/", {"kept": "none"}, format="json")
    assert again.status_code == 200, "what was said can be taken back"


def test_nothing_is_asked_in_the_hour_or_about_a_tip_out_of_use(cast: Any) -> None:
    nudge = make_tried(cast.emma, 20)
    session = make_session(cast.farid)
    assert keeping.question_for(cast.emma, timezone.now()) is None
    session.delete()
    assert keeping.question_for(cast.emma, timezone.now()) == nudge
    type(nudge.tip).objects.update(is_active=False)
    assert keeping.question_for(cast.emma, timezone.now()) is None


def test_programs_are_asked_and_answer_for_themselves(api: Any, cast: Any) -> None:
    nudge = make_tried(cast.emma, 20)
    emma, path = api(cast.emma), f"/api/v1/nudges/{nudge.pk}/kept/"
    asked = emma.get("/api/v1/nudges/kept/")
    assert (asked.status_code, asked.json()["id"], asked.json()["kept"]) == (200, str(nudge.pk), "")
    assert asked.json()["title"] == nudge.tip.text.title
    for stranger in (cast.otto, cast.farid):
        assert api(stranger).get("/api/v1/nudges/kept/").status_code == 204
        assert api(stranger).post(path, {"kept": "yes"}, format="json").status_code == 404
    for wrong in ({"kept": "often"}, {}, [], {"kept": ["yes"]}):
        assert emma.post(path, wrong, format="json").status_code == 422, wrong
    assert not Nudge.objects.exclude(kept="").exists()
    for word in ("no", "yes"):
        assert emma.post(path, {"kept": word}, format="json").json()["kept"] == word
        assert emma.get("/api/v1/nudges/kept/").status_code == 204
    assert emma.post(path, {"kept": "none"}, format="json").json()["kept"] == ""
    assert emma.get("/api/v1/nudges/kept/").status_code == 200, "taken back, so it is asked again"
    later = make_tried(cast.emma, 20, "later")
    assert emma.post(f"/api/v1/nudges/{later.pk}/kept/", {"kept": "yes"}, format="json").status_code == 404
