"""A report on paper: the same figures, the cut and the week on it, and every name as text."""

import time
from typing import Any

import pypdfium2
import pytest

from hub.people.models import Team, User
from tests.hub.adoption.conftest import GMBH, publish


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("Attendance of the DEAL hour", "By team, over the last 4 weeks", "What is counted", "15 November")),
        ("de", ("Teilnahme an der DEAL-Stunde", "Nach Team, über die letzten 4 Wochen", "Was gezählt wird", "50 %")),
    ],
)  # fmt: skip
def test_finding_cut_table_and_week_stand_on_it(
    language: str, parts: tuple[str, ...], sign_in: Any, company: Any
) -> None:
    publish()
    User.objects.update(language=language)
    answer = sign_in(company.hanna).get("/adoption/attendance/report.pdf?by=team&window=4")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="attendance-team-4.pdf"'
    text = text_of(answer.content).replace("\xa0", " ")
    for part in (GMBH, "Produktion", "Vertrieb", *parts):
        assert part in text
    assert "Sales UK" not in text
    assert b"pdfuaid" in answer.content
    assert f"<rdf:li>{language}".encode() in answer.content or f"/Lang({language})".encode() in answer.content


def test_one_snapshot_is_one_file_whenever_it_is_printed(sign_in: Any, company: Any) -> None:
    publish()
    browser = sign_in(company.hanna)
    first = browser.get("/adoption/attendance/report.pdf?by=team&window=1").content
    time.sleep(1.1)
    assert browser.get("/adoption/attendance/report.pdf?by=team&window=1").content == first
    assert b"CreationDate(D:20261116000000Z)" in first


def test_names_are_text_and_never_markup(sign_in: Any, company: Any) -> None:
    name = '#read("/etc/passwd") *b* $x$ \\ <img src=x>'
    Team.objects.filter(name="Vertrieb").update(name=name)
    publish()
    text = text_of(sign_in(company.hanna).get("/adoption/attendance/report.pdf?by=team&window=1").content)
    assert "".join(name.split()) in "".join(text.split())
    assert "root:" not in text


@pytest.mark.parametrize(
    "cut", ["bets/report.pdf?by=week", "retention/report.pdf", "literacy/report.pdf?by=family"]
)
def test_a_report_without_figures_still_prints(cut: str, sign_in: Any, company: Any) -> None:
    assert "What is counted" in text_of(sign_in(company.hanna).get(f"/adoption/{cut}").content)


def test_what_is_not_on_the_menu_is_not_printed(sign_in: Any, company: Any) -> None:
    publish()
    browser = sign_in(company.hanna)
    assert browser.get("/adoption/attendance/report.pdf?by=person").status_code == 404
    assert browser.get("/adoption/nothing/report.pdf").status_code == 404
