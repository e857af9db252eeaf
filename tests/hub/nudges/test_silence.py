"""Whoever does not answer is sent half as many, then none; an answer, or a word about it, begins it anew."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from hub.notices import delivering
from hub.notices.actions import set_preferences
from hub.notices.models import Delivery, Notice, Preference
from hub.notices.preview import next_tip
from hub.nudges import actions, cards, planner
from hub.nudges.models import Nudge
from hub.people.models import User
from tests.factories import make_tip

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
WEEKS = 12


@pytest.fixture(autouse=True)
def _clock(db: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    for _number in range(30):
        make_tip()


def live(user: User, weeks: int = WEEKS, *, answers: bool = False) -> list[datetime]:
    """Twice a day for so many weeks; returns when something was mailed."""
    sent, now = [], MONDAY
    for _half_day in range(14 * weeks):
        planner.plan(now)
        before = len(mail.outbox)
        for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
            delivering.deliver(pk, now)
        if len(mail.outbox) > before:
            sent.append(now)
            if answers:
                tip = Nudge.objects.filter(user=user).latest("shown_at").tip
                actions.respond(user=user, card=cards.library_card(user, tip, now), response="tried", now=now)
        now += timedelta(hours=6 if now.hour == 9 else 18)
    return sent


def test_who_answers_gets_what_was_asked_for(cast: Any) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 2})
    sent = live(cast.emma, answers=True)
    assert len(sent) == 2 * WEEKS
    assert Preference.of(cast.emma).unanswered == 0


def test_three_without_an_answer_halve_it_and_six_end_it(cast: Any, sign_in: Any) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 2})
    sent = live(cast.emma)
    gaps = [(later - earlier).days for earlier, later in itertools.pairwise(sent)]
    assert len(sent) == 6
    assert all(gap <= 5 for gap in gaps[:2])
    assert all(gap >= 7 for gap in gaps[2:])
    preference = Preference.of(cast.emma)
    assert preference.push_channels == []
    assert next_tip(preference, MONDAY + timedelta(weeks=WEEKS)).at is None
    assert Notice.objects.filter(user=cast.emma, kind="tips_stopped").count() == 1
    client = sign_in(cast.emma)
    assert "blieben ohne Antwort" in client.get("/me/notices/").content.decode()
    assert client.get("/tips/").status_code == 200, "one can always pull"
    set_preferences(user=cast.emma, changes={})
    assert next_tip(Preference.of(cast.emma), MONDAY + timedelta(weeks=WEEKS)).at is not None


def test_the_preview_knows_of_the_half(cast: Any) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 1})
    Preference.objects.update(unanswered=3)
    planner.plan(MONDAY)
    row = Delivery.objects.get()
    delivering.deliver(row.pk, MONDAY)
    at = next_tip(Preference.of(cast.emma), MONDAY + timedelta(days=1)).at
    assert at - MONDAY >= timedelta(days=13)


def test_a_digest_counts_as_one_message(cast: Any) -> None:
    changes = {"tips_by_mail": True, "weekly_cap": 3, "mail_rhythm": "weekly", "first_channel": "mail"}
    set_preferences(user=cast.emma, changes=changes)
    live(cast.emma, weeks=2)
    assert Nudge.objects.filter(user=cast.emma).count() == 6
    assert Preference.of(cast.emma).unanswered == 2
