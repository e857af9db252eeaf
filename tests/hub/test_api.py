"""The interface for programs: its description, its errors, its lists."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone, translation
from rest_framework.test import APIClient

from hub.api_docs import operation_groups
from hub.api_summaries import SUMMARIES
from tests.factories import make_notebook, make_session, make_source


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


BIG = 5 * 1024 * 1024 + 1


def is_problem(response: Any, status: int) -> bool:
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    body = response.json()
    assert set(body) >= {"type", "title", "status", "detail"}
    return body["status"] == status


@pytest.mark.parametrize(
    "path",
    ["nope/", "notebooks/abc/", "sessions/1/rsvp/", "notebooks/00000000-0000-0000-0000-000000000000/x/"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_address_is_a_404_problem(path: str, method: str, api: Any, cast: Any) -> None:
    assert is_problem(getattr(api(cast.emma), method)(f"/api/v1/{path}"), 404)
    assert is_problem(getattr(api(None), method)(f"/api/v1/{path}"), 404)


def test_an_unknown_page_stays_a_page(sign_in: Any, cast: Any) -> None:
    response = sign_in(cast.emma).get("/nope/")
    assert response.status_code == 404
    assert "Hier ist nichts" in response.content.decode()


def test_a_mistake_of_ours_is_a_500_problem(
    api: Any, sign_in: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("hub.today.api.Me.get", fail)
    monkeypatch.setattr("hub.today.views.stored_about", fail)
    program, browser = api(cast.emma), sign_in(cast.emma)
    program.raise_request_exception = browser.raise_request_exception = False

    response = program.get("/api/v1/me/")
    assert is_problem(response, 500)
    assert "secret" not in response.content.decode()
    page = browser.get("/me/")
    assert page.status_code == 500
    assert "Das hat nicht geklappt" in page.content.decode()
    assert "That did not work" in page.content.decode()


@pytest.mark.parametrize("path", ["/api/v1/me/", "/me/"])
def test_a_mistake_is_answered_without_the_database(
    path: str, sign_in: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    def down(execute: Any, sql: str, *rest: Any) -> None:
        raise OperationalError("the database is down")

    browser = sign_in(cast.emma)
    browser.raise_request_exception = False
    with connection.execute_wrapper(down):
        response = browser.get(path)
    assert response.status_code == 500
    assert (response["Content-Type"] == "application/problem+json") == path.startswith("/api/")


def test_a_refused_host_is_a_400_problem(api: Any, cast: Any) -> None:
    assert is_problem(api(cast.emma).get("/api/v1/me/", HTTP_HOST="evil.example"), 400)


def test_a_form_without_its_token_is_a_403_problem(cast: Any) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(cast.emma)
    response = browser.post("/api/v1/inbox/read/", {})
    assert is_problem(response, 403)
    assert (
        response.json()["detail"]
        == "Diese Seite war zu lange offen. Lade sie neu und versuch es noch einmal."
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("x" * BIG, "application/json"),
        ("text=" + "x" * BIG, "application/x-www-form-urlencoded"),
        (encode_multipart(BOUNDARY, {"title": "Lang", "text": "x" * BIG}), MULTIPART_CONTENT),
    ],
)
def test_a_body_that_is_too_large_and_no_file_is_a_413(
    body: str, content_type: str, api: Any, sign_in: Any, cast: Any
) -> None:
    notebook = make_notebook(cast.emma)
    response = api(cast.emma).generic(
        "POST", f"/api/v1/notebooks/{notebook.pk}/sources/", body, content_type=content_type
    )
    assert is_problem(response, 413)
    sentence = response.json()["detail"]
    assert "5,0" in sentence
    page = sign_in(cast.emma).generic(
        "POST", f"/notebooks/{notebook.pk}/sources/add/", body, content_type=content_type
    )
    assert page.status_code == 413
    assert sentence in page.content.decode()
    assert not notebook.sources.exists()


def test_a_text_below_the_limit_still_arrives(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    url = f"/api/v1/notebooks/{notebook.pk}/sources/"
    assert api(cast.emma).post(url, {"title": "Lang", "text": "Wort " * 600_000}).status_code == 201


def refusals(cast: Any, api: Any) -> Iterator[tuple[str, Any]]:
    """Each of DRF's own errors, by name."""
    notebook = make_notebook(cast.bertha, audience="company")
    program, stranger, guest = api(cast.bertha), api(cast.emma), APIClient()
    wrong = APIClient()
    wrong.credentials(HTTP_AUTHORIZATION="Token " + "0" * 64)
    sources = f"/api/v1/notebooks/{notebook.pk}/sources/"
    yield "not_authenticated", lambda **more: guest.get("/api/v1/me/", **more)
    yield "authentication_failed", lambda **more: wrong.get("/api/v1/me/", **more)
    yield "permission_denied", lambda **more: stranger.post(sources, {"text": "x"}, **more)
    yield "object", lambda **more: stranger.patch(f"/api/v1/notebooks/{notebook.pk}/", {}, **more)
    yield "parse_error", lambda **more: program.post(sources, "{", content_type="application/json", **more)
    yield "method_not_allowed", lambda **more: program.put("/api/v1/me/", {}, **more)
    yield "not_acceptable", lambda **more: program.get("/api/v1/me/", HTTP_ACCEPT="text/html", **more)
    yield "unsupported", lambda **more: program.post(sources, "<x/>", content_type="text/xml", **more)
    yield "not_found", lambda **more: program.get("/api/v1/sessions/", {"page": 99}, **more)


