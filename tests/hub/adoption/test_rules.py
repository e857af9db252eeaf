"""HR and works council agree on the rules: two keys, two people, and never below the floor."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.adoption.reports import REPORTS
from hub.adoption.rules_actions import answer, propose
from hub.audit.models import AuditEntry
from hub.disclosure.grouping import Part
from hub.disclosure.models import FrozenWeek, ReleasedCell, RulesAnswer, RulesProposal
from hub.disclosure.rules import agreed_rules
from hub.notices.models import Notice
from hub.people.models import LegalEntity, RoleGrant, User
from hub.refusals import Refusal
from tests.hub.adoption.conftest import GMBH, LTD, MONDAYS, publish

PAGE = "/adoption/rules/"
API = "/api/v1/adoption/rules/"
BEFORE_THE_LAST_WEEK = datetime(2026, 11, 8, 12, tzinfo=UTC)


@pytest.fixture
def gmbh(company: SimpleNamespace) -> LegalEntity:
    return LegalEntity.objects.get(name=GMBH)


def proposed(gmbh: LegalEntity, by: User, **fields: Any) -> RulesProposal:
    given = {"minimum_group": 15, "minimum_page": 30, "reports": None, "words": "Vorsicht"}
    return propose(entity=gmbh, by=by, **{**given, **fields})


def test_one_side_proposes_and_the_other_confirms(company: Any, gmbh: LegalEntity) -> None:
    proposal = proposed(gmbh, company.hanna)
    assert agreed_rules()[gmbh.pk].groups.k == 10
    assert list(Notice.objects.values_list("user__first_name", "kind")) == [
        (company.walter.first_name, "rules_proposed")
    ]
    answer(proposal=proposal, by=company.walter, answer="confirmed")
    agreed = agreed_rules()
    assert (agreed[gmbh.pk].groups.k, agreed[gmbh.pk].groups.page, agreed[gmbh.pk].reports) == (15, 30, None)
    assert agreed[LegalEntity.objects.get(name=LTD).pk].groups.k == 10
    assert Notice.objects.get(kind="rules_confirmed").user == company.hanna
    acts = AuditEntry.objects.filter(action__startswith="rules.").values_list("action", "actor_key")
    assert set(acts) == {
        ("rules.proposed", company.hanna.subject_key), ("rules.confirmed", company.walter.subject_key),
    }  # fmt: skip


def test_the_works_council_may_begin_too(company: Any, gmbh: LegalEntity) -> None:
    proposal = proposed(gmbh, company.walter)
    answer(proposal=proposal, by=company.hanna, answer="confirmed")
    assert agreed_rules()[gmbh.pk].groups.k == 15


def refused(code: str, status: int, act: Any) -> None:
    with pytest.raises(Refusal) as caught:
        act()
    assert (caught.value.code, caught.value.status) == (code, status)


def test_nobody_confirms_their_own_proposal_whatever_roles_they_hold(company: Any, gmbh: LegalEntity) -> None:
    RoleGrant.objects.create(user=company.hanna, role="works_council", legal_entity=gmbh)
    proposal = proposed(gmbh, company.hanna)
    refused("own_proposal", 409, lambda: answer(proposal=proposal, by=company.hanna, answer="confirmed"))


def test_a_colleague_of_the_same_side_is_no_second_key(company: Any, gmbh: LegalEntity) -> None:
    colleague = company.people["Personal"][3]
    RoleGrant.objects.create(user=colleague, role="hr", legal_entity=gmbh)
    proposal = proposed(gmbh, company.hanna)
    refused("not_yours", 403, lambda: answer(proposal=proposal, by=colleague, answer="confirmed"))
    refused("not_yours", 403, lambda: answer(proposal=proposal, by=colleague, answer="refused", words="Nein"))
    assert answer(proposal=proposal, by=colleague, answer="withdrawn").answer == "withdrawn"


def test_another_entitys_hr_has_no_say(company: Any, gmbh: LegalEntity) -> None:
    refused("not_yours", 403, lambda: proposed(gmbh, company.olivia))
    proposal = proposed(gmbh, company.hanna)
    RoleGrant.objects.create(
        user=company.olivia, role="works_council", legal_entity=LegalEntity.objects.get(name=LTD)
    )
    refused("not_yours", 403, lambda: answer(proposal=proposal, by=company.olivia, answer="confirmed"))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"minimum_group": 4}, "below_floor"),
        ({"minimum_group": -1}, "below_floor"),
        ({"minimum_group": 40}, "page_below_group"),
        ({"minimum_page": 1001}, "too_large"),
        ({"reports": ["gossip"]}, "unknown_report"),
        ({"words": "  "}, "no_words"),
        ({"minimum_group": 10, "minimum_page": 25}, "same"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    company: Any, gmbh: LegalEntity, fields: dict, code: str
) -> None:
    refused(code, 422, lambda: proposed(gmbh, company.hanna, **fields))
    assert not RulesProposal.objects.exists()


def test_the_database_holds_the_floor_too(company: Any, gmbh: LegalEntity) -> None:
    given = {
        "entity": gmbh,
        "side": "hr",
        "actor_key": company.hanna.subject_key,
        "proposed_at": BEFORE_THE_LAST_WEEK,
    }
    for k, page in ((4, 25), (10, 9)):
        with pytest.raises(IntegrityError), transaction.atomic():
            RulesProposal.objects.create(minimum_group=k, minimum_page=page, words="x", **given)


def test_one_proposal_waits_at_a_time_and_is_answered_once(company: Any, gmbh: LegalEntity) -> None:
    proposal = proposed(gmbh, company.hanna)
    refused("waits", 409, lambda: proposed(gmbh, company.walter, minimum_group=12))
    refused("no_words", 422, lambda: answer(proposal=proposal, by=company.walter, answer="refused"))
    answer(proposal=proposal, by=company.walter, answer="refused", words="Zu grob")
    answer(proposal=proposal, by=company.walter, answer="refused", words="Zu grob")
    refused("answered", 409, lambda: answer(proposal=proposal, by=company.walter, answer="confirmed"))
    assert RulesAnswer.objects.count() == Notice.objects.filter(kind="rules_refused").count() == 1
    assert agreed_rules()[gmbh.pk].groups.k == 10
    proposed(gmbh, company.walter, minimum_group=12)


def confirm_at(gmbh: LegalEntity, company: Any, at: datetime, **fields: Any) -> None:
    proposal = proposed(gmbh, company.hanna, **fields)
    RulesAnswer.objects.create(
        proposal=proposal,
        answer="confirmed",
        side="works_council",
        actor_key=company.walter.subject_key,
        at=at,
    )


def test_it_holds_for_weeks_that_end_later_and_published_ones_stay(company: Any, gmbh: LegalEntity) -> None:
    """Sales has twenty people: shown by ten, hidden by thirty."""
    confirm_at(gmbh, company, BEFORE_THE_LAST_WEEK, minimum_group=30, minimum_page=40)
    publish()
    shown = ReleasedCell.objects.filter(release__report="attendance", group__unit_name="Vertrieb")
    assert [cell.release.week.monday for cell in shown.order_by("release__week__monday")] == MONDAYS[:1]
    week = FrozenWeek.objects.get(monday=MONDAYS[2])
    assert week.smallest_group(gmbh.pk) == week.smallest_group(None) == 30
    ltd = week.groups.get(part=Part.TEAM, unit_name="Sales UK")
    assert (ltd.reason, week.smallest_group(ltd.entity_id)) == ("", 10)


def test_a_report_off_the_menu_has_no_figures_there(company: Any, gmbh: LegalEntity) -> None:
    menu = [name for name in REPORTS if name != "tips"]
    confirm_at(
        gmbh, company, datetime(2026, 10, 1, tzinfo=UTC), reports=menu, minimum_group=10, minimum_page=25
    )
    publish()
    cells = ReleasedCell.objects.filter(release__report="tips-tried")
    assert set(cells.values_list("group__entity_name", flat=True)) == {LTD}
    assert ReleasedCell.objects.filter(release__report="attendance", group__entity_name=GMBH).exists()


# --- pages and API ----------------------------------------------------------------------------------
def form(gmbh: LegalEntity, **fields: Any) -> dict[str, Any]:
    given = {
        "minimum_group": 15,
        "minimum_page": 30,
        "reports": list(REPORTS),
        "with_new": "on",
        "words": "<b>Vorsicht",
    }
    return {f"e{gmbh.pk}-{name}": value for name, value in {**given, **fields}.items()}


def test_the_page_goes_from_proposal_to_agreement(company: Any, gmbh: LegalEntity, sign_in: Any) -> None:
    hanna, walter = sign_in(company.hanna), sign_in(company.walter)
    assert "Propose other rules" in hanna.get(PAGE).content.decode()
    made = hanna.post(f"{PAGE}{gmbh.pk}/propose/", form(gmbh))
    assert (made.status_code, made.url) == (302, PAGE)
    own = hanna.get(PAGE).content.decode()
    assert "Proposed by HR" in own
    assert "&lt;b&gt;Vorsicht" in own
    assert 'value="confirmed"' not in own
    assert 'value="withdrawn"' in own
    proposal = RulesProposal.objects.get()
    assert proposal.reports is None
    assert 'value="confirmed"' in walter.get(PAGE).content.decode()
    walter.post(f"{PAGE}proposals/{proposal.pk}/answer/", {"answer": "confirmed"})
    assert "groups of 15, pages of 30 people" in hanna.get(PAGE).content.decode()


def test_the_form_says_what_is_wrong_and_keeps_what_was_said(
    company: Any, gmbh: LegalEntity, sign_in: Any
) -> None:
    response = sign_in(company.hanna).post(f"{PAGE}{gmbh.pk}/propose/", form(gmbh, minimum_group=3))
    assert response.status_code == 422
    assert "Groups of fewer than 5 people are never shown" in response.content.decode()
    assert "&lt;b&gt;Vorsicht" in response.content.decode()
    empty = sign_in(company.hanna).post(f"{PAGE}{gmbh.pk}/propose/", form(gmbh, minimum_group=""))
    assert empty.status_code == 422


def test_a_stranger_neither_sees_nor_changes_the_rules(
    company: Any, gmbh: LegalEntity, sign_in: Any, api: Any
) -> None:
    proposal = proposed(gmbh, company.hanna)
    assert sign_in(company.emma).get(PAGE).status_code == 403
    olivia = sign_in(company.olivia)
    assert GMBH not in olivia.get(PAGE).content.decode()
    assert olivia.post(f"{PAGE}{gmbh.pk}/propose/", form(gmbh)).status_code == 404
    assert olivia.post(f"{PAGE}proposals/{proposal.pk}/answer/", {"answer": "confirmed"}).status_code == 404
    program = api(company.olivia)
    assert [found["entity"] for found in program.get(API).json()] == [LTD]
    body = {"minimum_group": 15, "minimum_page": 30, "reports": None, "words": "x"}
    assert program.post(f"{API}{gmbh.pk}/proposals/", body, format="json").status_code == 404
    assert program.post(f"{API}proposals/{proposal.pk}/answer/", {"answer": "confirmed"}).status_code == 404


def test_programs_do_the_same(company: Any, gmbh: LegalEntity, api: Any) -> None:
    body = {"minimum_group": 4, "minimum_page": 30, "reports": ["attendance"], "words": "Nur die Stunde"}
    refusal = api(company.walter).post(f"{API}{gmbh.pk}/proposals/", body, format="json")
    assert (refusal.status_code, refusal.json()["type"]) == (422, "urn:hatpin:problem:below_floor")
    made = api(company.walter).post(
        f"{API}{gmbh.pk}/proposals/", {**body, "minimum_group": 12}, format="json"
    )
    assert made.status_code == 201
    where = f"{API}proposals/{made.json()['id']}/answer/"
    assert api(company.walter).post(where, {"answer": "confirmed"}, format="json").status_code == 409
    answered = api(company.hanna).post(where, {"answer": "confirmed"}, format="json")
    assert answered.json()["answer"] == "confirmed"
    [rules] = api(company.hanna).get(API).json()
    assert (rules["minimum_group"], rules["reports"], len(rules["proposals"])) == (12, ["attendance"], 1)


def test_the_page_asks_the_same_number_of_questions_however_long_the_history(
    company: Any, gmbh: LegalEntity, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        proposal = proposed(gmbh, company.hanna, minimum_group=11 + number)
        answer(proposal=proposal, by=company.walter, answer="confirmed")
    browser = sign_in(company.hanna)
    browser.get(PAGE)
    with django_assert_max_num_queries(12):
        browser.get(PAGE)
