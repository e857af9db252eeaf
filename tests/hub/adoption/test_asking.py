"""The question box: every question leads to an entry of the closed menu, or is told why not; no number is its own."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from hub.adoption.asking.answering import Answer, Outcome, answer
from hub.adoption.asking.refusing import SENTENCES
from hub.adoption.scopes import scope_of
from hub.ai.models import AIUsage
from hub.audit.models import AuditEntry
from hub.people.models import Site
from tests.factories import make_user
from tests.hub.adoption.conftest import MONDAYS, publish
from tests.hub.adoption.questions import ENGLISH, GERMAN, REFUSED_ENGLISH, REFUSED_GERMAN, UNKNOWN
from tests.models_server import ModelServer

API = "/api/v1/adoption/ask/"


@pytest.fixture
def asked(company: SimpleNamespace) -> SimpleNamespace:
    make_user("Emma", last_name="Lindner", team=company.teams["Vertrieb"])
    publish()
    return company


def ask(company: SimpleNamespace, question: str, language: str = "en") -> Answer:
    with translation.override(language):
        return answer(scope_of(company.hanna), question)


def test_there_are_sixty_questions_in_each_language() -> None:
    assert len(ENGLISH) + len(REFUSED_ENGLISH) >= 60
    assert len(GERMAN) + len(REFUSED_GERMAN) >= 60


@pytest.mark.parametrize(("language", "questions"), [("en", ENGLISH), ("de", GERMAN)])
def test_a_question_leads_to_its_report(language: str, questions: dict, asked: SimpleNamespace) -> None:
    wrong = {}
    for question, (report, by) in questions.items():
        found = ask(asked, question, language)
        if not found.table or (found.table.report.name, found.table.selection.by) != (report, by):
            got = found.table and (found.table.report.name, found.table.selection.by)
            wrong[question] = got or (found.outcome.value, [one.name for one in found.reports][:4])
    assert wrong == {}


@pytest.mark.parametrize(("language", "questions"), [("en", REFUSED_ENGLISH), ("de", REFUSED_GERMAN)])
def test_what_no_report_may_answer_is_refused_with_the_reason(
    language: str, questions: dict, asked: SimpleNamespace
) -> None:
    wrong = {}
    for question, topic in questions.items():
        found = ask(asked, question, language)
        with translation.override(language):
            if (found.outcome, found.table, found.sentence) != (Outcome.REFUSED, None, str(SENTENCES[topic])):
                wrong[question] = found.sentence or found.outcome.value
    assert wrong == {}


@pytest.mark.parametrize("question", UNKNOWN)
def test_what_nobody_knows_gets_the_list_of_reports(question: str, asked: SimpleNamespace) -> None:
    found = ask(asked, question)
    assert (found.outcome, found.table) == (Outcome.UNKNOWN, None)
    assert len(found.reports) > 10


def test_where_several_fit_one_is_asked_back(asked: SimpleNamespace) -> None:
    found = ask(asked, "Tips and habits")
    assert found.outcome is Outcome.UNCLEAR
    assert {report.name for report in found.reports} == {"tips", "habit"}


@pytest.mark.parametrize(
    ("question", "window"),
    [
        ("Attendance last week", 1), ("Teilnahme in der letzten Woche", 1), ("Attendance of the last four weeks", 4),
        ("Teilnahme im letzten Monat", 4), ("Teilnahme im Quartal", 12), ("Attendance", 12),
    ],
)  # fmt: skip
def test_a_time_is_one_of_the_three_windows(question: str, window: int, asked: SimpleNamespace) -> None:
    assert ask(asked, question).table.selection.window == window


def test_a_unit_is_looked_at_alone_and_never_another_entitys(asked: SimpleNamespace) -> None:
    found = ask(asked, "How was attendance in Ingolstadt?")
    site = Site.objects.get(name="Ingolstadt")
    assert found.table.selection.of == f"site-{site.pk}"
    assert [row.unit for row in found.table.rows] == ["Ingolstadt"] * len(MONDAYS)
    foreign = ask(asked, "Attendance of Sales UK")
    assert foreign.table.selection.of == ""
    hidden = ask(asked, "Attendance of Recht")
    assert (hidden.outcome, hidden.table) == (Outcome.REFUSED, None)
    assert hidden.sentence == "There is no figure about Recht that may be shown."


def test_a_cut_that_a_report_does_not_offer_is_said(asked: SimpleNamespace) -> None:
    found = ask(asked, "Leaders by team")
    assert (found.table.report.name, found.table.selection.by) == ("leaders", "week")
    assert found.notes == ("This report is not shown by team.",)


def test_page_and_api_answer_alike_and_the_look_is_recorded(
    sign_in: Any, api: Any, asked: SimpleNamespace
) -> None:
    question = {"question": "Which sites hold the hour?"}
    page = sign_in(asked.hanna).post("/adoption/ask/", question)
    body = api(asked.hanna).post(API, question).json()
    assert page.status_code == 200
    assert body["outcome"] == "answered"
    assert body["report"]["findings"] == page.context["shown"].findings
    assert body["report"]["findings"][0] in page.content.decode()
    looks = AuditEntry.objects.filter(action="adoption.looked", actor_key=asked.hanna.subject_key)
    assert [(look.object_id, look.facts["as"], look.facts["by"]) for look in looks] == [
        ("attendance", "answer", "site")
    ] * 2
    refused = api(asked.hanna).post(API, {"question": "Who did not attend?"}).json()
    assert (refused["outcome"], refused["report"]) == ("refused", None)


@pytest.mark.parametrize("question", ["", "   ", "x" * 301])
def test_no_question_and_a_long_one_are_refused(
    question: str, sign_in: Any, api: Any, asked: SimpleNamespace
) -> None:
    page = sign_in(asked.hanna).post("/adoption/ask/", {"question": question})
    assert page.status_code == 422
    assert page.context["error"]
    assert api(asked.hanna).post(API, {"question": question}).status_code == 400


def test_markup_in_a_question_stays_text(sign_in: Any, asked: SimpleNamespace) -> None:
    page = sign_in(asked.hanna).post("/adoption/ask/", {"question": "<script>alert(1)</script> attendance"})
    assert "<script>alert(1)" not in page.content.decode()


def test_strangers_get_no_answer(sign_in: Any, api: Any, asked: SimpleNamespace) -> None:
    for user in (asked.emma, make_user("Otto")):
        assert sign_in(user).post("/adoption/ask/", {"question": "Attendance"}).status_code == 403
        assert api(user).post(API, {"question": "Attendance"}).status_code == 403


@pytest.mark.parametrize(
    ("reply", "report"),
    [
        (json.dumps({"report": "habit", "by": "site", "window": 4}), "habit"),
        ('Sure: {"report": "habit", "by": "site", "window": 4} 99 % of them!', "habit"),
        (json.dumps({"report": "people", "by": "name", "window": 4}), "attendance"),
        (json.dumps({"report": "habit", "by": "person", "window": 4}), "attendance"),
        (json.dumps({"report": "habit", "by": "site", "window": 2}), "attendance"),
        (json.dumps({"report": "habit", "by": "site", "window": True}), "attendance"),
        (json.dumps({"report": ["habit"], "by": "site", "window": 4}), "attendance"),
        ("{" * 5000, "attendance"),
        ("97 % of all", "attendance"),
        ("", "attendance"),
    ],
)
def test_a_model_chooses_from_the_menu_and_says_nothing_itself(
    reply: str, report: str, settings: Any, asked: SimpleNamespace
) -> None:
    with ModelServer(reply=reply) as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "m"
        found = ask(asked, "Attendance, please")
        sent = json.dumps(server.requests)
    assert found.table.report.name == report
    assert "%" not in " ".join(found.notes)
    assert "Ringer Werke" not in sent
    assert AIUsage.objects.get(purpose="ask-dashboard").calls == 1


def test_a_model_is_never_asked_about_a_person(settings: Any, asked: SimpleNamespace) -> None:
    with ModelServer(reply=json.dumps({"report": "habit", "by": "site", "window": 4})) as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "m"
        assert ask(asked, "Who in Vertrieb never attends?").outcome is Outcome.REFUSED
        assert server.requests == []


def test_a_model_that_fails_leaves_the_words(settings: Any, asked: SimpleNamespace) -> None:
    with ModelServer(status=500) as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "m"
        assert ask(asked, "Attendance by site").table.report.name == "attendance"
    assert AIUsage.objects.get(purpose="ask-dashboard").failures == 1
