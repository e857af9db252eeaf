"""From a template to a roll-out, by hand: drafted, checked, started, measured, scaled; in both languages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.pilots.models import Criterion, Pilot
from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_tool

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
WORDS = {
    "de": {
        "begin": "Pilotprojekt beginnen", "template": "Aus Besprechungen werden Aufgaben", "take": "Dieses nehmen",
        "missing": "Für den Start fehlt noch", "fill": "Texte ausfüllen", "no_job": "kein Arbeitsplatz ändert sich",
        "keep": "Als Entwurf behalten", "change": "Ändern", "save": "Speichern", "check": "Startprüfung", "yes": "Ja",
        "start": "Starten", "running": "läuft", "note": "Notieren", "table": "2 Messwerte als Tabelle",
        "decide": "Entscheiden", "scale": "Ausweiten", "unmet": "Nicht erreicht", "list": "Liste anlegen",
        "done": "Erledigt", "ticked": "erledigt", "bet": "Wette entwerfen",
    },
    "en": {
        "begin": "Begin a pilot", "template": "Meetings turn into tasks", "take": "Take this one",
        "missing": "Still missing for the start", "fill": "Fill in the words", "no_job": "no job changes",
        "keep": "Keep as a draft", "change": "Change", "save": "Save", "check": "Readiness check", "yes": "Yes",
        "start": "Start it", "running": "running", "note": "Note it", "table": "2 values as a table",
        "decide": "Decide", "scale": "Scale it", "unmet": "Not met", "list": "Make the checklist",
        "done": "Done", "ticked": "done", "bet": "Draft a bet",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "scheme", "width"), [("de", "light", 320), ("en", "dark", 1280)])
def test_a_pilot_goes_from_a_template_to_its_rollout(
    language: str, scheme: str, width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    make_tool("Firmenchat", data_class="internal")
    words, today = WORDS[language], timezone.localdate()
    day = (today + timedelta(weeks=8)).isoformat()
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    sign_in(page, cast.farid)

    def press(name: str) -> None:
        page.locator("#main").get_by_role("button", name=words[name]).first.click()

    def calm() -> None:
        assert axe_violations(page) == []
        assert page.evaluate(OVERFLOW) <= 0

    # A template
    page.goto("/challenges/")
    page.locator("#main").get_by_role("link", name="Pilot", exact=False).first.click()
    calm()
    page.get_by_role("link", name=words["begin"]).click()
    calm()
    page.locator("li.sheet", has_text=words["template"]).get_by_role("button", name=words["take"]).click()
    expect(page.locator("h1")).to_have_text(words["template"])
    expect(page.get_by_text(words["missing"])).to_be_visible()
    calm()

    # The draft
    page.get_by_role("link", name=words["fill"]).click()
    page.locator("[name=system]").select_option(label="Firmenchat")
    page.locator("[name=affected_number]").fill("8")
    page.get_by_label(words["no_job"]).check()
    page.locator("[name=decides_on]").fill(day)
    calm()
    press("keep")
    for number, baseline in enumerate(("30", "40", "5")):
        page.locator(".pilot-criterion").nth(number).get_by_role("link", name=words["change"]).click()
        page.locator("[name=baseline]").fill(baseline)
        calm()
        press("save")

    # Ready, and started
    page.get_by_role("link", name=words["check"]).click()
    for answer in page.get_by_label(words["yes"], exact=True).all():
        answer.check()
    calm()
    press("save")
    expect(page.get_by_text(words["missing"])).to_have_count(0)
    press("start")
    expect(page.locator(".pilot-state")).to_contain_text(words["running"])
    pilot = Pilot.objects.get()

    # Two values of the first criterion, and the day has come
    Pilot.objects.update(starts_on=today - timedelta(days=60), decides_on=today)
    Criterion.objects.update(measured_by=today)
    for days_ago, value in ((30, "22"), (2, "9")):
        page.goto(f"/pilots/{pilot.pk}/")
        page.locator("[name=day]").fill((today - timedelta(days=days_ago)).isoformat())
        page.locator("[name=value]").fill(value)
        press("note")
    expect(page.locator("svg.evidence circle")).to_have_count(2)
    page.get_by_text(words["table"]).click()
    expect(page.locator(".pilot-readings tbody tr")).to_have_count(2)
    calm()

    # Scaled, though the second criterion was never measured: that needs a reason.
    page.locator("#main").get_by_role("link", name=words["decide"], exact=True).click()
    page.get_by_label(words["scale"]).check()
    press("decide")
    expect(page.locator(".errors")).to_contain_text(words["unmet"])
    calm()
    page.get_by_label(words["scale"]).check()
    page.locator("[name=reason]").fill("9 < 10 & alle wollen es")
    press("decide")
    expect(page.locator(".pilot-state")).to_contain_text("9 < 10 & alle wollen es")

    # What it leads to
    press("list")
    press("done")
    expect(page.locator("#rollout .item").first).to_contain_text(words["ticked"])
    calm()
    press("bet")
    expect(page.locator("[name=title]")).to_have_value(words["template"])
    page.goto("/pilots/")
    expect(page.locator(".item-title").first).to_have_text(words["template"])
    calm()
