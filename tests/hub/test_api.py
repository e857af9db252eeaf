"""The interface for programs: its description, its errors, its lists."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from hub.api_docs import operation_groups
from tests.factories import make_notebook, make_session


def test_the_description_has_no_warnings(db: None) -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null", stdout=out, stderr=out)


def test_the_description_is_openapi_3_1(client: Any, db: None) -> None:
    response = client.get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.1")
    assert set(response.json()["paths"]["/api/v1/notebooks/{id}/ask/"]) == {"post"}


def test_every_operation_is_described_for_people(client: Any, sign_in: Any, cast: Any) -> None:
    schema = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    page = sign_in(cast.emma).get("/api/v1/").content.decode()
    operations = [operation for group in operation_groups(schema) for operation in group["operations"]]
    assert len(operations) > 20
    for operation in operations:
        assert operation["path"] in page


@pytest.mark.parametrize("page", ["0", "99", "x"])
def test_a_page_that_is_not_there_is_a_404_problem(page: str, api: Any, cast: Any) -> None:
    response = api(cast.emma).get("/api/v1/sessions/", {"page": page})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_lists_are_paginated(api: Any, cast: Any) -> None:
    for _number in range(3):
        make_notebook(cast.emma)
    body = api(cast.emma).get("/api/v1/notebooks/", {"page_size": 2}).json()
    assert (body["count"], len(body["results"]), body["previous"]) == (3, 2, None)
    assert "page=2" in body["next"]


def test_problems_speak_the_readers_language(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    url = "/api/v1/sessions/00000000-0000-0000-0000-000000000000/"
    english = program.get(url, HTTP_ACCEPT_LANGUAGE="en").json()
    own = program.get(url).json()
    assert english["detail"] == "There is nothing here, or it is not shared with you."
    assert own["detail"] != english["detail"]
    assert (own["status"], own["title"]) == (404, "Not Found")


def test_an_unknown_method_and_type_are_problems(api: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    program = api(cast.emma)
    assert program.delete(f"/api/v1/sessions/{session.pk}/").status_code == 405
    response = program.post(f"/api/v1/sessions/{session.pk}/rsvp/", "<x/>", content_type="application/xml")
    assert (response.status_code, response["Content-Type"]) == (415, "application/problem+json")
    malformed = program.post(f"/api/v1/sessions/{session.pk}/rsvp/", "{", content_type="application/json")
    assert malformed.status_code == 400


def test_a_notebook_is_made_changed_and_deleted(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    created = program.post("/api/v1/notebooks/", {"title": "Angebote"})
    assert created.status_code == 201
    assert (created.json()["audience"], created.json()["language"]) == ("private", "de")

    url = f"/api/v1/notebooks/{created.json()['id']}/"
    assert program.patch(url, {"audience": "team"}).json()["audience"] == "team"
    assert program.patch(url, {"audience": "everybody?"}).status_code == 400
    assert program.patch(url, {"title": ""}).status_code == 400
    assert program.delete(url).status_code == 204
    assert program.get(url).status_code == 404


def test_who_am_i(api: Any, cast: Any) -> None:
    body = api(cast.farid).get("/api/v1/me/").json()
    assert body["roles"] == ["content_owner", "facilitator"]
    assert (body["points"], body["streak"]) == (0, {"current": 0, "longest": 0})
    assert body["team"] == "IT"
