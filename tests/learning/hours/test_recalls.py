"""Recall quizzes: three after each attended hour with a quiz, three to five questions, and nobody is pressed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from learning.hours import recalls
from learning.hours.models import Attendance, Recall
from learning.hours.tasks import make_recalls
from learning.notebooks import quizzing
from learning.notebooks.actions import remove
from learning.notebooks.models import Attempt
from learning.notebooks.quizzing import choose
from tests.factories import make_session
from tests.lived import Lived, lived_hour

NOW = datetime(2026, 6, 5, 9, tzinfo=UTC)


def test_wrong_and_new_questions_come_first_and_three_if_all_were_right() -> None:
    items = [UUID(int=n) for n in range(8)]
    assert choose(items, {}) == items[:5]
    wrong = {items[6]: (False, NOW)}
    assert choose(items, wrong)[0] == items[6]
    right = {item: (True, NOW - timedelta(days=n)) for n, item in enumerate(items)}
    assert choose(items, right) == [items[7], items[6], items[5]]
    assert choose(items[:2], {}) == items[:2]
    assert choose([], wrong) == []


def _attended(cast: Any, weeks: int) -> Lived:
    lived = lived_hour(
        cast.farid, title="Bessere Fragen", starts_at=timezone.now() - timedelta(weeks=weeks, hours=2)
    )
    assert lived.notebook
    Attendance.objects.create(session=lived.session, user=cast.emma, checked_in_at=lived.session.starts_at)
    return lived


def test_what_is_due_is_offered_asked_shortly_and_then_done(sign_in: Any, cast: Any) -> None:
    lived = _attended(cast, 3)
    without = make_session(cast.farid, starts_at=timezone.now() - timedelta(weeks=2))
    Attendance.objects.create(session=without, user=cast.emma)
    assert (make_recalls(), make_recalls()) == (3, 0)
    day = lived.session.local_date
    assert [row.due_on - day for row in Recall.objects.filter(user=cast.emma)] == [
        timedelta(weeks=n) for n in recalls.WEEKS
    ]
    emma, otto = sign_in(cast.emma), sign_in(cast.otto)
    begin = f"/hours/{lived.session.pk}/recall/"
    assert "3 kurze Fragen" in emma.get("/").content.decode()
    assert "kurze Fragen" not in otto.get("/").content.decode()
    assert otto.post(begin).status_code == 409
    assert emma.post(f"/hours/{without.pk}/recall/").status_code == 409

    whole = quizzing.begin(aid=lived.session.quiz, learner=cast.emma)
    quizzing.answer(attempt=whole, item=quizzing.next_item(whole), given="1")  # wrong
    first, again = emma.post(begin), emma.post(begin)
    attempt = Attempt.objects.get(learner=cast.emma, finished_at=None)
    assert first["Location"] == again["Location"] == f"/notebooks/{lived.notebook.pk}/attempts/{attempt.pk}/"
    assert emma.get(first["Location"]).status_code == 200
    assert otto.get(first["Location"]).status_code == 404
    assert "Weiter mit den Fragen" in emma.get("/").content.decode()
    while item := quizzing.next_item(attempt):
        emma.post(first["Location"], {"item": str(item.pk), "given": "0"})
    page = emma.get("/").content.decode()
    assert "Weiter mit den Fragen" not in page
    assert "kurze Fragen" not in page  # nor the one of the first week, which was let go
    make_recalls()
    assert Recall.objects.filter(user=cast.emma, done_at__isnull=False).count() == 1


def test_it_falls_away_after_four_weeks_and_while_nothing_holds(cast: Any) -> None:
    lived, now = _attended(cast, 1), timezone.now()
    make_recalls()
    later = {
        weeks: recalls.offer_of(cast.emma, now + timedelta(weeks=weeks - 1)) for weeks in (1, 2, 3, 8, 9)
    }
    assert {weeks: offer.weeks if offer else None for weeks, offer in later.items()} == {
        1: 1, 2: 2, 3: 3, 8: 8, 9: None
    }  # fmt: skip
    remove(source=lived.notebook.sources.get(), user=cast.farid)
    assert recalls.offer_of(cast.emma, now) is None
