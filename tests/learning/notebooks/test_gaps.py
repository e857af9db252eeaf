"""Questions asked in vain reach those who look after a notebook as counts that point at nobody."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from hub.disclosure.asked import publishable
from learning.notebooks import gaps
from learning.notebooks.models import Exchange, GapFigure
from tests.factories import make_notebook, make_source, make_user

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def ask(notebook: Any, people: list[Any], question: str, at: datetime, refused: bool = True) -> None:
    for person in people:
        row = Exchange.objects.create(
            notebook=notebook, asker=person, question=question, answer={"refused": refused, "citations": []}
        )
        Exchange.objects.filter(pk=row.pk).update(asked_at=at)


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    return notebook


@pytest.fixture
def within() -> datetime:
    return datetime.combine(gaps.window_before(NOW), datetime.min.time(), UTC) + timedelta(days=9)


def test_windows_are_closed_four_weeks_long_and_never_overlap() -> None:
    seen = []
    for week in range(30):
        at = NOW + timedelta(weeks=week)
        monday = gaps.window_before(at)
        assert monday.weekday() == 0
        assert monday + timedelta(weeks=gaps.WEEKS) <= at.date()
        if monday not in seen:
            seen.append(monday)
    assert all(later - earlier == timedelta(weeks=gaps.WEEKS) for earlier, later in pairwise(seen))


def test_enough_people_are_a_rounded_figure_and_fewer_are_none(notebook: Any, within: datetime) -> None:
    people = [make_user() for _n in range(13)]
    ask(notebook, people, "Wer zahlt die Kantine?", within)
    ask(notebook, people[:9], "Was kostet der Parkplatz?", within)
    ask(notebook, people, "Beantwortet wurde diese Jahresfrage.", within, refused=False)

    figure = gaps.figure_of(notebook, NOW)

    assert figure.people == 10
    assert "kantine" in figure.words
    assert "parkplatz" not in figure.words
    assert "jahresfrage" not in figure.words


def test_one_person_asking_often_is_one_person(notebook: Any, within: datetime) -> None:
    for _n in range(30):
        ask(notebook, [notebook.owner], "Wer zahlt die Kantine?", within)

    assert gaps.figure_of(notebook, NOW).people is None


def test_a_figure_once_written_does_not_follow_what_is_erased(notebook: Any, within: datetime) -> None:
    people = [make_user() for _n in range(15)]
    ask(notebook, people, "Wer zahlt die Kantine?", within)
    assert gaps.figure_of(notebook, NOW).people == 15

    Exchange.objects.filter(asker__in=people[:6]).delete()

    assert gaps.figure_of(notebook, NOW).people == 15
    assert GapFigure.objects.count() == 1


def test_the_running_window_is_not_counted(notebook: Any) -> None:
    ask(notebook, [make_user() for _n in range(20)], "Wer zahlt die Kantine?", NOW)

    assert gaps.figure_of(notebook, NOW).people is None


@pytest.mark.parametrize(("people", "told"), [(0, None), (9, None), (10, 10), (14, 10), (15, 15)])
def test_what_may_be_said(people: int, told: int | None) -> None:
    assert publishable(people) == told


def test_only_those_who_look_after_it_see_the_page_and_never_a_question(
    notebook: Any, cast: SimpleNamespace, sign_in: Any, within: datetime
) -> None:
    ask(notebook, [make_user() for _n in range(12)], "Wer zahlt meine geheime Kantine?", within)
    path = f"/notebooks/{notebook.pk}/care/"

    for person, status in ((cast.farid, 200), (cast.emma, 403), (cast.hanna, 403), (cast.otto, 403)):
        assert sign_in(person).get(path).status_code == status
    page = sign_in(cast.farid).get(path).content.decode()
    assert "Wer zahlt" not in page
    private = make_notebook(cast.emma)
    assert sign_in(cast.farid).get(f"/notebooks/{private.pk}/care/").status_code == 404


def test_the_page_names_what_needs_an_eye(notebook: Any, cast: SimpleNamespace, sign_in: Any) -> None:
    source = notebook.sources.get()
    source.valid_until = date.today() + timedelta(days=10)
    source.save()

    page = sign_in(cast.farid).get(f"/notebooks/{notebook.pk}/care/")

    assert page.context["expiring"] == [source]
    assert source.title in page.content.decode()
