"""The register of tools: kept by administrators, read by all, and asked where a lab names one."""

from typing import Any

import pytest

from hub.ai.models import AISystem
from hub.audit.models import AuditEntry
from learning.hours.prepare_forms import TaskForm
from tests.factories import make_tool

URL = "/may-i/"
GIVEN = {"name_de": "Firmenchat", "link": "https://chat.firma.example/", "data_class": "internal"}


def test_an_administrator_adds_changes_withdraws_and_allows_a_tool(sign_in: Any, cast: Any) -> None:
    ada, emma = sign_in(cast.ada), sign_in(cast.emma)
    assert "Noch steht kein Werkzeug" in emma.get(URL).content.decode()
    assert "Add the first one" in ada.get(URL).content.decode()

    assert ada.post(f"{URL}tools/new/", {**GIVEN, "purpose_de": "Texte <b>kürzen</b>"}).status_code == 302
    tool = AISystem.objects.tools().get()
    assert (tool.slug, tool.name_en) == ("firmenchat", "Firmenchat")
    page = emma.get(URL).content.decode()
    assert "Texte &lt;b&gt;kürzen&lt;/b&gt;" in page
    assert 'href="https://chat.firma.example/"' in page
    assert "Ändern" not in page

    ada.post(f"{URL}tools/firmenchat/edit/", {**GIVEN, "name_en": "Company chat"})
    assert AISystem.objects.tools().get().name_en == "Company chat"
    ada.post(f"{URL}tools/firmenchat/withdraw/")
    assert "Firmenchat" not in emma.get(URL).content.decode()
    assert "Company chat" in ada.get(URL).content.decode()
    ada.post(f"{URL}tools/firmenchat/allow/")
    ada.post(f"{URL}tools/firmenchat/allow/")
    assert "Firmenchat" in emma.get(URL).content.decode()
    acts = AuditEntry.objects.filter(object_id="firmenchat").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["tool.added", "tool.changed", "tool.withdrawn", "tool.allowed"]


def test_may_i_answers_for_a_kind_of_data(sign_in: Any, cast: Any) -> None:
    make_tool("Recherche", data_class="public")
    make_tool("Notizen", data_class="confidential")
    emma = sign_in(cast.emma)
    for data, yes, no in (
        ("public", ["Notizen", "Recherche"], []),
        ("internal", ["Notizen"], ["Recherche"]),
        ("nonsense", ["Notizen", "Recherche"], []),
    ):
        context = emma.get(f"{URL}?data={data}").context
        assert [[tool.name for tool in context[name]] for name in ("yes", "no")] == [yes, no]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_de": " "},
        {"link": "javascript:alert(1)"},
        {"link": "ftp://files.firma.example/"},
        {"data_class": "secret"},
        {"purpose_de": "x" * 1001},
        {"name_de": "x" * 121},
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    wrong: dict[str, str], sign_in: Any, api: Any, cast: Any
) -> None:
    response = sign_in(cast.ada).post(f"{URL}tools/new/", {**GIVEN, **wrong})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert api(cast.ada).post("/api/v1/trust/ai-register/", {**GIVEN, **wrong}).status_code == 400
    assert not AISystem.objects.tools().exists()


def test_two_tools_of_one_name_have_addresses_of_their_own(sign_in: Any, cast: Any) -> None:
    ada = sign_in(cast.ada)
    for name in ("Chat", "Chat", "聊天"):
        ada.post(f"{URL}tools/new/", {**GIVEN, "name_de": name})
    assert set(AISystem.objects.tools().values_list("slug", flat=True)) == {"chat", "chat-2", "tool"}


def test_the_interface_for_programs_does_the_same(api: Any, cast: Any) -> None:
    url, ada, emma = "/api/v1/trust/ai-register/", api(cast.ada), api(cast.emma)
    made = ada.post(url, GIVEN).json()
    assert (made["slug"], made["is_allowed"], made["is_own"]) == ("firmenchat", True, False)
    assert [row["slug"] for row in emma.get(url).json()["results"]] == ["firmenchat"]
    assert ada.patch(f"{url}firmenchat/", {"is_allowed": False}).json()["is_allowed"] is False
    assert emma.get(f"{url}firmenchat/").status_code == 404
    assert emma.get(url).json()["count"] == 0
    own = make_tool(is_own=True)
    assert ada.patch(f"{url}{own.slug}/", {"is_allowed": False}).status_code == 403


def test_a_lab_takes_no_data_that_its_tool_does_not(cast: Any) -> None:
    tool = make_tool("Recherche", data_class="public")
    given = {"title": "Suche", "tool": tool.pk, "data_class": "internal"}
    assert list(TaskForm(given).errors) == ["data_class"]
    assert TaskForm({**given, "data_class": "public"}).is_valid()
