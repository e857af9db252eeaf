"""Asking for a tool: filed once, joined, answered, told; and what is there already is pointed out before."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.ai import requesting
from hub.ai.models import AISystem, ToolRequest
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_tool, make_tool_request

URL = "/may-i/requests/"
API = "/api/v1/tool-requests/"
GIVEN = {"tool": "Bildmaler", "purpose": "Messebilder selbst malen", "data_class": "public"}


def told(user: User) -> list[str]:
    return sorted(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_from_asking_to_the_register(sign_in: Any, cast: Any) -> None:
    emma, farid, ada = sign_in(cast.emma), sign_in(cast.farid), sign_in(cast.ada)
    assert emma.post(f"{URL}new/", {**GIVEN, "link": "bildmaler.example"}).status_code == 302
    wanted = ToolRequest.objects.get()
    assert (wanted.asker, wanted.link) == (cast.emma, "https://bildmaler.example")
    assert told(cast.ada) == ["tool_requested"]

    page = farid.get(f"{URL}{wanted.pk}/").content.decode()
    assert "Messebilder" in page
    assert "Emma" not in page
    farid.post(f"{URL}{wanted.pk}/join/")
    farid.post(f"{URL}{wanted.pk}/join/")
    assert wanted.joined.count() == 1
    page = ada.get(f"{URL}{wanted.pk}/").content.decode()
    assert "Emma Lindner, Farid Nassar" in page
    assert "Answer 2 people" in page

    assert ada.post(f"{URL}{wanted.pk}/answer/", {"is_granted": "yes", "text": ""}).status_code == 422
    done = ada.post(f"{URL}{wanted.pk}/answer/", {"is_granted": "yes", "text": "Nur für <Öffentliches>."})
    assert done["Location"] == f"/may-i/tools/new/?request={wanted.pk}"
    assert told(cast.emma) == told(cast.farid) == ["tool_granted"]
    assert AuditEntry.objects.filter(action="tool_request.granted", object_id=str(wanted.pk)).count() == 1

    form = ada.get(done["Location"]).context["form"]
    assert form["name_de"].value() == "Bildmaler"
    assert form["purpose_de"].value() == "Messebilder selbst malen"
    ada.post(done["Location"], {"name_de": "Bildmaler", "data_class": "public", "purpose_de": "Bilder"})
    wanted.refresh_from_db()
    assert wanted.system == AISystem.objects.get(slug="bildmaler")
    page = emma.get(f"{URL}{wanted.pk}/").content.decode()
    assert "Nur für &lt;Öffentliches&gt;." in page
    assert "Bildmaler in der Liste" in page
    assert (
        ada.post(f"{URL}{wanted.pk}/answer/", {"is_granted": "no", "text": "Doch nicht"}).status_code == 409
    )
    assert emma.post(f"{URL}{wanted.pk}/withdraw/").status_code == 409


def test_a_refusal_says_why_to_all_who_asked(sign_in: Any, cast: Any) -> None:
    wanted = make_tool_request(cast.emma)
    requesting.join(request=wanted, user=cast.farid)
    sign_in(cast.ada).post(f"{URL}{wanted.pk}/answer/", {"is_granted": "no", "text": "Nimm den Firmenchat."})
    assert told(cast.emma) == told(cast.farid) == ["tool_refused"]
    assert "Nimm den Firmenchat." in sign_in(cast.otto).get(URL).content.decode()
    # Nothing that was refused fills in an entry of the register.
    form = sign_in(cast.ada).get(f"/may-i/tools/new/?request={wanted.pk}").context["form"]
    assert not form["name_de"].value()
    assert sign_in(cast.ada).get("/may-i/tools/new/?request=nonsense").status_code == 200


def test_one_open_request_a_person_and_tool(sign_in: Any, cast: Any) -> None:
    make_tool_request(cast.emma, tool="Bildmaler")
    response = sign_in(cast.emma).post(f"{URL}new/", {**GIVEN, "tool": " BILDMALER ", "anyway": "1"})
    assert response.status_code == 409
    assert ToolRequest.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolRequest.objects.create(asker=cast.emma, tool="bildmaler", purpose="noch einmal")
    requesting.answer(request=ToolRequest.objects.get(), by=cast.ada, is_granted=False, text="Nein.")
    assert sign_in(cast.emma).post(f"{URL}new/", {**GIVEN, "anyway": "1"}).status_code == 302


def test_colleagues_are_pointed_to_the_open_request(sign_in: Any, cast: Any) -> None:
    wanted = make_tool_request(cast.emma, tool="Bildmaler")
    farid = sign_in(cast.farid)
    response = farid.post(f"{URL}new/", {**GIVEN, "tool": "bildmaler"})
    assert response.status_code == 409
    page = response.content.decode()
    assert f'href="/may-i/requests/{wanted.pk}/"' in page
    assert "Messebilder selbst malen" in page  # what was written is still there
    assert ToolRequest.objects.count() == 1
    assert farid.post(f"{URL}new/", {**GIVEN, "anyway": "1"}).status_code == 302
    assert ToolRequest.objects.count() == 2


def test_what_is_there_for_the_purpose_is_pointed_out_to_asker_owner_and_administrators(
    sign_in: Any, cast: Any
) -> None:
    make_tool("Malstube", purpose_de="Bilder für Messebilder und Vorträge malen", owner=cast.bertha)
    make_tool("Altes", purpose_de="Messebilder malen", is_allowed=False)
    emma = sign_in(cast.emma)
    response = emma.post(f"{URL}new/", GIVEN)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Malstube" in page
    assert "Altes" not in page
    assert not ToolRequest.objects.exists()
    assert told(cast.bertha) == []
    assert emma.post(f"{URL}new/", {**GIVEN, "anyway": "1"}).status_code == 302
    assert told(cast.bertha) == ["tool_request_similar"]
    assert "Malstube" in sign_in(cast.ada).get(f"{URL}{ToolRequest.objects.get().pk}/").content.decode()


def test_a_new_entry_for_a_like_purpose_is_pointed_out(sign_in: Any, api: Any, cast: Any) -> None:
    make_tool("Malstube", purpose_de="Messebilder und Vortragsbilder malen", owner=cast.bertha)
    ada = sign_in(cast.ada)
    entry = {"name_de": "Bildmaler", "data_class": "public", "purpose_de": "Messebilder malen"}
    page = ada.post("/may-i/tools/new/", entry, follow=True).content.decode()
    assert "For something alike there is already: Malstube." in page
    assert told(cast.bertha) == ["tool_duplicate"]
    page = ada.get(URL).content.decode()
    assert "Bildmaler and Malstube" in page
    assert "Bildmaler and Malstube" not in sign_in(cast.hanna).get(URL).content.decode()
    assert (
        api(cast.ada).post("/api/v1/trust/ai-register/", {**entry, "name_de": "Dritter"}).status_code == 201
    )
    assert told(cast.bertha) == ["tool_duplicate", "tool_duplicate"]


def test_a_changed_purpose_is_compared_anew_and_owners_are_told(sign_in: Any, api: Any, cast: Any) -> None:
    make_tool("Malstube", purpose_de="Messebilder und Vortragsbilder malen", owner=cast.bertha)
    changed = make_tool("Schreiber", purpose_de="Protokolle der Sitzungen schreiben", owner=cast.carl)
    wanted = make_tool_request(cast.emma, tool="Bildmaler", purpose="Messebilder malen")
    make_tool_request(cast.emma, tool="Diktat", purpose="Protokolle der Sitzungen schreiben")
    Notice.objects.all().delete()  # of the asking
    ada, program = sign_in(cast.ada), api(cast.ada)
    page, address = f"/may-i/tools/{changed.slug}/edit/", f"/api/v1/trust/ai-register/{changed.slug}/"
    kept = {"name_de": "Schreiber", "name_en": "Writer", "data_class": changed.data_class}
    kept["owner"] = cast.carl.email

    def change(purpose: str) -> str:
        given = {**kept, "purpose_de": purpose, "purpose_en": purpose}
        return ada.post(page, given, follow=True).content.decode()

    assert "something alike" not in change("Protokolle der Sitzungen schreiben")
    assert told(cast.bertha) == told(cast.carl) == [], "the purpose stayed"
    assert "For something alike there is already: Malstube." in change("Messebilder malen")
    assert told(cast.bertha) == ["tool_duplicate"]
    assert told(cast.carl) == ["tool_request_similar"]
    notice = Notice.objects.get(user=cast.carl)
    assert notice.path == f"{URL}{wanted.pk}/", "the other request was known"
    assert "something alike" not in change("Messebilder schön malen")
    assert told(cast.bertha) == ["tool_duplicate"], "it was alike before"
    # Away and back again, for programs: told anew.
    for purpose in ("Protokolle schreiben", "Messebilder malen"):
        given = {"purpose_de": purpose, "purpose_en": purpose}
        assert program.patch(address, given, format="json").status_code == 200
    assert told(cast.bertha) == ["tool_duplicate", "tool_duplicate"]
    assert told(cast.carl) == ["tool_request_similar", "tool_request_similar", "tool_request_similar"]
    change("Messebilder malen")
    AISystem.objects.filter(pk=changed.pk).update(is_allowed=False, purpose_de="x", purpose_en="x")
    change("Messebilder malen")
    assert len(told(cast.bertha)) == 2, "a withdrawn one is like nothing"


def test_taking_it_back_leaves_colleagues_asking(sign_in: Any, cast: Any) -> None:
    wanted = make_tool_request(cast.emma)
    for person in (cast.farid, cast.carl):
        requesting.join(request=wanted, user=person)
    sign_in(cast.emma).post(f"{URL}{wanted.pk}/withdraw/")
    wanted.refresh_from_db()
    assert wanted.asker == cast.farid
    assert [row.user for row in wanted.joined.all()] == [cast.carl]
    with pytest.raises(Refusal, match="not_yours"):
        requesting.withdraw(request=wanted, user=cast.emma)
    requesting.withdraw(request=wanted, user=cast.carl)
    assert requesting.withdraw(request=wanted, user=cast.farid) is None
    assert not ToolRequest.objects.exists()


def test_nobody_joins_what_is_their_own_or_answered(cast: Any) -> None:
    wanted = make_tool_request(cast.emma)
    with pytest.raises(Refusal, match="own_request"):
        requesting.join(request=wanted, user=cast.emma)
    requesting.answer(request=wanted, by=cast.ada, is_granted=False, text="Nein.")
    with pytest.raises(Refusal, match="answered"):
        requesting.join(request=wanted, user=cast.farid)


def test_what_waits_longer_than_promised_is_said(sign_in: Any, cast: Any) -> None:
    late = make_tool_request(cast.emma, tool="Spät")
    make_tool_request(cast.emma, tool="Frisch")
    ToolRequest.objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(days=11))
    page = sign_in(cast.otto).get(URL).content.decode()
    assert page.count("wartet länger als zugesagt") == 1
    assert page.index("Spät") < page.index("Frisch")
    assert "steht noch aus" in sign_in(cast.otto).get(f"{URL}{late.pk}/").content.decode()
    requesting.answer(request=late, by=cast.ada, is_granted=False, text="Nein.")
    assert "wartet länger" not in sign_in(cast.otto).get(URL).content.decode()


def test_there_is_an_end_to_asking(cast: Any) -> None:
    for n in range(requesting.MOST_OPEN):
        make_tool_request(cast.emma, tool=f"T{n}")
    with pytest.raises(Refusal, match="too_many_requests"):
        make_tool_request(cast.emma, tool="noch eins")


@pytest.mark.parametrize(
    "wrong",
    [{"tool": " "}, {"tool": "x" * 81}, {"purpose": ""}, {"purpose": "x" * 1001}, {"data_class": "secret"},
     {"link": "javascript:alert(1)"}],
)  # fmt: skip
def test_what_cannot_be_is_refused(wrong: dict[str, str], sign_in: Any, api: Any, cast: Any) -> None:
    response = sign_in(cast.emma).post(f"{URL}new/", {**GIVEN, **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert api(cast.emma).post(API, {**GIVEN, **wrong}).status_code == 400
    assert not ToolRequest.objects.exists()


def test_lists_cost_the_same_however_long(
    sign_in: Any, api: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(15):
        wanted = make_tool_request(cast.emma, tool=f"T{n}")
        requesting.join(request=wanted, user=cast.farid)
        if n % 2:
            requesting.answer(request=wanted, by=cast.ada, is_granted=False, text="Nein.")
    client, program = sign_in(cast.bertha), api(cast.bertha)
    with django_assert_max_num_queries(10):
        assert client.get(URL).status_code == 200
    with django_assert_max_num_queries(8):
        assert program.get(API).json()["count"] == 15
    with django_assert_max_num_queries(11):
        assert client.get(f"{URL}{wanted.pk}/").status_code == 200


def test_the_interface_for_programs_does_the_same(api: Any, cast: Any) -> None:
    emma, farid, ada = api(cast.emma), api(cast.farid), api(cast.ada)
    make_tool("Malstube", purpose_de="Messebilder malen", data_class="public")
    refused = emma.post(API, GIVEN)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:hatpin:problem:something_similar")
    assert "Malstube" in refused.json()["detail"]
    made = emma.post(API, {**GIVEN, "anyway": True}).json()
    assert (made["state"], made["is_mine"], made["asker"], made["wanted_by"]) == (
        "open",
        True,
        "Emma Lindner",
        1,
    )
    url = f"{API}{made['id']}/"
    assert farid.get(url).json()["asker"] == ""
    assert ada.get(url).json()["asker"] == "Emma Lindner"
    joined = farid.post(f"{url}join/").json()
    assert (joined["wanted_by"], joined["is_joined_by_me"]) == (2, True)
    assert farid.post(f"{url}withdraw/").status_code == 204
    assert farid.post(f"{url}answer/", {"is_granted": True, "text": "Ja"}).status_code == 403
    assert ada.post(f"{url}answer/", {"is_granted": True}).status_code == 400
    answered = ada.post(f"{url}answer/", {"is_granted": True, "text": "Ja, gern."}).json()
    assert (answered["state"], answered["answered_by"]) == ("granted", "Ada Miller")
    assert emma.get(f"{API}?state=open").json()["count"] == 0
    assert emma.get(f"{API}?state=granted").json()["count"] == 1


def test_an_erased_person_leaves_the_request_without_a_name(cast: Any, sign_in: Any) -> None:
    wanted = make_tool_request(cast.emma)
    requesting.join(request=wanted, user=cast.farid)
    cast.emma.delete()
    wanted.refresh_from_db()
    assert wanted.asker is None
    assert "somebody who is no longer here" in sign_in(cast.ada).get(f"{URL}{wanted.pk}/").content.decode()
    requesting.answer(request=wanted, by=cast.ada, is_granted=False, text="Nein.")
    assert told(cast.farid) == ["tool_refused"]
