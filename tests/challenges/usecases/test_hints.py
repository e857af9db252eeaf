"""What is found before a proposal is sent: names of colleagues, and proposals like it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges.usecases import similar, telling
from challenges.usecases.models import UseCase
from challenges.usecases.naming import named_in
from challenges.usecases.similar import similar_to
from hub.notices.models import Notice
from hub.people.models import User
from tests.factories import make_use_case, make_user


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Otto Fremd tippt alles ab.", ["Otto Fremd"]),
        ("fremd, otto macht das", ["Otto Fremd"]),
        ("OTTO FREMD", ["Otto Fremd"]),
        ("Das ist Ottos Aufgabe.", ["Otto"]),
        ("Frau Weiß weiß das.", ["Weiß"]),
        ("Ich weiß nicht, wer das macht, und kern ist nur ein Wort.", []),
        ("Bei Anna-Lena von der Heide liegt es.", ["Anna-Lena von der Heide"]),
        ("Ottomotoren prüfen", []),
        ("", []),
    ],
)
def test_names_of_people_are_found(cast: SimpleNamespace, text: str, found: list[str]) -> None:
    make_user("Anna-Lena", last_name="von der Heide")
    assert named_in(text) == found


def test_whoever_left_and_oneself_may_be_named(cast: SimpleNamespace) -> None:
    assert named_in("Emma Lindner", besides=cast.emma) == []
    User.objects.filter(pk=cast.otto.pk).update(status=User.Status.LEFT)
    assert named_in("Otto Fremd") == []


def test_names_cost_one_query_however_long_the_text(cast: SimpleNamespace) -> None:
    with CaptureQueriesContext(connection) as asked:
        named_in("Wer Schreibt Alles Groß " * 500)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("Rechnungen abtippen", True),
        ("Abtippen der Rechnungen dauert", True),
        ("rechnung tippen", True),
        ("RECHNUNGEN ABTIPEN", True),
        ("Urlaubsanträge unterschreiben", False),
        ("Rechnungslegung", False),
        ("die und der", False),
        ("", False),
    ],
)
def test_what_says_nearly_the_same_is_found(cast: SimpleNamespace, typed: str, is_found: bool) -> None:
    use_case = make_use_case(cast.emma, title="Rechnungen von Hand abtippen", body="Jeden Tag vierzig Stück.")
    make_use_case(cast.emma, title="Dienstreisen buchen", body="Zu viele Felder.")
    assert similar_to(typed, user=cast.otto) == ([use_case] if is_found else [])


def test_what_is_taken_away_is_not_suggested(cast: SimpleNamespace) -> None:
    make_use_case(cast.emma, withdrawn_at=timezone.now())
    make_use_case(cast.emma, hidden_at=timezone.now(), hidden_reason="Namen")
    assert similar_to("Rechnungen abtippen", user=cast.otto) == []
    assert similar_to("Rechnungen abtippen", user=cast.farid) == []


def test_few_are_shown_and_few_compared(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(8):
        make_use_case(cast.emma, title=f"Rechnungen abtippen {number}")
    assert len(similar_to("Rechnungen abtippen", user=cast.otto)) == similar.MOST_SHOWN
    monkeypatch.setattr(similar, "MOST_COMPARED", 2)
    assert len(similar_to("Rechnungen abtippen", user=cast.otto)) == 2


def test_whoever_answers_is_reminded_before_the_day_and_then_weekly(cast: SimpleNamespace) -> None:
    use_case = make_use_case(cast.emma, answerer=cast.bertha)
    due = use_case.answer_due_on

    def told() -> list[Any]:
        return list(Notice.objects.filter(user=cast.bertha).values_list("kind", flat=True).order_by("pk"))

    assert telling.remind(due - timedelta(days=telling.SOON_DAYS + 1)) == 0
    for day in (-3, -2, 0):
        telling.remind(due + timedelta(days=day))
    assert told() == ["use_case_due"]
    for day in (1, 2, 6, 7, 8):
        telling.remind(due + timedelta(days=day))
    assert told() == ["use_case_due", "use_case_late", "use_case_late"]
    UseCase.objects.update(withdrawn_at=timezone.now())
    assert telling.remind(due + timedelta(days=30)) == 0
