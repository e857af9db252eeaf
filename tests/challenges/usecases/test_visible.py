"""Who sees a proposal, and what it can become."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from challenges.processes.models import Process
from challenges.usecases import becoming
from challenges.usecases.models import Comment, UseCase, Vote
from hub.people.models import User
from hub.refusals import Refusal
from hub.words import folded
from tests.factories import make_process, make_use_case


def seen_by(user: User) -> set[Any]:
    return set(UseCase.objects.visible_to(user).values_list("pk", flat=True))


def test_everybody_sees_one_until_it_is_taken_away(cast: SimpleNamespace) -> None:
    use_case = make_use_case(cast.emma)
    assert use_case.pk in seen_by(cast.otto)
    UseCase.objects.update(hidden_at=timezone.now(), hidden_reason="A name in it")
    assert use_case.pk not in seen_by(cast.otto)
    assert all(use_case.pk in seen_by(one) for one in (cast.emma, cast.farid, cast.ada))
    UseCase.objects.update(withdrawn_at=timezone.now())
    assert not any(use_case.pk in seen_by(one) for one in (cast.otto, cast.farid, cast.ada))
    assert use_case.pk in seen_by(cast.emma)


def test_one_about_a_process_stays_when_the_process_is_shown_to_fewer(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    process = make_process(cast.bertha, audience=Process.Audience.PRIVATE, title="Geheimsache Quastenflosser")
    use_case = make_use_case(cast.emma, process=process, answerer=cast.bertha)
    assert all(use_case.pk in seen_by(one) for one in (cast.otto, cast.farid, cast.ada))
    for person in (cast.otto, cast.emma):
        for path in ("/use-cases/", f"/use-cases/{use_case.pk}/"):
            assert "Quastenflosser" not in sign_in(person).get(path).content.decode()
            assert "Quastenflosser" not in api(person).get(f"/api/v1{path}").content.decode()
        found = UseCase.objects.visible_to(person).with_counts(person).get()
        assert not found.process_is_shown
    assert UseCase.objects.visible_to(cast.bertha).with_counts(cast.bertha).get().process_is_shown


def test_counts_are_right_and_hidden_comments_are_not_counted(cast: SimpleNamespace) -> None:
    use_case = make_use_case(cast.emma)
    for person in (cast.otto, cast.carl):
        Vote.objects.create(use_case=use_case, person=person)
    Comment.objects.create(use_case=use_case, author=cast.otto, text="Same here")
    Comment.objects.create(
        use_case=use_case, author=cast.otto, text="Rude", hidden_at=timezone.now(), hidden_reason="Rude"
    )
    found = UseCase.objects.with_counts(cast.otto).get()
    assert (found.vote_count, found.comment_count, found.has_my_vote) == (2, 1, True)
    assert not UseCase.objects.with_counts(cast.emma).get().has_my_vote
    assert Comment.objects.visible_to(cast.emma).count() == 1
    assert (
        Comment.objects.visible_to(cast.otto).count() == Comment.objects.visible_to(cast.farid).count() == 2
    )


def test_who_answers(cast: SimpleNamespace) -> None:
    use_case = make_use_case(cast.emma, answerer=cast.bertha)
    assert use_case.can_be_answered_by(cast.bertha)
    assert not use_case.can_be_answered_by(cast.farid)
    assert use_case in UseCase.objects.to_answer_by(cast.bertha)
    User.objects.filter(pk=cast.bertha.pk).update(status=User.Status.LEFT)
    use_case = UseCase.objects.get()
    assert use_case.can_be_answered_by(cast.farid)
    assert not use_case.can_be_answered_by(cast.emma)
    assert use_case in UseCase.objects.to_answer_by(cast.farid)


def test_overdue_is_what_waits_beyond_its_day(cast: SimpleNamespace) -> None:
    old = make_use_case(cast.emma, proposed_at=timezone.now() - timedelta(days=15))
    new = make_use_case(cast.emma, proposed_at=timezone.now() - timedelta(days=13))
    assert list(UseCase.objects.overdue()) == [old]
    assert (old.is_overdue, new.is_overdue) == (True, False)


@pytest.mark.parametrize(
    "values",
    [
        {"answer": "no", "answered_at": timezone.now()},
        {"answer": "pilot"},
        {"answered_at": timezone.now()},
        {"hidden_at": timezone.now()},
    ],
)
def test_the_database_refuses_half_an_answer(cast: SimpleNamespace, values: dict[str, Any]) -> None:
    make_use_case(cast.emma)
    with pytest.raises(IntegrityError):
        UseCase.objects.update(**values)


def test_the_database_refuses_a_second_vote(cast: SimpleNamespace) -> None:
    use_case = make_use_case(cast.emma)
    Vote.objects.create(use_case=use_case, person=cast.otto)
    with pytest.raises(IntegrityError):
        Vote.objects.create(use_case=use_case, person=cast.otto)


def test_it_becomes_a_private_process_of_whoever_answers(cast: SimpleNamespace) -> None:
    use_case = make_use_case(cast.emma, language="de")
    path = becoming.make_outcome("process", use_case=use_case, user=cast.bertha)
    process = Process.objects.get()
    assert (process.owner, process.title, process.audience) == (cast.bertha, use_case.title, "private")
    assert path == f"/processes/{process.pk}/"
    use_case.answer, use_case.became = "process", path
    assert becoming.shown_paths([use_case], cast.bertha) == {path}
    assert becoming.shown_paths([use_case], cast.emma) == set()


def test_only_answers_can_be_registered_and_only_registered_ones_made(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(becoming, "_outcomes", {})
    with pytest.raises(ValueError, match="song"):
        becoming.register_outcome("song", "A song", lambda use_case, user: "/")
    becoming.register_outcome(
        "pilot", "A pilot", lambda use_case, user: "/p/", may=lambda user: user == cast.ada
    )
    use_case = make_use_case(cast.emma)
    assert becoming.make_outcome("pilot", use_case=use_case, user=cast.ada) == "/p/"
    with pytest.raises(Refusal):
        becoming.make_outcome("pilot", use_case=use_case, user=cast.emma)


def test_words_are_folded() -> None:
    assert folded("Prüfung, der STRASSE", "Straße\n2") == "prufung der strasse strasse 2"


def test_no_name_is_kept_beside_ones_own_process(cast: Any, sign_in: Any, api: Any) -> None:
    """Whose process it is answers, but never oneself: who else is asked would say that its owner proposed it."""
    mine = make_process(cast.bertha)
    words = {
        "kind": "nuisance",
        "title": "Rechnungen abtippen",
        "body": "Jede Rechnung von Hand.",
        "language": "de",
    }
    given = {**words, "process": str(mine.pk)}
    page = sign_in(cast.bertha).post("/use-cases/new/", given)
    assert page.status_code == 422
    assert "Lass den Prozess weg, oder nenne deinen Namen." in page.content.decode()
    assert "Jede Rechnung von Hand.</textarea>" in page.content.decode(), "what was typed stays"
    program = api(cast.bertha)
    assert program.post("/api/v1/use-cases/", {**given, "is_named": False}).status_code == 422
    assert not UseCase.objects.exists()
    assert program.post("/api/v1/use-cases/", {**words, "is_named": False}).status_code == 201
    assert program.post("/api/v1/use-cases/", {**given, "is_named": True}).status_code == 201
    named = UseCase.objects.get(is_named=True)
    assert program.patch(f"/api/v1/use-cases/{named.pk}/", {"is_named": False}).status_code == 422
    named.refresh_from_db()
    assert named.is_named
