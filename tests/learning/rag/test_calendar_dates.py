"""Dates in prose: found as written, sorted as meant."""

import pytest

from learning.rag.calendar_dates import dates_in, is_recurring


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Am 3. Oktober 2026 beginnt der Kurs.", [("3. Oktober 2026", "2026-10-03")]),
        ("Ab 01.03.2024 gilt die neue Regel.", [("01.03.2024", "2024-03-01")]),
        ("Im März 2027 wird geprüft.", [("März 2027", "2027-03")]),
        ("Seit 1999 gibt es den Betriebsrat.", [("1999", "1999")]),
        ("The course begins on October 3, 2026.", [("October 3, 2026", "2026-10-03")]),
        ("On 12 March 2003 the alert was issued.", [("12 March 2003", "2003-03-12")]),
        ("The 2nd of May 2021 was a Sunday.", [("2nd of May 2021", "2021-05-02")]),
        ("Released 2021-05-03, replaced in 2024.", [("2021-05-03", "2021-05-03"), ("2024", "2024")]),
        ("Das kostet 1999 Euro und hat 2000 Seiten.", []),
        ("Am 31. Februar 2024 ist nichts.", []),
        ("Version 12.13.2020 gibt es nicht.", []),
    ],
)
def test_a_date_is_found_as_written(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[date.start : date.end], date.sort) for date in dates_in(text)] == found


def test_what_comes_again_is_told_apart() -> None:
    assert is_recurring("Der Bericht erscheint jährlich am 31. März.")
    assert is_recurring("The report is due every year on 31 March.")
    assert not is_recurring("Der Bericht erschien am 31. März 2024.")
