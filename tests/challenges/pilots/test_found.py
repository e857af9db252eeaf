"""Where pilots and proposals turn up elsewhere: in the search over everything and on Today."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from challenges.pilots.models import Pilot
from hub.people.models import User
from hub.today.search import search
from tests.factories import make_pilot, make_process, make_use_case


def test_a_pilot_is_found_by_everybody_once_it_runs_and_its_draft_by_its_owner(cast: Any) -> None:
    make_pilot(cast.emma, title="Rechnungseingang mit Vorschlag")
    make_pilot(cast.emma, state="draft", title="Rechnungsausgang mit Vorschlag")

    def found(user: User) -> list[str]:
        groups = search(user=user, given="Vorschlag", now=timezone.now(), kind="pilots")
        return sorted(one.title for group in groups for one in group.found)

    assert found(cast.emma) == ["Rechnungsausgang mit Vorschlag", "Rechnungseingang mit Vorschlag"]
    assert found(cast.otto) == ["Rechnungseingang mit Vorschlag"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "zu entscheiden seit"), (0, "Heute wird entschieden."), (7, "wird entschieden am"), (8, "")],
)
def test_today_shows_ones_own_pilots_near_their_day(sign_in: Any, cast: Any, days: int, words: str) -> None:
    pilot = make_pilot(cast.emma, title="Angebote entwerfen")
    Pilot.objects.filter(pk=pilot.pk).update(decides_on=timezone.localdate() + timedelta(days=days))
    page = sign_in(cast.emma).get("/").content.decode()
    assert ("Angebote entwerfen" in page) == bool(words)
    assert words in page
    assert "Angebote entwerfen" not in sign_in(cast.otto).get("/").content.decode()


def test_today_counts_the_proposals_that_wait_for_ones_answer(sign_in: Any, cast: Any) -> None:
    process = make_process(cast.bertha)
    make_use_case(cast.otto, process=process, answerer=cast.bertha)
    assert "1 Vorschlag wartet auf deine Antwort" in sign_in(cast.bertha).get("/").content.decode()
    assert "wartet auf deine Antwort" not in sign_in(cast.otto).get("/").content.decode()


def test_every_draft_of_ones_own_is_reached(sign_in: Any, cast: Any) -> None:
    for number in range(22):
        make_pilot(cast.emma, state="draft", title=f"Entwurf {number:02}")
    page = sign_in(cast.emma).get("/pilots/").content.decode()
    assert [number for number in range(22) if f"Entwurf {number:02}" not in page] == []
