"""The reveal on the big screen: bottom-up, driven by the server, and no browser knows more than was shown."""

from typing import Any

import pytest

from challenges.contests.freed import Freed
from challenges.contests.models import Challenge, PublishedStanding
from challenges.contests.telling import tell
from challenges.sealed import deciding, show
from challenges.sealed.counting import standing_of
from challenges.sealed.models import Show, StandingCommitment
from challenges.sealed.revealing import reveal
from challenges.sealed.show_views import shared_sections, softened
from hub.points.models import PointEntry
from hub.stories import actions as story_actions
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user


@pytest.fixture
def bet(cast: Any) -> Challenge:
    """Bertha 3, Carl and Walter 1, Hanna 0; the deadline has passed."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,), title="Winterwette")
    for user, steps in ((cast.bertha, 3), (cast.carl, 1), (cast.walter, 1), (cast.hanna, 0)):
        entry = make_entry(bet, user, make_process(user, steps=6))
        for position in range(steps):
            deciding.decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    return close(bet)


def screens(bet: Challenge, found: Show) -> str:
    """Everything a browser can be sent at this moment."""
    return "".join("".join(texts.values()) for texts in shared_sections(bet.pk, None).values())


def test_it_goes_from_the_last_place_to_the_first_and_reveals_at_its_end(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    ruth, emma = sign_in(cast.ruth), sign_in(cast.emma)
    url = f"/challenges/{bet.pk}/screen/"
    assert "Bertha" not in emma.get(url).content.decode()
    assert ruth.post(f"{url}start/")["Location"] == url
    bet.refresh_from_db()
    assert bet.phase() == "revealing"
    found = show.show_of(bet)
    kinds = [step["kind"] for step in found.steps]
    assert kinds == ["opening", "place", "drum", "place", "drum", "winner", "end"]
    names = {"Hanna": 1, "Carl": 3, "Walter": 3, "Bertha": 5}
    for position in range(len(kinds) - 1):
        ruth.post(f"{url}drive/", {"position": position})
        seen = screens(bet, found) + emma.get(url).content.decode() + str(emma.get(f"{url}news/").json())
        seen += emma.get(f"/challenges/{bet.pk}/standings/").content.decode()
        for name, shown_at in names.items():
            assert (name in seen) == (position == shown_at), (name, position)
        assert PublishedStanding.objects.count() == 0
        assert PointEntry.objects.of(cast.bertha).total() == 0
    ruth.post(f"{url}drive/", {"position": len(kinds) - 1})
    bet.refresh_from_db()
    assert bet.phase() == "revealed"
    assert PointEntry.objects.of(cast.bertha).total() == 60
    keys = PointEntry.objects.of(cast.bertha).values_list("source_key", flat=True)
    assert {key.split(":")[-1] for key in keys} == {str(cast.bertha.subject_key)}, "the opaque key alone"
    assert StandingCommitment.objects.count() == 1
    assert "Bertha" in emma.get(f"/challenges/{bet.pk}/").content.decode()


def test_two_presses_at_once_are_one_step_and_nothing_is_skipped(cast: Any, bet: Challenge) -> None:
    found = show.start(challenge=bet, referee=cast.ruth)
    for _press in range(3):
        found = show.go_to(show=found, position=1, by=cast.ruth)
    assert found.position == 1
    assert show.go_to(show=found, position=5, by=cast.ruth).position == 1
    assert show.go_to(show=found, position=-1, by=cast.ruth).position == 1
    assert show.go_to(show=found, position=0, by=cast.ruth).position == 0


def test_it_is_interrupted_and_goes_on_where_it_stood(cast: Any, sign_in: Any, bet: Challenge) -> None:
    ruth, url = sign_in(cast.ruth), f"/challenges/{bet.pk}/screen/"
    ruth.post(f"{url}start/")
    ruth.post(f"{url}drive/", {"position": 1})
    ruth.post(f"{url}drive/", {"stop": "1"})
    bet.refresh_from_db()
    assert bet.phase() == "counted"
    seen = sign_in(cast.emma).get(url).content.decode()
    assert "Hanna" not in seen
    ruth.post(f"{url}drive/", {"position": 2})
    assert show.show_of(bet).position == 1
    ruth.post(f"{url}start/")
    assert (show.show_of(bet).position, Show.objects.count()) == (1, 1)
    assert "Hanna" in sign_in(cast.emma).get(url).content.decode()


def test_a_rehearsal_is_made_up_and_changes_nothing(cast: Any, sign_in: Any, bet: Challenge) -> None:
    farid = sign_in(cast.farid)
    made = farid.post(f"/challenges/{bet.pk}/rehearse/")
    found = Show.objects.get(is_rehearsal=True)
    assert made["Location"] == f"/challenges/rehearsals/{found.pk}/"
    page = farid.get(made["Location"]).content.decode()
    assert "Probe:" in page
    for position in range(len(found.steps)):
        farid.post(f"{made['Location']}drive/", {"position": position})
    bet.refresh_from_db()
    assert bet.phase() == "closed"
    assert not PublishedStanding.objects.exists()
    for person in (cast.emma, cast.bertha, cast.hanna):
        assert sign_in(person).get(made["Location"]).status_code == 403
        assert sign_in(person).post(f"/challenges/{bet.pk}/rehearse/").status_code == 403


def test_a_rehearsal_does_not_depend_on_any_claim(cast: Any, bet: Challenge, monkeypatch: Any) -> None:
    for name in ("standing_of", "freed_by_process", "count", "open_seal"):
        monkeypatch.setattr(show, name, lambda *_args, **_options: pytest.fail("looked behind the seal"))
    show.rehearse(challenge=bet, by=cast.farid)


def test_a_large_field_is_shown_in_few_steps(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    process = make_process(cast.farid, steps=20)
    for number in range(15):
        entry = make_entry(bet, make_user(f"Viele{number}"), process)
        for position in range(number):
            deciding.decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    found = show.start(challenge=close(bet), referee=cast.ruth)
    kinds = [step["kind"] for step in found.steps]
    assert kinds == ["opening", "rest", *["place"] * 9, "drum", "winner", "end"]
    assert found.steps[1] == {"kind": "rest", "n": 5, "from": 11}


def test_only_referees_start_and_drive(cast: Any, sign_in: Any, bet: Challenge) -> None:
    for person in (cast.farid, cast.ada, cast.bertha, cast.emma):
        for path in ("start/", "drive/"):
            assert sign_in(person).post(f"/challenges/{bet.pk}/screen/{path}").status_code == 403
    assert not Show.objects.exists()


def test_markup_in_names_stays_text(cast: Any, bet: Challenge) -> None:
    bet.entries.filter(contestant=cast.hanna).update(team_name="<img src=x onerror=alert(1)>")
    found = show.start(challenge=bet, referee=cast.ruth)
    show.go_to(show=found, position=1, by=cast.ruth)
    html = shared_sections(bet.pk, None)["de"]["step"]
    assert "<img" not in html
    assert "&lt;img" in html


def make_bet_with_hours(cast: Any) -> Challenge:
    """Two of Bertha's six steps are gone, one of them runs in half of the cases; of Carl's none is."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    process = make_process(cast.bertha, steps=6, cases_per_week=10)
    process.steps.filter(position=1).update(probability=0.5)
    entry = make_entry(bet, cast.bertha, process)
    make_entry(bet, cast.carl, make_process(cast.carl, steps=6))
    for position, minutes in ((0, 30.0), (1, None)):
        claim = make_claim(entry, position, before_minutes=minutes, after_minutes=minutes and 0.0)
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    return close(bet)


