"""HR and works council see groups of their own entities, everybody those of their own company."""

from typing import Any

import pytest

from hub.audit.models import AuditEntry
from hub.people.models import LegalEntity, RoleGrant
from tests.factories import make_user
from tests.hub.adoption.conftest import GMBH, LTD, publish
from tests.hub.adoption.figures import API, CUTS


def test_nobody_sees_another_entity(sign_in: Any, api: Any, company: Any) -> None:
    publish()
    for user, own, other in ((company.hanna, GMBH, LTD), (company.olivia, LTD, GMBH)):
        program, browser = api(user), sign_in(user)
        teams = {GMBH: "Vertrieb", LTD: "Sales UK"}
        for name, by, window in CUTS:
            query = f"?by={by}&window={window}"
            text = program.get(f"{API}{name}/{query}").content.decode()
            text += browser.get(f"/adoption/{name}/{query}").content.decode()
            text += browser.get(f"/adoption/for-everybody/{name}/{query}").content.decode()
            assert own in text or by in ("cohort", "family")
            assert other not in text
            assert teams[other] not in text
            assert (teams[own] in text) == (by == "team")


def test_somebody_bound_to_both_sees_both_side_by_side(sign_in: Any, api: Any, company: Any) -> None:
    RoleGrant.objects.create(user=company.hanna, role="hr", legal_entity=LegalEntity.objects.get(name=LTD))
    publish()
    body = api(company.hanna).get(f"{API}attendance/?window=1").json()
    assert {row["entity"]: row["low"] for row in body["rows"]} == {GMBH: 63, LTD: 0}
    page = sign_in(company.hanna).get("/adoption/attendance/?by=team&window=1")
    assert page.context["shown"].several
    assert len(page.context["shown"].chart["data"]) == 2


@pytest.mark.parametrize("path", ["/adoption/", "/adoption/attendance/", "/adoption/attendance/figure.json",
                                  "/adoption/attendance/table.csv", "/adoption/attendance/report.pdf",
                                  "/adoption/ask/", API, f"{API}attendance/"])  # fmt: skip
def test_only_hr_and_works_council_may_look(path: str, sign_in: Any, company: Any) -> None:
    administrator = make_user(
        "Ada", team=company.teams["Vertrieb"], roles=("administrator", "facilitator", "referee")
    )
    executive = make_user("Bertha", team=company.teams["Vertrieb"], is_executive=True)
    publish()
    for user in (company.emma, administrator, executive, make_user("Otto")):
        assert sign_in(user).get(path).status_code == 403
    for user in (company.hanna, company.walter):
        assert sign_in(user).get(path).status_code == 200
    assert (
        AuditEntry.objects.filter(actor_key__in=[company.emma.subject_key, administrator.subject_key]).count()
        == 0
    )


def test_every_look_is_recorded_under_the_opaque_key(sign_in: Any, api: Any, company: Any) -> None:
    publish()
    browser = sign_in(company.hanna)
    browser.get("/adoption/")
    browser.get("/adoption/attendance/?by=team&window=4")
    browser.get("/adoption/attendance/table.csv?by=site&window=1")
    api(company.hanna).get(f"{API}tips/?format=csv")
    browser.get("/adoption/attendance/?by=person")
    looks = AuditEntry.objects.filter(action="adoption.looked", actor_key=company.hanna.subject_key)
    assert [(look.object_id, look.facts) for look in looks] == [
        ("overview", {"by": "week", "window": 12, "as": "page"}),
        ("attendance", {"by": "team", "window": 4, "as": "page"}),
        ("attendance", {"by": "site", "window": 1, "as": "csv"}),
        ("tips", {"by": "week", "window": 12, "as": "csv"}),
    ]


def test_everybody_who_may_look_sees_the_same_decision(api: Any, company: Any) -> None:
    publish()
    hanna, walter = api(company.hanna), api(company.walter)
    for name, by, window in CUTS:
        url = f"{API}{name}/?by={by}&window={window}"
        assert hanna.get(url).content == walter.get(url).content


def test_everybody_sees_what_hr_of_their_own_company_sees(sign_in: Any, company: Any) -> None:
    publish()
    page = sign_in(company.people["Vertrieb"][5]).get("/adoption/for-everybody/")
    hr = sign_in(company.hanna).get("/adoption/")
    assert [report.findings for report in page.context["reports"]] == [
        report.findings for report in hr.context["reports"]
    ]
    assert LTD not in page.content.decode()
    stranger = sign_in(make_user("Nobody"))
    alone = stranger.get("/adoption/for-everybody/")
    assert alone.context["reports"] == []
    assert GMBH not in stranger.get("/adoption/for-everybody/attendance/").content.decode()


def test_nobody_opens_a_unit_of_another_entity(sign_in: Any, api: Any, company: Any) -> None:
    publish()
    query = f"?by=week&of=team-{company.teams['Sales UK'].pk}"
    assert api(company.hanna).get(f"{API}attendance/{query}").json()["rows"] == []
    for path in ("", "table.csv", "report.pdf", "figure.json"):
        answer = sign_in(company.hanna).get(f"/adoption/attendance/{path}{query}")
        assert answer.status_code == 200
        assert b"Sales UK" not in answer.content
    assert len(api(company.olivia).get(f"{API}attendance/{query}").json()["rows"]) == 3
