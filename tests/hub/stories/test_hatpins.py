"""A hatpin finds one helper, gives nobody away who stays unnamed, and may become a story."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.refusals import Refusal
from hub.stories import pinning
from hub.stories.models import Hatpin, Story
from hub.stories.presenting import PinRow, pin_rows

PLACE = "hours:6e1c3c1e-0000-4000-8000-000000000001"


def rows(viewer: object) -> list[PinRow]:
    return pin_rows(Hatpin.objects.at(PLACE).with_people(), viewer)


def refused(call: object, **given: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call(**given)
    return caught.value


def test_of_two_helpers_one_wins_and_may_hand_back(cast: SimpleNamespace) -> None:
    pin = pinning.stick(place=PLACE, author=cast.emma, kind="stuck", text="Wo  finde ich\nden Export?")
    same = Hatpin.objects.get()  # as the second helper's request read it, before the first one's came through
    pinning.pick_up(hatpin=pin, helper=cast.farid)
    pinning.pick_up(hatpin=pin, helper=cast.farid)
    late = refused(pinning.pick_up, hatpin=same, helper=cast.ada)
    assert (late.code, late.status) == ("picked_up", 409)
    assert "Farid Nassar" in str(late.message)
    assert refused(pinning.hand_back, hatpin=same, helper=cast.ada).status == 409
    assert refused(pinning.pick_up, hatpin=pin, helper=cast.emma).code == "own_pin"

    pinning.hand_back(hatpin=pin, helper=cast.farid)
    pinning.pick_up(hatpin=same, helper=cast.ada)
    assert refused(pinning.solve, hatpin=same, by=cast.otto).status == 403
    pinning.solve(hatpin=same, by=cast.ada)
    assert refused(pinning.pick_up, hatpin=pin, helper=cast.farid).code == "solved"
    [row] = rows(cast.ada)
    assert (row.text, row.helper, row.is_solved, row.is_helped_by_me) == (
        "Wo finde ich den Export?", "Ada Miller", True, True,
    )  # fmt: skip
    assert refused(pinning.withdraw, hatpin=pin, by=cast.ada).status == 403
    pinning.withdraw(hatpin=pin, by=cast.emma)
    assert rows(cast.ada) == []


def test_whoever_stays_unnamed_is_not_given_away_by_a_reply(cast: SimpleNamespace) -> None:
    pin = pinning.stick(place=PLACE, author=cast.emma, kind="stuck", text="Peinlich", is_named=False)
    pinning.reply(hatpin=pin, author=cast.farid, text="<b>Gar nicht</b>")
    pinning.reply(hatpin=pin, author=cast.emma, text="Danke")
    pinning.stick(place="hours:another", author=cast.emma, kind="stuck", text="Woanders")
    [row] = rows(cast.otto)
    assert row.who == row.replies[1].who != "Emma Lindner"
    assert row.replies[0].who == "Farid Nassar"
    assert (row.is_mine, rows(cast.emma)[0].is_mine) == (False, True)


def test_many_hatpins_are_shown_with_two_queries(cast: SimpleNamespace) -> None:
    for number in range(6):
        pin = pinning.stick(place=PLACE, author=cast.emma, kind="stuck", text=f"Frage {number}")
        pinning.pick_up(hatpin=pin, helper=cast.farid)
        pinning.reply(hatpin=pin, author=cast.ada, text="So")
    with CaptureQueriesContext(connection) as queries:
        assert len(rows(cast.otto)) == 6
    assert len(queries) == 2


def test_what_cannot_be_stuck_is_said(cast: SimpleNamespace) -> None:
    for kind, text in (("stuck", " \u200b\n"), ("stuck", "x" * 401), ("party", "Hier")):
        assert refused(pinning.stick, place=PLACE, author=cast.emma, kind=kind, text=text).status == 422
    for number in range(pinning.MOST_PINS):
        pinning.stick(place=PLACE, author=cast.emma, kind="workaround", text=str(number))
    assert refused(pinning.stick, place=PLACE, author=cast.emma, kind="stuck", text="Eine mehr").status == 409
    pin = Hatpin.objects.first()
    assert refused(pinning.pick_up, hatpin=pin, helper=cast.farid).code == "no_help_needed"


def test_a_workaround_becomes_one_draft_of_its_author(cast: SimpleNamespace) -> None:
    text = "Erst die Spalten umbenennen, " * 10
    pin = pinning.stick(place=PLACE, author=cast.emma, kind="workaround", text=text, is_named=False)
    story = pinning.story_from_hatpin(hatpin=pin, by=cast.emma)
    assert (
        pinning.story_from_hatpin(hatpin=pin, by=cast.emma) == story == Story.objects.of_origin(PLACE).get()
    )
    assert (story.state, story.is_named, story.author, len(story.title) <= 81) == (
        "draft",
        False,
        cast.emma,
        True,
    )
    assert not Story.objects.visible_to(cast.farid).exists()
    assert refused(pinning.story_from_hatpin, hatpin=pin, by=cast.farid).status == 403
    stuck = pinning.stick(place=PLACE, author=cast.emma, kind="stuck", text="Wie?")
    assert refused(pinning.story_from_hatpin, hatpin=stuck, by=cast.emma).code == "not_solved"
    pinning.solve(hatpin=stuck, by=cast.emma)
    assert pinning.story_from_hatpin(hatpin=stuck, by=cast.emma).title == "Wie?"