# What DRF and knox say by themselves, in either language.
FOREIGN = (
    "Sie ", "Ihr", "berechtigt", "erlaubt.", "JSON parse error", "not allowed", "Could not satisfy", "Accept-",
    "Unsupported", "credentials", "Anmeldedaten", "Invalid token", "Ungültiges", "not have permission",
)  # fmt: skip


def test_the_apis_own_errors_are_short_and_in_our_words(api: Any, cast: Any) -> None:
    for name, call in refusals(cast, api):
        german = call(HTTP_ACCEPT_LANGUAGE="de").json()["detail"]
        english = call(HTTP_ACCEPT_LANGUAGE="en").json()["detail"]
        assert german != english, name
        for sentence in (german, english):
            assert not [word for word in FOREIGN if word in sentence], f"{name}: {sentence}"


def test_too_many_requests_are_told_so_in_both_languages(
    api: Any, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rest_framework.throttling.UserRateThrottle.allow_request", lambda *args: False)
    monkeypatch.setattr("rest_framework.throttling.UserRateThrottle.wait", lambda *args: 7)
    program = api(cast.emma)
    german = program.get("/api/v1/me/", HTTP_ACCEPT_LANGUAGE="de")
    english = program.get("/api/v1/me/", HTTP_ACCEPT_LANGUAGE="en")
    assert is_problem(german, 429)
    assert german["Retry-After"] == "7"
    assert german.json()["detail"] == "Das waren zu viele Anfragen in kurzer Zeit. Warte ein wenig."
    assert english.json()["detail"] == "Too many requests in a short time. Wait a little."


def test_a_source_is_a_file_or_a_text_in_both_languages(api: Any, cast: Any) -> None:
    url = f"/api/v1/notebooks/{make_notebook(cast.emma).pk}/sources/"
    errors = [
        api(cast.emma).post(url, {}, HTTP_ACCEPT_LANGUAGE=language).json()["errors"]["non_field_errors"]
        for language in ("de", "en")
    ]
    assert errors == [["Schick entweder eine Datei oder einen Text."], ["Send either a file or a text."]]


def test_an_hour_is_cancelled_and_restored(api: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    program, url = api(cast.farid), f"/api/v1/sessions/{session.pk}/"
    assert program.post(f"{url}cancel/").json()["phase"] == "cancelled"
    assert program.get(url).json()["phase"] == "cancelled"
    assert program.post(f"{url}cancel/").status_code == 200
    assert program.post(f"{url}restore/").json()["phase"] == "during"

    over = make_session(cast.farid, starts_at=timezone.now() - timedelta(days=1))
    assert is_problem(program.post(f"/api/v1/sessions/{over.pk}/cancel/"), 409)
    assert is_problem(api(cast.emma).post(f"{url}cancel/"), 403)


def test_a_removed_source_is_put_back(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    program, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/sources/{source.pk}/"
    assert is_problem(program.post(f"{url}put-back/"), 404)
    assert program.delete(url).status_code == 204
    assert program.get(url).status_code == 404
    assert program.post(f"{url}put-back/").json()["state"] == "ready"
    assert program.get(url).status_code == 200

    program.delete(url)
    make_source(notebook)
    assert is_problem(program.post(f"{url}put-back/"), 409)


def test_a_conversation_is_read_and_forgotten(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.bertha, audience="company")
    make_source(notebook)
    emma, farid, url = api(cast.emma), api(cast.farid), f"/api/v1/notebooks/{notebook.pk}/"
    for question in ("Wie hoch ist die Verpflegungspauschale?", "Wann werden Belege eingereicht?"):
        assert emma.post(f"{url}ask/", {"question": question}).status_code == 200
    farid.post(f"{url}ask/", {"question": "Was gilt für Fahrten mit dem eigenen Wagen?"})

    page = emma.get(f"{url}conversation/", {"page_size": 1}).json()
    assert (page["count"], len(page["results"])) == (2, 1)
    [newest] = page["results"]
    assert set(newest) == {"id", "question", "answer", "asked_at"}
    assert newest["question"] == "Wann werden Belege eingereicht?"
    assert newest["answer"]["citations"]

    assert emma.delete(f"{url}conversation/").status_code == 204
    assert emma.get(f"{url}conversation/").json()["count"] == 0
    assert farid.get(f"{url}conversation/").json()["count"] == 1
    assert emma.delete(url).status_code == 403


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


def test_every_summary_stands_in_the_catalogue(client: Any, db: None) -> None:
    schema = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    used = {operation["summary"] for methods in schema["paths"].values() for operation in methods.values()}
    assert used == set(SUMMARIES)
    with translation.override("de"):
        shown = {
            operation["summary"] for group in operation_groups(schema) for operation in group["operations"]
        }
    assert not shown & used