def test_executed_steps_and_freed_hours_stand_beside_the_net_once_it_is_shown(
    cast: Any, sign_in: Any
) -> None:
    bet = make_bet_with_hours(cast)
    found = show.start(challenge=bet, referee=cast.ruth)
    emma, url = sign_in(cast.emma), f"/challenges/{bet.pk}/screen/"
    # 10 cases a week, half an hour each, all 52 weeks: that nobody confirmed yet.
    figures = ("5,5 → 4,0", "bis zu 260 Stunden im Jahr frei")
    for position, step in enumerate(found.steps[:-1]):
        show.go_to(show=found, position=position, by=cast.ruth)
        seen = screens(bet, found) + emma.get(url).content.decode() + str(emma.get(f"{url}news/").json())
        for figure in figures:
            assert (figure in seen) == (step["kind"] == "winner"), (figure, step["kind"])
        assert ("6,0 → 6,0" in seen) == (step["kind"] == "place"), "who frees nothing has steps all the same"
    show.go_to(show=found, position=len(found.steps) - 1, by=cast.ruth)
    line = next(step for step in found.steps if step["kind"] == "winner")["lines"][0]
    standing = PublishedStanding.objects.get(entry__contestant=cast.bertha)
    assert (line["before"], line["after"]) == (standing.executed_before, standing.executed_after)
    assert (line["low"], line["mid"], line["high"]) == (
        round(standing.hours_low),
        round(standing.hours_mid),
        round(standing.hours_high),
    )


