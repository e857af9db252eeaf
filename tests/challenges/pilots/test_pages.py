"""The list that everybody sees, what pages cost, and the same for programs."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges.pilots import actions, running
from challenges.pilots.models import Criterion, Pilot
from challenges.pilots.starter import starter_of
from tests.factories import make_pilot, make_tool


def test_the_list_puts_overdue_ones_first_and_drafts_are_their_owners(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    stopped = make_pilot(cast.emma, state="stopped")
    later = make_pilot(cast.emma, decides_in=20)
    soon = make_pilot(cast.ada, decides_in=3)
    late = make_pilot(cast.bertha, days_ago=40, decides_in=-9)
    draft = make_pilot(cast.emma, state="draft")
    rows = api(cast.otto).get("/api/v1/pilots/").json()["results"]
    assert [row["id"] for row in rows] == [str(one.pk) for one in (late, soon, later, stopped)]
    assert [row["is_overdue"] for row in rows] == [True, False, False, False]
    page = sign_in(cast.otto).get("/pilots/").content.decode()
    places = [page.index(one.title) for one in (late, soon, later, stopped)]
    assert places == sorted(places)
    assert draft.title not in page
    assert api(cast.otto).get("/api/v1/pilots/?state=draft").json()["count"] == 0
    assert api(cast.emma).get("/api/v1/pilots/?state=draft").json()["count"] == 1
    assert draft.title in sign_in(cast.emma).get("/pilots/").content.decode()


def test_pages_ask_the_database_no_more_when_there_is_more(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    emma, program = sign_in(cast.emma), api(cast.emma)
    pilot = make_pilot(cast.emma, state="running")
    paths = ((emma, "/pilots/"), (emma, f"/pilots/{pilot.pk}/"), (program, "/api/v1/pilots/"))

    def counted() -> list[int]:
        found = []
        for client, path in paths:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    def fill(one: Pilot) -> None:
        for _each in range(3):
            criterion = Criterion.objects.create(
                pilot=one, measure="Fehler", baseline=9, threshold=1, measured_by=one.decides_on
            )
            for value in range(3):
                running.note_evidence(
                    criterion=criterion, by=one.owner, day=one.starts_on, value=Decimal(value)
                )
            running.amend(criterion=criterion, by=one.owner, reason="Zu streng", threshold=Decimal(2))

    fill(pilot)
    counted()
    before = counted()
    for owner in (cast.ada, cast.bertha, cast.farid):
        fill(make_pilot(owner))
    fill(pilot)
    assert counted() == before
    assert max(before) < 25


def test_programs_do_what_the_pages_do(cast: SimpleNamespace, api: Any) -> None:
    emma, tool = api(cast.emma), make_tool("Firmenchat", data_class="confidential")
    day = (timezone.localdate() + timedelta(weeks=6)).isoformat()
    made = emma.post(
        "/api/v1/pilots/from-template/", {"template": "offer-drafts", "language": "en"}, format="json"
    )
    assert made.status_code == 201
    address = f"/api/v1/pilots/{made.json()['id']}/"
    assert made.json()["title"] == starter_of("offer-drafts", "en").title
    assert "Wähle das KI-System aus dem Register." in made.json()["missing"]
    words = {"system": tool.slug, "affected_number": 4, "jobs_affected": "no", "decides_on": day}
    assert emma.patch(address, words, format="json").status_code == 200
    for criterion in made.json()["criteria"]:
        terms = {"baseline": "40" if criterion["direction"] == "down" else "1", "measured_by": day}
        assert (
            emma.patch(f"/api/v1/pilot-criteria/{criterion['id']}/", terms, format="json").status_code == 200
        )
    more = {"measure": "Fehler", "direction": "down", "baseline": "9", "threshold": "1", "measured_by": day}
    added = emma.post(f"{address}criteria/", more, format="json")
    assert added.status_code == 201
    assert emma.delete(f"/api/v1/pilot-criteria/{added.json()['id']}/").status_code == 204
    answers = dict.fromkeys(actions.KNOWN, True)
    unknown = emma.patch(f"{address}readiness/", {"answers": {"nonsense": True}}, format="json")
    assert unknown.status_code == 422
    assert emma.post(f"{address}start/").status_code == 422
    ready = emma.patch(f"{address}readiness/", {"answers": answers}, format="json")
    assert ready.json()["missing"] == []
    assert emma.post(f"{address}start/").json()["state"] == "running"
    assert emma.delete(address).status_code == 409
    given = {
        "criterion": made.json()["criteria"][0]["id"],
        "day": timezone.localdate().isoformat(),
        "value": "1.5",
    }
    assert emma.post(f"{address}evidence/", given, format="json").status_code == 201
    assert emma.delete(f"{address}evidence/").status_code == 204
    assert (
        emma.post(f"{address}decide/", {"outcome": "scale", "reason": "x"}, format="json").status_code == 409
    )
    stopped = emma.post(f"{address}decide/", {"outcome": "stop", "reason": "Zu teuer"}, format="json")
    assert stopped.json()["state"] == "stopped"


def test_it_says_whether_the_data_may_go_in(cast: Any, sign_in: Any) -> None:
    pilot = make_pilot(cast.emma)
    assert 'class="may-i small"' in sign_in(cast.otto).get(f"/pilots/{pilot.pk}/").content.decode()


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_what_has_started_refuses_to_be_changed_before_anything_is_written(
    state: str, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    pilot = make_pilot(cast.emma, state=state)
    emma, program, path = sign_in(cast.emma), api(cast.emma), f"/pilots/{pilot.pk}/"
    criterion = pilot.criteria.get()
    sentence = "was vereinbart ist, bleibt" if state == "running" else "Es ist entschieden"
    forms = ["edit/", "criteria/", "readiness/"]
    forms += [f"criteria/{criterion.pk}/"] if state == "stopped" else []
    for form in forms:
        for response in (emma.get(path + form), emma.post(path + form, {"title": ""})):
            assert response.status_code == 409, form
            assert sentence in response.content.decode()
            assert f'href="{path}"' in response.content.decode()
    if state == "running":
        assert emma.get(f"{path}criteria/{criterion.pk}/").status_code == 200, "it is amended"
    for address, method in (
        (f"/api/v1{path}", program.patch),
        (f"/api/v1{path}criteria/", program.post),
        (f"/api/v1{path}readiness/", program.patch),
    ):
        refused = method(address, {"title": "", "answers": "x"})
        assert refused.status_code == 409, address
        assert sentence in refused.json()["detail"]
