"""Taking a quiz: graded fairly, kept, private, and step by step with hints."""

from types import SimpleNamespace
from typing import Any

import pytest

from hub.refusals import Refusal
from learning.notebooks import actions, aid_actions, quizzing
from learning.notebooks.grading import is_right
from learning.notebooks.models import Attempt, AttemptAnswer
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, hand_made

DAY = "Beschäftigte in Vollzeit haben in jedem Kalenderjahr Anspruch auf dreißig Arbeitstage Erholungsurlaub."
MONEY = (
    "Für eine Dienstreise von mehr als acht Stunden zahlt die Firma eine Verpflegungspauschale von 14 Euro."
)
HARM = "Der Schaden an einem Gerät wird innerhalb von 24 Stunden der IT gemeldet."
ITEMS = [
    {
        "kind": "multiple_choice",
        "heading": "Wie hoch ist die Verpflegungspauschale?",
        "body": MONEY,
        "says": MONEY,
        "data": {"options": ["10 Euro", "12 Euro", "14 Euro", "20 Euro"], "right": 2, "level": 3},
    },
    {
        "kind": "cloze",
        "heading": DAY.replace("dreißig", "____"),
        "body": DAY,
        "says": DAY,
        "data": {"answer": "dreißig", "accepted": ["dreißig", "30"], "level": 1},
    },
    {
        "kind": "short_answer",
        "heading": "Wem wird ein Schaden gemeldet?",
        "body": HARM,
        "says": HARM,
        "data": {"answer": "der IT", "accepted": ["der IT", "IT"], "level": 2},
    },
]


@pytest.fixture
def quiz(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook, text=RULES, title="Regeln")
    aid = hand_made(notebook, "quiz", [dict(item) for item in ITEMS])
    return aid_actions.release(aid=aid, by=cast.farid)


@pytest.mark.parametrize(
    ("answer", "given", "right"),
    [
        ("Verpflegungspauschale", "verpflegungspauschale", True),
        ("Verpflegungspauschale", "Verpflegungspauschal", True),
        ("Verpflegungspauschale", "Verpflegungspuaschale", True),
        ("Verpflegungspauschale", "Verpflegung", False),
        ("dreißig", "dreissig", True),
        ("für", "fuer", True),
        ("der Betriebsrat", "Betriebsrat", True),
        ("Betriebsrat", "ein Betriebsrat", True),
        ("14 Euro", "15 Euro", False),
        ("14 Euro", "14 euro.", True),
        ("1.000 Euro", "1000 Euro", True),
        ("2,5 Tage", "2.5 Tage", True),
        ("25 Tage", "2.5 Tage", False),
        ("IT", "ID", False),
        ("Montag", "", False),
        ("Montag", "????", False),
        ("Haus", "Maus", False),
    ],
)
def test_grading_forgives_spelling_and_not_meaning(answer: str, given: str, right: bool) -> None:
    assert is_right("cloze", {"answer": answer}, given) is right


@pytest.mark.parametrize(
    ("given", "right"), [("2", True), ("1", False), ("-1", False), ("²", False), ("x", False)]
)
def test_a_choice_is_the_number_of_the_option(given: str, right: bool) -> None:
    assert is_right("multiple_choice", {"options": list("abcd"), "right": 2}, given) is right


def by_kind(quiz: Any) -> dict[str, Any]:
    return {item.kind: item for item in quiz.items.all()}


def test_a_whole_quiz_is_kept_with_its_result(quiz: Any, cast: SimpleNamespace) -> None:
    items, attempt = by_kind(quiz), quizzing.begin(aid=quiz, learner=cast.emma)
    assert quizzing.begin(aid=quiz, learner=cast.emma) == attempt
    quizzing.answer(attempt=attempt, item=items["multiple_choice"], given="2")
    quizzing.answer(attempt=attempt, item=items["cloze"], given="30")
    quizzing.answer(attempt=attempt, item=items["short_answer"], given="die Buchhaltung")

    attempt.refresh_from_db()
    assert attempt.finished_at is not None
    assert quizzing.result_of(attempt) == quizzing.Result(asked=3, right=2)
    assert quizzing.begin(aid=quiz, learner=cast.emma) != attempt


def test_the_first_answer_counts(quiz: Any, cast: SimpleNamespace) -> None:
    item, attempt = by_kind(quiz)["cloze"], quizzing.begin(aid=quiz, learner=cast.emma)
    quizzing.answer(attempt=attempt, item=item, given="zwanzig")
    again = quizzing.answer(attempt=attempt, item=item, given="dreißig")

    assert (again.given, again.is_right) == ("zwanzig", False)
    assert AttemptAnswer.objects.count() == 1


def test_step_by_step_goes_from_easy_to_hard_and_asks_until_it_is_right(
    quiz: Any, cast: SimpleNamespace
) -> None:
    items = by_kind(quiz)
    attempt = quizzing.begin(aid=quiz, learner=cast.emma, is_guided=True)
    assert attempt.items == [str(items[kind].pk) for kind in ("cloze", "short_answer", "multiple_choice")]

    first = quizzing.answer(attempt=attempt, item=items["cloze"], given="zwanzig")
    assert (first.is_solved, first.tries) == (False, 1)
    assert quizzing.next_item(attempt) == items["cloze"]
    second = quizzing.answer(attempt=attempt, item=items["cloze"], given="dreißig")
    assert (second.is_solved, second.is_right, second.tries) == (True, False, 2)
    assert quizzing.next_item(attempt) == items["short_answer"]
    for _try in range(quizzing.MOST_TRIES):
        last = quizzing.answer(attempt=attempt, item=items["short_answer"], given="niemand")
    assert last.is_solved
    assert quizzing.next_item(attempt) == items["multiple_choice"]


