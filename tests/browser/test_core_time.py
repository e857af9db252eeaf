"""A person answers the question on a phone in German, and reads the team's figure once the two weeks are over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from hub.core_time.days import days_asked, over_at
from hub.core_time.models import Counter, Voice
from hub.core_time.publishing import publish_due
from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_measurement, make_user

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
MONDAY = date(2026, 10, 5)


def test_a_person_answers_on_a_phone_and_reads_the_figure(
    site: Any, cast: Any, open_page: Callable[..., Page], sign_in: Callable, monkeypatch: Any, settings: Any
) -> None:
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 400
    emma, team = cast.emma, cast.emma.team
    colleagues = [make_user(team=team) for _number in range(30)]
    measurement = make_measurement(team, starts_on=MONDAY, members=31)
    days = days_asked(measurement.pk, emma.subject_key, MONDAY, measurement.ends_on, range(5), team.site)

    def set_clock(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    set_clock(datetime.combine(min(days), time(9), UTC))
    page = open_page(viewport={"width": 320, "height": 700})
    sign_in(page, emma)
    page.goto("/")
    card = page.get_by_role("region", name="Eine Frage zur Zeit fürs Eigentliche")
    expect(card).to_contain_text("in „Gespräche mit Kunden“?")
    steps = card.locator(".share-row label")
    expect(steps).to_have_count(6)
    sizes = [step.bounding_box() for step in steps.all()]
    assert all(size and size["width"] >= 44 and size["height"] >= 44 for size in sizes), "for a thumb"
    assert page.evaluate(OVERFLOW) <= 0
    assert axe_violations(page) == []
    steps.nth(2).click()
    card.get_by_role("button", name="Meine Antwort zählen").click()
    expect(page.locator("main")).not_to_contain_text("Eine Frage zur Zeit fürs Eigentliche")
    assert Counter.objects.get(percent=40).times == 1

    # What eleven colleagues said by keyboard or thumb is counted in the same rows.
    Counter.objects.filter(percent=20).update(times=11)
    Voice.objects.bulk_create(Voice(measurement=measurement, user=user) for user in colleagues[:11])
    over = over_at(measurement.ends_on)
    publish_due(over)
    set_clock(over + timedelta(days=1))
    assert User.objects.get(pk=emma.pk).language == "de"
    page.goto("/core-time/")
    expect(page.get_by_role("img", name="Vorher, 18. Oktober 2026: 20\xa0%")).to_be_visible()
    expect(page.get_by_role("row").nth(1)).to_contain_text("20\xa0%")
    assert page.evaluate(OVERFLOW) <= 0
    assert axe_violations(page) == []
