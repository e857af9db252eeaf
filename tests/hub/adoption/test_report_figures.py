"""What the figures of reports say, and the sentence over them."""

from datetime import timedelta
from typing import Any

from tests.factories import make_challenge, make_entry, make_user
from tests.hub.adoption.conftest import MONDAYS, attend, friday_of, publish
from tests.hub.adoption.figures import API, finding, reveal, rows


def test_the_share_of_people_who_attended_by_week(api: Any, company: Any) -> None:
    publish()
    body = api(company.hanna).get(f"{API}attendance/").json()
    assert rows(body) == [("9 November", 63, 63), ("2 November", 45, 45), ("26 October", 25, 25)]
    assert body["findings"] == [
        "At Ringer Werke GmbH, 63% attended a DEAL hour in the week of 9 November. That is 28 percentage points more "
        "than in the weeks before."
    ]


def test_by_team_over_several_weeks_it_is_the_mean_of_the_published_weeks(api: Any, company: Any) -> None:
    publish()
    body = api(company.walter).get(f"{API}attendance/?by=team&window=4").json()
    assert rows(body) == [("Produktion", 50, 50), ("Vertrieb", 50, 50), ("Other teams together", 18, 25)]
    hidden = {row["name"]: (row["hidden"], row["people"]) for row in body["rows"] if row["hidden"]}
    assert hidden == {"Personal": ("small", None), "Recht": ("small", None)}
    assert body["findings"] == [
        "Highest of the teams shown by name at Ringer Werke GmbH: Produktion and Vertrieb with 50% each."
    ]


def test_by_site(api: Any, company: Any) -> None:
    publish()
    body = api(company.hanna).get(f"{API}attendance/?by=site&window=1").json()
    assert rows(body) == [("Ingolstadt", 75, 75), ("Ladenburg", 50, 50)]
    assert body["findings"] == [
        "Highest of the sites shown by name at Ringer Werke GmbH: Ingolstadt with 75%."
    ]


def test_a_cancelled_hour_and_an_hour_of_another_week_do_not_count(api: Any, company: Any) -> None:
    from learning.hours.models import StudySession

    StudySession.objects.filter(starts_at=friday_of(MONDAYS[2])).update(status="cancelled")
    attend(company.people["Produktion"], MONDAYS[2] + timedelta(weeks=1))
    publish()
    assert rows(api(company.hanna).get(f"{API}attendance/?window=1").json()) == [("9 November", 0, 3)]


def test_tips_tried_by_few_are_a_range(api: Any, company: Any) -> None:
    publish()
    body = api(company.hanna).get(f"{API}tips/?by=team&window=1").json()
    assert rows(body) == [("Vertrieb", 30, 30), ("Produktion", 0, 5), ("Other teams together", 0, 20)]


def test_steps_count_in_the_week_of_the_reveal_and_never_before(api: Any, company: Any) -> None:
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[1])
    reveal(company.people["Produktion"][1], 1, MONDAYS[2])
    sealed = make_entry(make_challenge(make_user("Ruth")), company.people["Produktion"][2])
    assert sealed.challenge.revealed_at is None
    publish()
    program = api(company.hanna)
    weekly = program.get(f"{API}bets/").json()
    assert rows(weekly) == [("9 November", 1, 1), ("2 November", 3, 3), ("26 October", 0, 0)]
    assert weekly["findings"] == ["Steps eliminated at Ringer Werke GmbH in this period: 4."]
    assert rows(program.get(f"{API}bets/?by=team&window=12").json())[0] == ("Vertrieb", 3, 3)


def test_who_is_in_front_is_said_of_the_groups_with_a_name(api: Any, company: Any) -> None:
    """The small teams together have more steps than any other, and are not called first."""
    reveal(company.people["Recht"][1], 5, MONDAYS[2])
    reveal(company.people["Vertrieb"][1], 3, MONDAYS[2])
    reveal(company.people["Recht"][2], 5, MONDAYS[1])
    reveal(company.people["Vertrieb"][2], 1, MONDAYS[1])
    reveal(company.people["Produktion"][1], 4, MONDAYS[1])
    publish()
    program = api(company.hanna)
    front = "Highest of the teams shown by name at Ringer Werke GmbH"
    assert finding(program, "?by=team&window=1") == f"{front}: Vertrieb with 3."
    assert finding(program, "?by=team&window=4") == f"{front}: Produktion and Vertrieb with 4 each."
    assert rows(program.get(f"{API}bets/?by=team&window=4").json())[-1][0] == "Other teams together"
