"""Hatpins between two people in a live room, and what stays of an hour, on a phone and a desk, light and dark."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from learning.hours import outcomes
from learning.hours.models import Attendance, LeaderConsent
from learning.hours.tasks import make_recalls
from tests.browser.test_hour import DESK, is_fine
from tests.lived import lived_hour

NARROW = {"width": 320, "height": 700}


def test_somebody_stuck_is_helped_while_both_look(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, site: Any
) -> None:
    lived = lived_hour(cast.farid, title="Bessere Fragen").fill()
    lived.hatpin.delete()
    emma, otto = open_page(viewport=NARROW, color_scheme="dark"), open_page(viewport=DESK)
    for page, person in ((emma, cast.emma), (otto, cast.otto)):
        sign_in(page, person)
        page.goto(f"/hours/{lived.session.pk}/room/")
    emma.get_by_label("Woran du festhängst").fill("Wo finde ich den Export?")
    emma.get_by_role("button", name="Ich hänge fest").click()
    pin = otto.locator("[data-pin]")
    expect(pin).to_contain_text("Wo finde ich den Export?")
    expect(emma.locator("[data-pin]").get_by_role("button", name="Wegnehmen")).to_be_visible()
    expect(emma.locator("[data-pin]").get_by_role("button", name="Ich kann helfen")).to_be_hidden()
    expect(pin.get_by_role("button", name="Wegnehmen")).to_be_hidden()
    pin.get_by_role("button", name="Ich kann helfen").click()
    expect(emma.locator("[data-pin]")).to_contain_text("hilft")
    pin.locator("summary").click()
    pin.get_by_label("Deine Antwort").fill("Oben rechts")
    emma.locator("[data-pin]").get_by_role("button", name="Es ist gelöst").click()
    expect(pin).to_contain_text("Gelöst")  # what is being written outlives the news
    expect(pin.get_by_label("Deine Antwort")).to_have_value("Oben rechts")
    pin.get_by_role("button", name="Antworten").click()
    expect(emma.locator("[data-pin]")).to_contain_text("Oben rechts")
    expect(pin.get_by_label("Deine Antwort")).to_have_value("")
    for page in (emma, otto):
        is_fine(page)


def test_what_stays_of_an_hour_is_fine_to_look_at(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, site: Any
) -> None:
    lived = lived_hour(cast.farid, starts_at=timezone.now() - timedelta(days=8), title="Bessere Fragen")
    assert all((lived.task, lived.notebook))
    LeaderConsent.objects.create(user=cast.bertha, shows_attendance=True)
    for person in (cast.bertha, cast.carl):
        Attendance.objects.create(session=lived.session, user=person)
    words = {"text": "Ein Protokoll in fünf Sätzen, ohne Kundennamen", "result": "worked", "tool": "Copilot"}
    outcomes.note(session=lived.session, user=cast.bertha, minutes_saved=30, is_shared=True, **words)
    make_recalls()
    phone, desk = open_page(viewport=NARROW), open_page(viewport=DESK, color_scheme="dark")
    sign_in(phone, cast.bertha)
    sign_in(desk, cast.emma)
    here = f"/hours/{lived.session.pk}/"
    for page, path, heading in (
        (phone, here, "Was ich ausprobiert habe"),
        (desk, here, "Nachholen"),
        (phone, "/hours/leaders/", "Deine Wahl"),
        (desk, "/hours/leaders/", "Führungskräfte, die mitlernen"),
        (phone, "/", "Was ist geblieben?"),
    ):
        page.goto(path)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        is_fine(page)
    phone.get_by_role("button", name="3 kurze Fragen").click()
    expect(phone.locator("main")).to_contain_text("Wie viel")