def test_figures_are_made_of_those_alone_whose_names_are_shown(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    process = make_process(cast.farid)
    for number in range(12):
        make_entry(bet, make_user(f"Gleich{number}"), process)
    places = standing_of(close(bet))
    assert {place.rank for place in places} == {1}
    assert show.entries_named(places) == [place.entry for place in places[:10]]


def test_a_rehearsal_makes_up_what_stands_beside_the_net(cast: Any, bet: Challenge) -> None:
    found = show.rehearse(challenge=bet, by=cast.farid)
    lines = [line for step in found.steps for line in step.get("lines", ())]
    assert {line["who"] for line in lines} == {entry.who for entry in bet.entries.all()}
    for line in lines:
        assert line["before"] > 0
        assert line["after"] == pytest.approx(line["before"] - line["net"])
        assert bool(line["mid"]) == bool(line["net"])
    assert show.rehearse(challenge=bet, by=cast.farid).steps == found.steps, "the same numbers again"


def test_freed_hours_beyond_six_processes_are_one_row_with_their_sum() -> None:
    freed = [(f"Prozess {n}", Freed(n, 2 * n, 3 * n)) for n in range(10, 0, -1)]
    step = show.plan([], freed)[-2]
    assert [row["process"] for row in step["rows"]] == [f"Prozess {n}" for n in (10, 9, 8, 7, 6, 5)]
    assert step["more"] == {"n": 4, "low": 10, "mid": 20, "high": 30}
    seventh = show.plan([], freed[:7])[-2]
    assert (len(seventh["rows"]), "more" in seventh) == (7, False), "a single one more takes no more room"
    assert [step["kind"] for step in show.plan([], [("Nichts", Freed())])] == ["opening", "end"]


def test_what_was_revealed_without_its_show_is_not_said_to_be_interrupted(cast: Any, bet: Challenge) -> None:
    found = show.start(challenge=bet, referee=cast.ruth)
    show.go_to(show=found, position=1, by=cast.ruth)
    show.interrupt(show=found, by=cast.ruth)
    assert "A short break" in shared_sections(bet.pk, None)["en"]["step"]
    reveal(challenge=bet, referee=cast.ruth)
    sections = shared_sections(bet.pk, None)["en"]
    assert "The seal is broken." in sections["step"]
    assert sections["over"] == "yes"


def test_its_end_names_the_address_of_the_standings_and_of_the_winners_story(
    cast: Any, sign_in: Any, bet: Challenge, settings: Any
) -> None:
    settings.SITE_URL = "https://hub.example"
    found = show.start(challenge=bet, referee=cast.ruth)
    for position in range(1, len(found.steps)):
        found = show.go_to(show=found, position=position, by=cast.ruth)
    assert f"https://hub.example/challenges/{bet.pk}/" in shared_sections(bet.pk, None)["de"]["step"]
    bet.refresh_from_db()
    story = tell(entry=bet.entries.get(contestant=cast.bertha), user=cast.bertha)
    story.title = "Drei Schritte weniger"
    story.save()
    page = f"/challenges/{bet.pk}/"
    assert "Drei Schritte weniger" not in sign_in(cast.emma).get(page).content.decode()
    story_actions.publish(story=story)
    seen = sign_in(cast.emma).get(page).content.decode()
    assert "standing-rank" in seen
    assert "Drei Schritte weniger" in seen


def test_only_very_long_words_are_softened() -> None:
    assert softened("Anneliese Ackermann-Wolkenstein") == "Anneliese Ackermann-Wolkenstein"
    assert (
        softened("Eingangsrechnungsprüfung").replace("\N{SOFT HYPHEN}", "-") == "Eingangs-rech-nungs-prüfung"
    )
    assert softened("<b>" + "x" * 40) == "<b>" + "x" * 40
