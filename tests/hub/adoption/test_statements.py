"""xAPI statements: what is one, by the conformance files, and what is kept of it."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from rest_framework.test import APIClient

from hub.adoption.imports import receiving
from hub.adoption.imports.receiving import make_key, revoke_key
from hub.adoption.imports.statements import BadStatement, read_statement
from hub.adoption.models import CourseWeek, ReceivedStatement, StatementKey
from hub.people.models import LegalEntity
from tests.hub.adoption.conftest import GMBH, LTD

NOW = datetime(2026, 11, 13, 9, tzinfo=UTC)
URL = "/api/v1/xapi/statements"
KEYS = "/api/v1/adoption/statement-keys/"
ID = "8f87ccde-bb56-4c2e-ab83-44982ef22df0"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def statement(mail: str = "nora@hatpin.example", **more: Any) -> dict[str, Any]:
    return {
        "actor": {"mbox": f"mailto:{mail}"},
        "verb": {"id": COMPLETED},
        "object": {"id": "http://courses.example/ai-act"},
        **more,
    }


# --- the conformance files -----------------------------------------------------------------------
# Where the part that a file holds stands in a statement.
PLACES = {
    "agents": lambda part: statement(actor=part),
    "groups": lambda part: statement(actor=part),
    "verbs": lambda part: statement(verb=part),
    "activities": lambda part: statement(object=part),
    "contexts": lambda part: statement(context=part),
    "results": lambda part: statement(result=part),
    "substatements": lambda part: statement(object=part),
    "statements": lambda part: part,
}
# These are whole only with what the conformance test puts in place of their empty part.
FILLED = {
    "statements__actor": ("actor", {"objectType": "Agent", "mbox": "mailto:xapi@adlnet.gov"}),
    "statements__verb": ("verb", {"id": COMPLETED}),
    "statements__object_activity": ("object", {"objectType": "Activity", "id": "http://x.example/1"}),
    "statements__object_actor": ("object", {"objectType": "Agent", "mbox": "mailto:xapi@adlnet.gov"}),
    "statements__authority": ("authority", {"objectType": "Agent", "mbox": "mailto:xapi@adlnet.gov"}),
}
INVALID = {
    "activities__description_invalid",
    "activities__interaction_type_invalid_iri",
    "activities__interaction_type_invalid_numeric",
    "activities__interaction_type_invalid_string",
    "activities__name_invalid",
    "activities__numeric_name",
    "activities__string_description",
    "activities__string_name",
    "agents__account_no_homepage",
    "agents__account_no_name",
    "contexts__instructor",
    "groups__anonymous_no_member",
    "groups__identified_account_no_homepage",
    "groups__identified_account_no_name",
    "statements__actor",
    "statements__authority",
    "statements__no_actor",
    "statements__no_verb",
    "statements__object_activity",
    "statements__object_actor",
    "statements__object_statementref_no_id",
    "statements__object_substatement",
    "statements__verb",
    "substatements__activity_definition_description_invalid",
    "substatements__activity_definition_name_invalid",
    "substatements__actor",
    "substatements__agent",
    "substatements__context_invalid_language_map",
    "substatements__no_actor",
    "substatements__no_verb",
    "substatements__statementref_no_id",
    "substatements__verb",
    "substatements__verb_invalid",
    "verbs__no_id",
}


def files(data_folder: Path) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text()) for path in (data_folder / "xapi/v1_0_3").glob("*.json")}


def is_taken(body: Any) -> bool:
    try:
        read_statement(body, NOW)
    except BadStatement:
        return False
    return True


def test_valid_ones_of_the_conformance_files_are_taken_and_invalid_ones_refused(data_folder: Path) -> None:
    found = files(data_folder)
    assert len(found) == 73
    refused = {name for name, part in found.items() if not is_taken(PLACES[name.partition("__")[0]](part))}
    assert refused == INVALID


def test_what_is_only_incomplete_is_taken_once_it_is_filled(data_folder: Path) -> None:
    found = files(data_folder)
    for name, (part, whole) in FILLED.items():
        assert is_taken({**found[name], part: whole}), name


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"id": "not-a-uuid"}, "id"),
        ({"timestamp": "2026-11-13"}, "timestamp"),
        ({"timestamp": "2026-11-13T09:00:00"}, "timestamp"),
        ({"timestamp": "2026-13-13T09:00:00Z"}, "timestamp"),
        ({"timestamp": "2026-11-13T09:00:00-00:00"}, "timestamp"),
        ({"timestamp": "2026-11-14T09:00:00Z"}, "timestamp"),
        ({"result": {"score": {"scaled": 1.1}}}, "result.score.scaled"),
        ({"result": {"score": {"raw": 5, "min": 6}}}, "result.score"),
        ({"result": {"success": "yes"}}, "result.success"),
        ({"result": {"duration": "PT"}}, "result.duration"),
        ({"result": {"completion": None}}, "result.completion"),
        ({"context": {"language": "something"}}, "context.language"),
        ({"context": {"registration": 7}}, "context.registration"),
        ({"context": {"contextActivities": {"else": []}}}, "context.contextActivities.else"),
        ({"context": {"extensions": {"no iri": 1}}}, "context.extensions.no iri"),
        ({"version": "2.0.0"}, "version"),
        ({"attachments": [{}]}, "attachments[0].usageType"),
        ({"foo": 1}, "foo"),
        ({"actor": {"mbox": "nora@hatpin.example"}}, "actor.mbox"),
        ({"actor": {"mbox": "mailto:a@x.example", "openid": "http://x.example"}}, "actor"),
        ({"actor": ["mailto:a@x.example"]}, "actor"),
        ({"object": {"objectType": "Elephant", "id": "http://x.example"}}, "object.objectType"),
        ({"object": {"objectType": ["Activity"], "id": "http://x.example"}}, "object.objectType"),
        ({"verb": {"id": "http://adlnet.gov/expapi/verbs/voided"}}, "object"),
        ({"authority": {"objectType": "Group", "member": [{"mbox": "mailto:a@x.example"}]}}, "authority"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(more: dict[str, Any], where: str) -> None:
    with pytest.raises(BadStatement) as error:
        read_statement(statement(**more), NOW)
    assert error.value.path == where


@pytest.mark.parametrize("body", [None, 7, "x", [], [1]])
def test_what_is_no_object_is_no_statement(body: Any) -> None:
    assert not is_taken(body)


def test_nested_without_end_is_refused() -> None:
    nested: Any = 1
    for _depth in range(200):
        nested = {"http://x.example": nested}
    assert not is_taken(statement(result={"extensions": nested}))


def test_who_it_is_of_is_read_from_mbox_and_account() -> None:
    def account(actor: dict[str, Any]) -> str:
        return read_statement(statement(actor=actor), NOW).account

    assert account({"mbox": "mailto:Nora@Hatpin.example"}) == "nora@hatpin.example"
    homepage = {"homePage": "https://sso.example", "name": "Nora@hatpin.example"}
    assert account({"objectType": "Agent", "account": homepage}) == "nora@hatpin.example"
    assert account({"mbox_sha1sum": "a" * 40}) == ""
    assert account({"objectType": "Group", "mbox": "mailto:nora@hatpin.example"}) == ""


# --- the endpoint --------------------------------------------------------------------------------
def platform(key: StatementKey | str, secret: str, *, version: str = "1.0.3") -> APIClient:
    name = key if isinstance(key, str) else str(key.pk)
    encoded = base64.b64encode(f"{name}:{secret}".encode()).decode()
    client = APIClient()
    client.credentials(
        HTTP_AUTHORIZATION=f"Basic {encoded}",
        HTTP_X_EXPERIENCE_API_VERSION=version,
        HTTP_ACCEPT_LANGUAGE="en",
    )
    return client


@pytest.fixture
def ours(company: Any) -> APIClient:
    key, secret = make_key(name="Kurse", entity=LegalEntity.objects.get(name=GMBH), by=company.hanna)
    return platform(key, secret)


def weeks() -> set[tuple[Any, str]]:
    return set(CourseWeek.objects.values_list("subject_key", "kind"))


def test_of_a_statement_the_week_and_the_kind_are_kept(ours: APIClient, company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    attended = {"id": "http://adlnet.gov/expapi/verbs/attended"}
    response = ours.post(
        URL,
        [
            statement(anna.email, timestamp="2026-11-13T09:00:00+01:00", result={"response": "geheim"}),
            statement(anna.email, timestamp="2026-11-12T09:00:00+01:00"),
            statement(ben.email, verb=attended, timestamp="2026-11-09T00:30:00+01:00"),
            statement("nobody@x.example"),
            statement(company.people["Sales UK"][0].email),
        ],
    )
    assert response.status_code == 200
    assert len(response.json()) == 5
    assert response["X-Experience-API-Version"] == "1.0.3"
    assert weeks() == {(anna.subject_key, "done"), (ben.subject_key, "exp")}
    assert {str(monday) for monday in CourseWeek.objects.values_list("monday", flat=True)} == {"2026-11-09"}
    key = StatementKey.objects.get()
    assert (key.received, key.unknown) == (5, 2)
    fields = {field.name for field in ReceivedStatement._meta.concrete_fields}
    assert fields == {"id", "key", "statement_id", "digest", "received_on"}


def test_the_same_id_counts_once_and_another_content_conflicts(ours: APIClient, company: Any) -> None:
    anna, ben = company.people["Vertrieb"][:2]
    assert ours.put(f"{URL}?statementId={ID}", statement(anna.email)).status_code == 204
    assert ours.put(f"{URL}?statementId={ID}", statement(anna.email)).status_code == 204
    again = ours.post(URL, statement(anna.email, id=ID, stored="2026-11-13T09:00:00Z"))
    assert (again.status_code, again.json()) == (200, [ID])
    other = ours.post(URL, [statement(ben.email), statement(ben.email, id=ID)])
    assert (other.status_code, other.json()["type"]) == (409, "urn:hatpin:problem:conflict")
    assert weeks() == {(anna.subject_key, "done")}
    assert StatementKey.objects.get().received == 1


def test_all_of_a_request_or_nothing(ours: APIClient, company: Any) -> None:
    anna = company.people["Vertrieb"][0]
    response = ours.post(URL, [statement(anna.email), statement(anna.email, verb={})])
    assert response.status_code == 400
    assert response.json()["detail"] == "[1].verb.id: it is missing. Nothing was taken over."
    twice = ours.post(URL, [statement(anna.email, id=ID), statement(anna.email, id=ID)])
    assert twice.status_code == 400
    assert not CourseWeek.objects.exists()
    assert not ReceivedStatement.objects.exists()


def test_limits(ours: APIClient, company: Any) -> None:
    assert ours.post(URL, [statement()] * 501).status_code == 413
    large = statement(result={"response": "x" * 5_300_000})
    assert ours.post(URL, large).status_code == 413
    nested = ours.post(URL, "[" * 100_000 + "]" * 100_000, content_type="application/json")
    assert nested.status_code == 400
    assert ours.post(URL, "{", content_type="application/json").status_code == 400
    assert ours.post(URL, "x=1", content_type="application/x-www-form-urlencoded").status_code == 415
    assert not ReceivedStatement.objects.exists()


def test_put_needs_its_id(ours: APIClient, company: Any) -> None:
    assert ours.put(URL, statement()).status_code == 400
    assert ours.put(f"{URL}?statementId=7", statement()).status_code == 400
    other = statement(id="6690e6c9-3ef0-4ed3-8b37-7f3964730bee")
    assert ours.put(f"{URL}?statementId={ID}", other).status_code == 400
    assert ours.put(f"{URL}?statementId={ID}", [statement()]).status_code == 400
    assert ours.put(f"{URL}?statementId={ID}", statement(id=ID.upper())).status_code == 204


@pytest.mark.parametrize(
    ("version", "status"), [("1.0.0", 200), ("1.0", 200), ("0.95", 400), ("2.0.0", 400), ("", 400)]
)
def test_the_version_is_asked_for(company: Any, version: str, status: int) -> None:
    key, secret = make_key(name="Kurse", entity=LegalEntity.objects.get(name=GMBH), by=company.hanna)
    assert platform(key, secret, version=version).post(URL, statement()).status_code == status


def test_without_a_valid_key_nothing_is_taken(company: Any, api: Any, sign_in: Any) -> None:
    key, secret = make_key(name="Kurse", entity=LegalEntity.objects.get(name=GMBH), by=company.hanna)
    for client in (
        platform(key, "wrong"), platform("not-an-id", secret), platform(ID, secret), api(None), api(company.hanna),
        sign_in(company.hanna),
    ):  # fmt: skip
        response = client.post(
            URL, statement(), headers={"X-Experience-API-Version": "1.0.3"}, content_type="application/json"
        )
        assert response.status_code == 401
    assert platform(key, secret).get(URL).status_code == 405
    revoke_key(key=key, by=company.hanna)
    assert platform(key, secret).post(URL, statement()).status_code == 401
    assert secret not in str(StatementKey.objects.values().get())
    assert not ReceivedStatement.objects.exists()


def test_one_platforms_ids_say_nothing_to_another(ours: APIClient, company: Any) -> None:
    anna, olivia = company.people["Vertrieb"][0], company.olivia
    key, secret = make_key(name="Courses", entity=LegalEntity.objects.get(name=LTD), by=olivia)
    assert ours.put(f"{URL}?statementId={ID}", statement(anna.email)).status_code == 204
    theirs = platform(key, secret)
    assert theirs.put(f"{URL}?statementId={ID}", statement(olivia.email)).status_code == 204
    assert weeks() == {(anna.subject_key, "done"), (olivia.subject_key, "done")}


def test_what_is_voided_or_very_old_is_taken_and_not_counted(ours: APIClient, company: Any) -> None:
    anna = company.people["Vertrieb"][0]
    voiding = statement(
        anna.email,
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
        object={"objectType": "StatementRef", "id": ID},
    )
    assert (
        ours.post(URL, [voiding, statement(anna.email, timestamp="2020-01-01T00:00:00Z")]).status_code == 200
    )
    assert not CourseWeek.objects.exists()


def test_ids_are_forgotten_after_a_year_and_a_month(ours: APIClient, company: Any) -> None:
    ours.post(URL, statement())
    receiving.forget_old_ids(timezone.now() + timedelta(days=400))
    assert ReceivedStatement.objects.exists()
    receiving.forget_old_ids(timezone.now() + timedelta(days=402))
    assert not ReceivedStatement.objects.exists()


def test_many_statements_cost_as_many_queries_as_few(
    ours: APIClient, company: Any, django_assert_max_num_queries: Any
) -> None:
    people = company.people["Produktion"]
    with django_assert_max_num_queries(14):
        assert ours.post(URL, [statement(people[n % 40].email) for n in range(300)]).status_code == 200


def test_keys_are_made_and_revoked_by_hr_of_the_company(sign_in: Any, api: Any, company: Any) -> None:
    gmbh, ltd = (LegalEntity.objects.get(name=name) for name in (GMBH, LTD))
    hanna = sign_in(company.hanna)
    page = hanna.post("/adoption/imports/keys/", {"name": "Kurse <b>", "entity": gmbh.pk})
    assert page.status_code == 201
    assert "<b>" not in page.content.decode().partition("<h1>")[2]
    key = StatementKey.objects.get()
    assert hanna.post("/adoption/imports/keys/", {"name": "Kurse", "entity": ltd.pk}).status_code == 422
    assert api(company.hanna).post(KEYS, {"name": "x", "entity": LTD}).status_code == 403
    made = api(company.olivia).post(KEYS, {"name": "Courses", "entity": LTD})
    assert made.status_code == 201
    assert len(made.json()["secret"]) > 40
    assert [row["name"] for row in api(company.walter).get(KEYS).json()["results"]] == ["Kurse <b>"]
    assert "secret" not in api(company.walter).get(KEYS).content.decode()
    assert sign_in(company.walter).post(f"/adoption/imports/keys/{key.pk}/revoke/").status_code == 403
    assert sign_in(company.olivia).post(f"/adoption/imports/keys/{key.pk}/revoke/").status_code == 404
    assert api(company.hanna).delete(f"{KEYS}{key.pk}/").status_code == 204
    key.refresh_from_db()
    assert key.revoked_at
    with pytest.raises(PermissionDenied):
        make_key(name="x", entity=gmbh, by=company.olivia)


def test_a_company_has_twenty_keys_at_most(company: Any) -> None:
    from hub.refusals import Refusal

    entity = LegalEntity.objects.get(name=GMBH)
    for _number in range(20):
        make_key(name="x", entity=entity, by=company.hanna)
    with pytest.raises(Refusal, match="too_many_keys"):
        make_key(name="x", entity=entity, by=company.hanna)
