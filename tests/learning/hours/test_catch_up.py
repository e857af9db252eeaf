"""Catching up: for whoever was not there, for four weeks; it gives no attendance and no streak."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hub.points.models import PointEntry
from learning.hours.models import Attendance, LabDone
from learning.notebooks import quizzing
from tests.factories import make_tool
from tests.lived import lived_hour


def test_whoever_was_not_there_catches_up_alone(sign_in: Any, cast: Any) -> None:
    lived = lived_hour(cast.farid, starts_at=timezone.now() - timedelta(days=3))
    assert all((lived.task, lived.notebook))
    Attendance.objects.create(session=lived.session, user=cast.otto)
    url, emma, otto = f"/hours/{lived.session.pk}/", sign_in(cast.emma), sign_in(cast.otto)
    done = f"{url}room/lab/{lived.task.pk}/"
    page = emma.get(url).content.decode()
    assert "Fasse in fünf Sätzen zusammen:" in page
    assert "Du hast es nachgeholt" not in page
    assert "Nachholen" not in otto.get(url).content.decode()
    assert otto.post(done, headers={"HX-Request": "true"}).status_code == 409
    for _again in range(2):
        assert emma.post(done, follow=True).redirect_chain[-1][0] == url
    assert LabDone.objects.filter(user=cast.emma).count() == 1
    assert "Du hast es nachgeholt" not in emma.get(url).content.decode()
    attempt = quizzing.begin(aid=lived.session.quiz, learner=cast.emma)
    quizzing.answer(attempt=attempt, item=quizzing.next_item(attempt), given="1")
    assert "Du hast es nachgeholt" in emma.get(url).content.decode()
    assert not Attendance.objects.filter(user=cast.emma).exists()
    assert not PointEntry.objects.of(cast.emma).exists()
    assert emma.get("/").context["streak"].current == 0
    emma.post(done, {"undo": "1"})
    assert not LabDone.objects.exists()


def test_afterwards_everybody_finds_the_labs_tasks_folded(sign_in: Any, cast: Any) -> None:
    """Whoever was there too, and whoever comes after the four weeks."""
    for days in (3, 40):
        lived = lived_hour(
            cast.farid,
            starts_at=timezone.now() - timedelta(days=days),
            description="Wir probieren es aus.",
        )
        tool = make_tool(link="https://chat.example/")
        assert lived.task
        lived.session.lab.update(tool=tool)
        Attendance.objects.create(session=lived.session, user=cast.otto)
        page = (
            sign_in(cast.otto if days == 3 else cast.emma).get(f"/hours/{lived.session.pk}/").content.decode()
        )
        for words in ("<summary>Fasse ein Protokoll", "Nimm ein altes.", "Fasse in fünf Sätzen", tool.link):
            assert words in page
        assert "Was wir gemacht haben" in page
        assert "Was wir machen" not in page


def test_after_four_weeks_the_path_is_gone(sign_in: Any, cast: Any) -> None:
    lived = lived_hour(cast.farid, starts_at=timezone.now() - timedelta(weeks=5))
    assert lived.task
    url, emma = f"/hours/{lived.session.pk}/", sign_in(cast.emma)
    assert "Nachholen" not in emma.get(url).content.decode()
    assert emma.post(f"{url}room/lab/{lived.task.pk}/", headers={"HX-Request": "true"}).status_code == 409
