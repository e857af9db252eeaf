"""What is worth a look: falls and rises of named groups, a tip that works, questions in vain; HR alone is told."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from challenges.pilots.models import Pilot
from hub.adoption.noticing import falling_attendance, overdue_pilots, rising_use, suggestions
from hub.adoption.scopes import scope_of
from hub.adoption.snapshot import freeze_weeks
from hub.people.models import Site, User
from tests.factories import make_pilot
from tests.hub.adoption.conftest import LTD, MONDAYS, NOW, attend, try_tip

FIRST = MONDAYS[0] - timedelta(weeks=1)


def weeks(company: SimpleNamespace, *shares: int) -> None:
    """So many of Produktion's forty come in each of four more weeks."""
    start = MONDAYS[-1] + timedelta(weeks=1)
    for number, coming in enumerate(shares):
        if coming:
            attend(company.people["Produktion"][:coming], start + timedelta(weeks=number))
    freeze_weeks(start, start + timedelta(weeks=len(shares) - 1), now=NOW + timedelta(weeks=len(shares)))


def said(company: SimpleNamespace, user: User) -> list[str]:
    with translation.override("en"):
        return [one.sentence for one in suggestions(scope_of(user))]


def test_three_falls_in_a_row_are_said_with_the_way_to_the_report(
    sign_in: Any, company: SimpleNamespace
) -> None:
    weeks(company, 36, 30, 24, 16)
    found = [
        one for one in falling_attendance(scope_of(company.hanna)) if one.sentence.startswith("Produktion")
    ]
    team = company.teams["Produktion"]
    assert [(one.report, one.selection.of) for one in found] == [("attendance", f"team-{team.pk}")]
    assert "fell three weeks running, by 50 points" in said(company, company.hanna)[0]
    page = sign_in(company.hanna).get("/adoption/").content.decode()
    assert "Worth a look" in page
    assert f"/adoption/attendance/?by=week&amp;window=12&amp;of=team-{team.pk}" in page
    assert "Worth a look" not in sign_in(company.walter).get("/adoption/").content.decode()
    assert said(company, company.olivia) == []


@pytest.mark.parametrize(
    "shares", [(36, 30, 30, 16), (36, 30, 24), (36, 35, 34, 33), (16, 24, 30, 36), (30, 16, 24, 20)]
)
def test_anything_less_is_no_pattern(shares: tuple[int, ...], company: SimpleNamespace) -> None:
    weeks(company, *shares)
    assert list(falling_attendance(scope_of(company.hanna))) == []


def test_hidden_groups_are_never_named(company: SimpleNamespace) -> None:
    start = MONDAYS[-1] + timedelta(weeks=1)
    for number, coming in enumerate((6, 5, 3, 1)):
        attend(company.people["Recht"][:coming], start + timedelta(weeks=number))
    freeze_weeks(start, start + timedelta(weeks=3), now=NOW + timedelta(weeks=4))
    assert not [sentence for sentence in said(company, company.hanna) if "Recht" in sentence]


def test_a_rise_is_told_to_learn_from(company: SimpleNamespace) -> None:
    start = MONDAYS[-1] + timedelta(weeks=1)
    for number, trying in enumerate((8, 10, 12, 20)):
        try_tip(company.people["Produktion"][:trying], start + timedelta(weeks=number))
    freeze_weeks(start, start + timedelta(weeks=3), now=NOW + timedelta(weeks=4))
    with translation.override("en"):
        found = list(rising_use(scope_of(company.hanna)))
    site, team = Site.objects.get(name="Ingolstadt"), company.teams["Produktion"]
    assert {one.selection.of for one in found} == {f"site-{site.pk}", f"team-{team.pk}"}
    assert "active use rose by 30 points in four weeks" in found[0].sentence


def test_the_other_entity_hears_nothing(company: SimpleNamespace) -> None:
    weeks(company, 36, 30, 24, 16)
    assert not [sentence for sentence in said(company, company.hanna) if LTD in sentence]


def test_pilots_past_their_day_are_said_with_the_way_to_their_list(
    sign_in: Any, company: SimpleNamespace
) -> None:
    first, second, *_rest = company.people["Produktion"]
    for owner in (first, second):
        pilot = make_pilot(owner)
        Pilot.objects.filter(pk=pilot.pk).update(decides_on=MONDAYS[-1])
    start = MONDAYS[-1] + timedelta(weeks=1)
    freeze_weeks(start, start, now=NOW + timedelta(weeks=1))
    with translation.override("de"):
        found = list(overdue_pilots(scope_of(company.hanna)))
    assert [one.path for one in found] == ["/pilots/"]
    assert "2 Pilotprojekte sind über ihren Entscheidungstag hinaus" in found[0].sentence
    assert not list(overdue_pilots(scope_of(company.olivia)))
    assert "2 pilots are past their decision day" in sign_in(company.hanna).get("/adoption/").content.decode()
    pilots = sign_in(company.hanna).get("/adoption/pilots/?by=week&window=1").content.decode()
    assert "No pilot of Ringer Werke GmbH was decided in this period." in pilots
