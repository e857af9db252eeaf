"""Whatever is revealed is seen: long names, ties of many and full tables, on the wall, on a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from challenges.contests.models import Challenge
from challenges.sealed import deciding, show
from challenges.sealed.models import Show
from tests.browser.conftest import axe_violations
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user

DESK, WALL, PHONE = (
    {"width": 1280, "height": 720},
    {"width": 1920, "height": 1080},
    {"width": 390, "height": 844},
)
NAMES = (
    ("Anneliese", "Ackermann-Wolkenstein"),
    ("Friedrich-Wilhelm", "Oberhauser"),
    ("Katharina", "Schwarzenberger-Lüdenscheid"),
    ("Maximilian", "Freudenberger"),
    ("Hannelore", "Zwischenbrugger"),
    ("Karl-Theodor", "Hinterleitner-Großmann"),
    ("Gwendolyn", "Straßenbergerin"),
    ("Bartholomäus", "Eichendorff-Wachtmeister"),
    ("Siegfriede", "Mecklenburg-Schwerin"),
    ("Konstantin", "Unterberger"),
)
PROCESSES = (
    "Eingangsrechnungsprüfung und Zahlungsfreigabe",
    "Reisekostenabrechnung Ausland",
    "Vertragsverlängerung",
)
# Eighty characters each: of ordinary words, and of a single one.
TEAM = "Arbeitsgemeinschaft Auftragsabwicklung und Rechnungsprüfung Nordwestdeutschland."
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
# Words that are cut though they would have had a place of their own, and what stands outside of the picture.
OUTSIDE = """() => {
  const cut = [];
  for (const part of document.querySelectorAll(".show-step p, .show-step th, .show-step td")) {
    const box = part.getBoundingClientRect();
    if (part.scrollWidth > part.clientWidth + 1 || box.right > innerWidth + 1 || box.left < -1)
      cut.push("too wide: " + part.textContent);
    if (innerWidth > 1000 && (box.bottom > innerHeight + 1 || box.top < 0)) cut.push("not seen: " + part.textContent);
  }
  const page = document.documentElement;
  const wider = page.scrollWidth - innerWidth, taller = page.scrollHeight - innerHeight;
  if (wider > 0) cut.push("the page is wider by " + wider);
  if (innerWidth > 1000 && taller > 0) cut.push("the page is taller by " + taller);
  return cut;
}"""
# Words whose letters stand on two lines without a hyphen between them.
BROKEN = """() => {
  const broken = [];
  for (const name of document.querySelectorAll(".show-who")) {
    const text = name.firstChild;
    const line = (at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return Math.round([...range.getClientRects()].at(-1).top);
    };
    for (const word of text.data.matchAll(/[^\\s\\u00ad-]+/g))
      for (let at = word.index; at < word.index + word[0].length - 1; at++)
        if (line(at) !== line(at + 1)) broken.push(word[0]);
  }
  return broken;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".show-step p, .show-step td")].map(
  (part) => parseFloat(getComputedStyle(part).fontSize)))"""


@pytest.fixture
def pages(open_page: Callable[..., Page], sign_in: Callable, cast: Any) -> list[Page]:
    found = [open_page(viewport=size) for size in (DESK, WALL, PHONE)]
    for page in found:
        sign_in(page, cast.emma)
    return found


def bet_of(cast: Any, tied: int, *, team_name: str = "") -> Challenge:
    """So many share the first place; each has a verified claim with minutes."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,), title="Die große Winterwette der Verwaltung")
    for number in range(tied):
        first_name, last_name = NAMES[number % len(NAMES)]
        user = make_user(first_name, last_name=last_name)
        title = f"{PROCESSES[number % len(PROCESSES)]} {number + 1}"
        entry = make_entry(bet, user, make_process(user, steps=6, title=title, cases_per_week=120))
        entry.team_name = team_name
        entry.save()
        claim = make_claim(entry, 0, before_minutes=20.0, after_minutes=2.0 + number)
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    return close(bet)


def show_step(bet: Challenge, cast: Any, kind: str) -> Show:
    """The reveal stands at its last step of this kind."""
    found = show.start(challenge=bet, referee=cast.ruth)
    wanted = max(at for at, step in enumerate(found.steps) if step["kind"] == kind)
    for position in range(1, wanted + 1):
        found = show.go_to(show=found, position=position, by=cast.ruth)
    return found


def check(page: Page, address: str, smallest: float = 15) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    size = page.viewport_size
    assert page.evaluate(OUTSIDE) == [], size
    assert page.evaluate(BROKEN) == [], size
    assert page.evaluate(SMALLEST) >= smallest, size


@pytest.mark.parametrize("tied", [1, 2, 4, 6, 10, 13])
def test_all_who_share_a_place_are_seen(tied: int, cast: Any, pages: list[Page]) -> None:
    bet = bet_of(cast, tied)
    show_step(bet, cast, "winner")
    for page in pages:
        check(page, f"/challenges/{bet.pk}/screen/")
        expect(page.locator(".show-who")).to_have_count(min(tied, show.MOST_PLACES))
        assert axe_violations(page) == []


@pytest.mark.parametrize("name", [TEAM, WORD])
@pytest.mark.parametrize("tied", [1, 10])
def test_a_name_of_eighty_characters_is_seen(name: str, tied: int, cast: Any, pages: list[Page]) -> None:
    assert len(name) == 80
    bet = bet_of(cast, tied, team_name=name)
    show_step(bet, cast, "winner")
    for page in pages:
        check(page, f"/challenges/{bet.pk}/screen/")


def test_freed_hours_that_do_not_fit_are_said_with_their_sum(cast: Any, pages: list[Page]) -> None:
    bet = bet_of(cast, 10)
    found = show_step(bet, cast, "freed")
    step = found.steps[found.position]
    assert (len(step["rows"]), step["more"]["n"]) == (6, 4)
    for page in pages:
        check(page, f"/challenges/{bet.pk}/screen/")
        expect(page.locator(".show-freed tbody tr")).to_have_count(6)
        expect(page.locator(".show-freed tfoot")).to_contain_text("und 4 weitere")
        assert axe_violations(page) == []


def test_a_rehearsal_has_room_for_saying_that_it_is_one(
    cast: Any, pages: list[Page], sign_in: Callable
) -> None:
    found = show.rehearse(challenge=bet_of(cast, 10), by=cast.farid)
    for position in range(1, len(found.steps) - 1):
        found = show.go_to(show=found, position=position, by=cast.farid)
    assert found.steps[found.position]["kind"] == "freed"
    for page in pages:
        sign_in(page, cast.farid)
        check(page, f"/challenges/rehearsals/{found.pk}/")
        expect(page.locator(".show-rehearsal")).to_be_visible()