def test_hints_narrow_the_question_and_never_tell_before_the_third_miss(
    quiz: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    emma, items = sign_in(cast.emma), by_kind(quiz)
    emma.post(f"/notebooks/{quiz.notebook_id}/aids/{quiz.pk}/attempts/", {"guided": "yes"})
    attempt = Attempt.objects.get()
    here = f"/notebooks/{quiz.notebook_id}/attempts/{attempt.pk}/"

    def give(kind: str, value: str) -> Any:
        return emma.post(here, {"item": items[kind].pk, "given": value}, follow=True)

    asked = give("cloze", "zwanzig")
    assert asked.context["is_asking"]
    assert asked.context["first_letter"] == "d"
    assert "dreißig" not in asked.content.decode()
    assert not asked.context["shows_passage"]
    assert give("cloze", "vierzig").context["shows_passage"]
    told = give("cloze", "fünfzig")
    assert not told.context["is_asking"]
    assert "dreißig" in told.content.decode()

    give("short_answer", "IT")
    narrowed = give("multiple_choice", "0")
    assert len(narrowed.context["options"]) == 2
    assert 2 in dict(narrowed.context["options"])
    assert 0 not in dict(narrowed.context["options"])


def test_a_question_does_not_carry_its_answer_to_the_page(
    quiz: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    emma = sign_in(cast.emma)
    page = emma.post(f"/notebooks/{quiz.notebook_id}/aids/{quiz.pk}/attempts/", follow=True)
    assert "14 Euro" in page.content.decode()
    assert MONEY not in page.content.decode()

    here = page.request["PATH_INFO"]
    told = emma.post(here, {"item": by_kind(quiz)["multiple_choice"].pk, "given": "0"}, follow=True)
    assert MONEY in told.content.decode()
    assert "#quote" in told.content.decode()


def test_a_withdrawn_item_is_passed_over_and_the_quiz_still_ends(quiz: Any, cast: SimpleNamespace) -> None:
    attempt = quizzing.begin(aid=quiz, learner=cast.emma)
    quizzing.answer(attempt=attempt, item=by_kind(quiz)["cloze"], given="30")
    actions.remove(source=quiz.notebook.sources.get(), user=cast.farid)

    assert quizzing.next_item(attempt) is None
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    actions.put_back(source=quiz.notebook.sources.get())
    assert quizzing.next_item(attempt) is not None
    actions.remove(source=quiz.notebook.sources.get(), user=cast.farid)
    with pytest.raises(Refusal):
        quizzing.begin(aid=quiz, learner=cast.otto)


@pytest.mark.parametrize("given", ["²", "٣", "999999999999", "-1", "1.5"])
def test_an_answer_that_is_no_option_is_wrong_and_breaks_nothing(
    quiz: Any, cast: SimpleNamespace, sign_in: Any, given: str
) -> None:
    emma, attempt = sign_in(cast.emma), quizzing.begin(aid=quiz, learner=cast.emma)
    here = f"/notebooks/{quiz.notebook_id}/attempts/{attempt.pk}/"
    for item in attempt.items:
        assert emma.post(here, {"item": item, "given": given}, follow=True).status_code == 200

    assert emma.get(here).status_code == 200
    assert quizzing.result_of(attempt).right == 0


def test_attempts_are_the_learners_alone(quiz: Any, cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    attempt = quizzing.begin(aid=quiz, learner=cast.emma)
    here = f"/notebooks/{quiz.notebook_id}/attempts/{attempt.pk}/"
    item = by_kind(quiz)["cloze"].pk

    for person in (cast.otto, cast.farid, cast.hanna, cast.ada):
        assert sign_in(person).get(here).status_code == 404
        assert sign_in(person).post(here, {"item": item, "given": "30"}).status_code == 404
        url = f"/api/v1/attempts/{attempt.pk}/answers/"
        assert api(person).post(url, {"item": item, "given": "30"}).status_code == 404
        listed = api(person).get(f"/api/v1/notebooks/{quiz.notebook_id}/quizzes/{quiz.pk}/attempts/")
        assert listed.json()["count"] == 0
    assert not AttemptAnswer.objects.exists()


@pytest.mark.parametrize("given", ["", "   ", "\x00"])
def test_an_empty_answer_is_asked_for_again(
    quiz: Any, cast: SimpleNamespace, sign_in: Any, given: str
) -> None:
    attempt = quizzing.begin(aid=quiz, learner=cast.emma)
    here = f"/notebooks/{quiz.notebook_id}/attempts/{attempt.pk}/"

    response = sign_in(cast.emma).post(here, {"item": attempt.items[0], "given": given})

    assert response.status_code == 422
    assert response.context["is_asking"]


def test_programs_take_a_quiz(quiz: Any, cast: SimpleNamespace, api: Any) -> None:
    program, base = api(cast.emma), f"/api/v1/notebooks/{quiz.notebook_id}/quizzes/"
    assert program.get(base).json()["results"][0]["id"] == str(quiz.pk)
    attempt = program.post(f"{base}{quiz.pk}/attempts/").json()
    for item in attempt["items"]:
        kept = program.post(f"/api/v1/attempts/{attempt['id']}/answers/", {"item": item, "given": "2"})
        assert kept.status_code == 200
    done = program.get(f"{base}{quiz.pk}/attempts/").json()["results"][0]
    assert (done["asked"], done["right"]) == (3, 1)
    assert done["finished_at"]
    late = program.post(f"/api/v1/attempts/{attempt['id']}/answers/", {"item": item, "given": "2"})
    assert late.status_code == 409
