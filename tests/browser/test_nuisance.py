"""One nuisance travels by hand: proposed, voted for, answered with a pilot, measured, decided, and on to a bet and a
story that others find; in both languages.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.contests.models import Challenge
from challenges.pilots.models import Criterion, Pilot
from hub.people.models import User
from hub.stories.models import Story
from tests.browser.conftest import axe_violations
from tests.factories import make_tool

TITLE = "Bestellungen aus Anhängen abtippen"
WORDS = {
    "de": {
        "send": "In den Kasten werfen", "vote": "Dafür stimmen", "voted": "Du hast dafür gestimmt.",
        "pilot": "Ein Pilotprojekt", "answer": "Antwort senden", "fill": "Texte ausfüllen",
        "no_job": "kein Arbeitsplatz ändert sich", "keep": "Als Entwurf behalten", "add": "Kriterium hinzufügen",
        "save": "Speichern", "check": "Startprüfung", "yes": "Ja", "start": "Starten", "note": "Notieren",
        "decide": "Entscheiden", "scale": "Ausweiten", "tell": "Davon erzählen", "bet": "Wette entwerfen",
        "publish": "Veröffentlichen", "helpful": "Hilft mir",
    },
    "en": {
        "send": "Put it into the box", "vote": "Vote for it", "voted": "You voted for it.",
        "pilot": "A pilot", "answer": "Send the answer", "fill": "Fill in the words",
        "no_job": "no job changes", "keep": "Keep as a draft", "add": "Add a criterion",
        "save": "Save", "check": "Readiness check", "yes": "Yes", "start": "Start it", "note": "Note it",
        "decide": "Decide", "scale": "Scale it", "tell": "Tell its story", "bet": "Draft a bet",
        "publish": "Publish", "helpful": "This helps me",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "scheme", "width"), [("de", "dark", 390), ("en", "light", 1280)])
def test_from_a_proposal_to_a_bet_and_a_story(
    language: str, scheme: str, width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    make_tool("Firmenchat", data_class="internal")
    words, today = WORDS[language], timezone.localdate()
    view = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    emma, farid = open_page(**view), open_page(**view)
    sign_in(emma, cast.emma)
    sign_in(farid, cast.farid)

    def press(page: Page, name: str) -> None:
        page.locator("#main").get_by_role("button", name=words[name]).first.click()

    def follow(page: Page, name: str) -> None:
        page.locator("#main").get_by_role("link", name=words[name]).first.click()

    # The proposal, a vote, and the answer: a pilot
    emma.goto("/use-cases/new/")
    emma.locator("[name=title]").fill(TITLE)
    emma.locator("[name=body]").fill("Jeden Tag vierzig Stück, jedes dauert Minuten.")
    press(emma, "send")
    expect(emma.locator("h1")).to_have_text(TITLE)
    proposal = emma.url
    farid.goto(proposal)
    press(farid, "vote")
    expect(farid.get_by_text(words["voted"])).to_be_visible()
    farid.locator("#answer").get_by_label(words["pilot"]).check()
    press(farid, "answer")

    # Agreed, checked and started
    expect(farid.locator("h1")).to_have_text(TITLE)
    pilot = Pilot.objects.get()
    follow(farid, "fill")
    farid.locator("[name=system]").select_option(label="Firmenchat")
    farid.locator("[name=affected]").fill("Vertrieb Innendienst")
    farid.locator("[name=affected_number]").fill("8")
    farid.locator("[name=freed_time_goes_to]").fill("Rückrufe am selben Tag")
    farid.get_by_label(words["no_job"]).check()
    farid.locator("[name=decides_on]").fill((today + timedelta(weeks=6)).isoformat())
    press(farid, "keep")
    follow(farid, "add")
    for name, value in (
        ("measure", "Minuten je Bestellung"),
        ("unit", "min"),
        ("baseline", "12"),
        ("threshold", "5"),
    ):
        farid.locator(f"[name={name}]").fill(value)
    farid.locator("[name=measured_by]").fill((today + timedelta(weeks=5)).isoformat())
    press(farid, "save")
    follow(farid, "check")
    for answer in farid.get_by_label(words["yes"], exact=True).all():
        answer.check()
    press(farid, "save")
    press(farid, "start")
    expect(farid.locator(".pilot-state")).to_be_visible()

    # Weeks later: measured and decided
    Pilot.objects.update(starts_on=today - timedelta(days=42), decides_on=today)
    Criterion.objects.update(measured_by=today)
    farid.goto(f"/pilots/{pilot.pk}/")
    farid.locator("[name=day]").fill((today - timedelta(days=1)).isoformat())
    farid.locator("[name=value]").fill("4")
    press(farid, "note")
    follow(farid, "decide")
    farid.get_by_label(words["scale"]).check()
    farid.locator("[name=reason]").fill("Vier Minuten statt zwölf, und niemand will zurück.")
    press(farid, "decide")
    expect(farid.locator(".pilot-state")).to_contain_text("niemand will zurück")
    assert axe_violations(farid) == []

    # A bet, and a story that whoever proposed it finds
    press(farid, "bet")
    expect(farid.locator("[name=title]")).to_have_value(TITLE)
    assert Challenge.objects.get().pilot == pilot
    farid.goto(f"/pilots/{pilot.pk}/")
    press(farid, "tell")
    expect(farid.locator("[name=body]")).to_have_value(
        "Jeden Tag vierzig Stück, jedes dauert Minuten.\n\nMinuten je Bestellung: "
        + ("vorher 12, am Ende 4 min" if pilot.language == "de" else "12 before, 4 min at the end")
        + "\n\nVier Minuten statt zwölf, und niemand will zurück."
    )
    assert axe_violations(farid) == []
    press(farid, "publish")
    assert Story.objects.get().is_published
    emma.goto(f"{proposal}")
    emma.locator(f"#main a[href='/pilots/{pilot.pk}/']").first.click()
    emma.locator("#main").get_by_role("link", name=TITLE).last.click()
    expect(emma.locator("h1")).to_have_text(TITLE)
    press(emma, "helpful")
    emma.goto("/stories/?q=zwölf")
    expect(emma.locator("#main").get_by_role("link", name=TITLE)).to_be_visible()
    assert axe_violations(emma) == []
