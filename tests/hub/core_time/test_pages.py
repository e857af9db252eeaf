"""The pages and the API: who sees what of whom, in words that say the same."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone, translation

from hub.audit.models import AuditEntry
from hub.core_time.models import Counter, Mark, Measurement
from hub.people.models import User
from tests.factories import make_measurement, make_user
from tests.hub.core_time.conftest import MONDAY, NOW, answer, ask, days_of, noon
from tests.hub.core_time.test_expecting import pilot_of

TITLE = "One question about your team"


def text_of(answer: Any) -> str:
    return answer.content.decode()


def measured(company: SimpleNamespace, weeks_ago: int, **fields: Any) -> Measurement:
    starts_on = timezone.localdate() - timedelta(weeks=weeks_ago)
    over = {"published_at": timezone.now() - timedelta(weeks=weeks_ago - 2), "members": 13, "people": 10}
    return make_measurement(company.sales, starts_on=starts_on, **{**over, **fields})


@pytest.fixture
def story(company: SimpleNamespace) -> SimpleNamespace:
    """Too few at first, then 25 %, a pilot that frees 22 hours of 520, and 30 % at last."""
    measured(company, 60, low=None, high=None, people=None, reason="small")
    company.before = measured(company, 40, low=25, high=25)
    company.pilot = pilot_of(company.vera, days_ago=100)
    company.again = measured(company, 4, low=30, high=30, people=15)
    return company


def test_before_expected_and_again_stand_together_with_the_formula(
    sign_in: Any, story: SimpleNamespace
) -> None:
    page = text_of(sign_in(story.people[3]).get("/core-time/"))
    assert page.index("Before, ") < page.index("Expected: ") < page.index("Measured again, ")
    for said in ("25%", "29%", "30%", "not shown:", "too few answered", story.pilot.title, "Two weeks up to"):
        assert said in page, said
    assert "expected = before + freed hours a week ÷ (people × working hours a week)" in page
    assert page.count('<circle class="core-head') == 3
    assert "Before it was 25%, now it is 30%; 29% was to be expected." in page
    assert bars_of(sign_in(story.vera)) == [("25%", False), ("29%", True), ("30%", False)]


def bars_of(client: Any) -> list[tuple[str, bool]]:
    """What the chart says, and whether it is drawn as a range."""
    with translation.override("en"):
        chart = client.get("/core-time/").context["standing"].chart
    return [(bar.said, bar.is_range) for bar in chart.bars]


def test_the_api_says_the_same(api: Any, story: SimpleNamespace) -> None:
    body = api(story.vera).get("/api/v1/core-time/").json()
    assert [(one["part"], one["measurement"]["low"], one["measurement"]["reason"]) for one in body["measurements"]] == [
        ("earlier", None, "small"), ("before", "25.0", ""), ("again", "30.0", ""),
    ]  # fmt: skip
    assert body["open"] is None
    expected = body["expected"]
    assert expected["hours"] == {"low": 20, "mid": 22, "high": 22}
    assert (expected["members"], Decimal(expected["weekly_hours"])) == (13, 40)
    assert expected["share"]["mid"] == pytest.approx(25 + 2200 / 520)
    assert [one["path"] for one in expected["sources"]] == [f"/pilots/{story.pilot.pk}/"]
    assert api(story.hanna).get(f"/api/v1/core-time/teams/{story.sales.pk}/").json() == body


def test_other_words_begin_anew(sign_in: Any, story: SimpleNamespace) -> None:
    Measurement.objects.filter(pk=story.again.pk).update(work="Angebote schreiben")
    page = sign_in(story.vera).get("/core-time/")
    assert [row.part for row in page.context["standing"].rows] == ["earlier", "earlier", "before"]
    assert bars_of(sign_in(story.vera)) == [("30%", False)]
    assert page.context["finding"] == ""
    assert "“Gespräche mit Kunden”" in text_of(page)


def test_the_finding_says_as_much_as_is_known(sign_in: Any, company: SimpleNamespace) -> None:
    def finding() -> str:
        return sign_in(company.vera).get("/core-time/").context["finding"]

    measured(company, 40, low=25, high=25)
    assert finding() == ""
    again = measured(company, 4, low=30, high=30)
    assert finding() == "Before it was 25%, now it is 30%."
    pilot_of(company.vera, days_ago=100)
    Measurement.objects.filter(pk=again.pk).update(low=None, high=None, people=None, reason="small")
    assert finding() == "Before it was 25%; with what was freed since, 29% is to be expected."


def test_a_range_is_said_as_one(sign_in: Any, company: SimpleNamespace) -> None:
    measured(company, 4, low=0, high=20)
    assert bars_of(sign_in(company.vera)) == [("at most 20%", True)]


# --- who may see -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"), [("vera", 200), ("hanna", 200), ("walter", 200), ("otto", 404), ("olga", 404)]
)
def test_the_team_sees_it_and_hr_and_works_council_of_its_company(
    who: str, status: int, sign_in: Any, api: Any, story: SimpleNamespace
) -> None:
    person, team = getattr(story, who), story.sales.pk
    page = sign_in(person).get(f"/core-time/{team}/")
    assert page.status_code == status
    assert api(person).get(f"/api/v1/core-time/teams/{team}/").status_code == status
    assert (story.again in Measurement.objects.visible_to(person)) == (status == 200)
    looks = AuditEntry.objects.filter(action="core_time.looked", actor_key=person.subject_key)
    is_outside = who in {"hanna", "walter"}
    assert list(looks.order_by("pk").values_list("facts", flat=True)) == (
        [{"as": "page"}, {"as": "json"}] if is_outside else []
    )
    if is_outside:
        assert "/call-off/" not in text_of(page)
        assert "/core-time/begin/" not in text_of(page)


def test_hr_and_works_council_find_the_teams_that_measured(sign_in: Any, story: SimpleNamespace) -> None:
    assert f'href="/core-time/{story.sales.pk}/"' in text_of(sign_in(story.hanna).get("/core-time/"))
    for other in (story.otto, story.olga, story.vera):
        assert f'href="/core-time/{story.sales.pk}/"' not in text_of(sign_in(other).get("/core-time/"))
    assert AuditEntry.objects.filter(action="core_time.looked").count() == 0


def test_a_page_costs_as_many_queries_however_often_was_measured(
    sign_in: Any, company: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    measured(company, 40, low=25, high=25)
    client = sign_in(company.vera)
    client.get("/core-time/")
    for weeks in (30, 20, 10):
        measured(company, weeks, low=30, high=30)
    pilot_of(company.vera)
    with django_assert_max_num_queries(18):
        client.get("/core-time/")


# --- beginning and calling off -----------------------------------------------------------------------
def test_the_empty_page_teaches_and_leads_on(sign_in: Any, company: SimpleNamespace, at: Any) -> None:
    at(NOW)
    client = sign_in(company.vera)
    assert "Measure our core time" in text_of(client.get("/core-time/"))
    form = text_of(client.get("/core-time/begin/"))
    assert "It begins on 2 October 2026." in form
    assert client.post("/core-time/begin/", {"work": "", "weekly_hours": "40"}).status_code == 422
    assert client.post("/core-time/begin/", {"work": "x" * 121, "weekly_hours": "40"}).status_code == 422
    assert client.post("/core-time/begin/", {"work": "Kunden", "weekly_hours": "0"}).status_code == 422
    assert not Measurement.objects.exists()
    begun = client.post("/core-time/begin/", {"work": "<b>Kunden</b>", "weekly_hours": "37.5"}, follow=True)
    assert "It begins on 2 October 2026. Your team has been told." in text_of(begun)
    assert "&lt;b&gt;Kunden&lt;/b&gt;" in text_of(begun)
    assert client.post("/core-time/begin/", {"work": "Kunden", "weekly_hours": "40"}).status_code == 409
    assert "already" in text_of(client.get("/core-time/begin/"))


def test_too_small_a_team_is_told_so_and_has_no_form(sign_in: Any, company: SimpleNamespace) -> None:
    User.objects.filter(pk__in=[user.pk for user in company.people[9:]]).update(status="left")
    client = sign_in(company.vera)
    for path in ("/core-time/", "/core-time/begin/"):
        page = text_of(client.get(path))
        assert "Figures are shown of teams with at least 10 people" in page
        assert 'name="work"' not in page
    assert client.post("/core-time/begin/", {"work": "Kunden", "weekly_hours": "40"}).status_code == 422


def test_the_words_of_last_time_are_proposed(sign_in: Any, story: SimpleNamespace, at: Any) -> None:
    at(timezone.now() + timedelta(weeks=12))
    form = text_of(sign_in(story.vera).get("/core-time/begin/"))
    assert 'value="Gespräche mit Kunden"' in form


def test_calling_off_asks_for_the_teams_name(
    sign_in: Any, company: SimpleNamespace, measurement: Measurement
) -> None:
    url = f"/core-time/{measurement.pk}/call-off/"
    answer(company.vera, measurement, [40])
    client = sign_in(company.vera)
    assert "Type “Vertrieb”" in text_of(client.get(url))
    for name in ("", "Verkauf"):
        assert client.post(url, {"name": name}).status_code == 422
    assert Mark.objects.count() == 1
    assert sign_in(company.hanna).post(url, {"name": "Vertrieb"}).status_code == 403
    assert sign_in(company.hanna).get(url).status_code == 403
    assert sign_in(company.otto).post(url, {"name": "Vertrieb"}).status_code == 404
    assert client.post(url, {"name": "Vertrieb"}).status_code == 302
    assert not Counter.objects.exists()
    assert client.post(url, {"name": "Vertrieb"}).status_code == 409


# --- the question ------------------------------------------------------------------------------------
def test_today_asks_until_it_is_answered(
    sign_in: Any, company: SimpleNamespace, measurement: Measurement, at: Any
) -> None:
    days = days_of(company.vera, measurement)
    at(noon(days[0]))
    client = sign_in(company.vera)
    about = ask(company.vera, days[0]).about.isoformat()
    assert TITLE in text_of(client.get("/"))
    assert TITLE not in text_of(sign_in(company.otto).get("/"))
    assert client.post("/core-time/question/", {"about": about}).status_code == 422
    assert client.post("/core-time/question/", {"about": about, "percent": "30"}).status_code == 422
    assert client.post("/core-time/question/", {"about": "nonsense", "percent": "40"}).status_code == 422
    said = text_of(client.post("/core-time/question/", {"about": about, "percent": "40"}, follow=True))
    assert "Counted. Your answer and you cannot be brought together again." in said
    assert TITLE not in said
    assert client.post("/core-time/question/", {"about": about, "percent": "40"}).status_code == 409
    assert dict(Counter.objects.filter(times__gt=0).values_list("percent", "times")) == {40: 1}
    at(noon(days[1]))
    client = sign_in(company.vera)
    about = ask(company.vera, days[1]).about.isoformat()
    assert client.post("/core-time/question/skip/", {"about": ""}).status_code == 422
    assert client.post("/core-time/question/skip/", {"about": about}).status_code == 302
    assert TITLE not in text_of(client.get("/"))
    assert Mark.objects.count() == 2


def test_the_api_asks_and_counts(
    api: Any, company: SimpleNamespace, measurement: Measurement, at: Any
) -> None:
    day = days_of(company.vera, measurement)[0]
    at(noon(day))
    program = api(company.vera)
    body = program.get("/api/v1/core-time/question/").json()
    assert (body["is_asked"], body["work"], body["choices"]) == (
        True, "Gespräche mit Kunden", [0, 20, 40, 60, 80, 100],
    )  # fmt: skip
    url, about = "/api/v1/core-time/question/", body["about"]
    assert program.post(url, {"about": about, "percent": 30}).status_code == 400
    assert program.post(url, {"about": about, "percent": 60}).status_code == 204
    assert program.post(url, {"about": about, "percent": 60}).status_code == 409
    assert program.post(f"{url}skip/", {"about": about}).status_code == 409
    assert program.get(url).json()["is_asked"] is False
    assert api(company.otto).post(url, {"about": about, "percent": 60}).status_code == 409


def test_the_api_begins_and_calls_off(api: Any, company: SimpleNamespace, at: Any) -> None:
    at(NOW)
    program = api(company.vera)
    assert program.post("/api/v1/core-time/", {"work": "K"}).status_code == 400
    begun = program.post("/api/v1/core-time/", {"work": "Kunden"})
    assert (begun.status_code, begun.json()["starts_on"]) == (201, "2026-10-02")
    assert program.post("/api/v1/core-time/", {"work": "Kunden"}).status_code == 409
    assert program.get("/api/v1/core-time/").json()["open"]["id"] == begun.json()["id"]
    url = f"/api/v1/core-time/{begun.json()['id']}/call-off/"
    assert api(company.hanna).post(url, {"name": "Vertrieb"}).status_code == 403
    assert api(company.otto).post(url, {"name": "Vertrieb"}).status_code == 404
    assert program.post(url, {"name": "x"}).status_code == 422
    assert program.post(url, {"name": "Vertrieb"}).json()["called_off_at"]
    assert api(make_user("Niemand")).get("/api/v1/core-time/").status_code == 404


def test_while_it_runs_nobody_sees_how_many_answered(
    sign_in: Any, api: Any, company: SimpleNamespace, measurement: Measurement, at: Any
) -> None:
    at(noon(MONDAY))
    seen = set()
    for number in range(3):
        for person in (company.people[12], company.hanna):
            page = text_of(sign_in(person).get(f"/core-time/{company.sales.pk}/"))
            body = api(person).get(f"/api/v1/core-time/teams/{company.sales.pk}/").content
            seen.add((person.pk, page.split("<main")[1].split("</main>")[0], body))
        answer(company.people[number], measurement, [100] * 4)
    assert len(seen) == 2, "the same before and after each answer"


def test_the_teams_page_leads_to_it(sign_in: Any, company: SimpleNamespace) -> None:
    for path in ("/leaderboard/", "/hours/team/"):
        assert 'href="/core-time/"' in text_of(sign_in(company.vera).get(path))


def test_what_is_kept_is_told_under_me(sign_in: Any, company: SimpleNamespace) -> None:
    page = text_of(sign_in(company.vera).get("/me/"))
    assert "question about your team&#x27;s core time at least once" in page
