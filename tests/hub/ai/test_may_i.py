"""May I? The rule behind the answer, its sentence, and the line that stands wherever a tool is named."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from hub.ai.models import AISystem
from hub.ai.permission import may_i
from hub.people.models import User
from tests.factories import make_story, make_tip, make_tool

URL = "/may-i/"


@pytest.mark.parametrize(
    ("limit", "asked", "verdict"),
    [
        ("public", "public", "yes"),
        ("public", "internal", "no"),
        ("internal", "public", "yes"),
        ("internal", "internal", "yes"),
        ("internal", "confidential", "no"),
        ("confidential", "confidential", "yes"),
        ("public", "", "yes"),
        ("public", "nonsense", "yes"),
    ],
)
def test_the_grid(limit: str, asked: str, verdict: str, db: None) -> None:
    assert may_i(make_tool("Chat", data_class=limit), asked).verdict == verdict


def test_whom_to_ask_is_the_contact_or_else_the_administrators(cast: Any) -> None:
    tool = make_tool("Chat", data_class="internal", owner=cast.bertha)
    with translation.override("en"):
        assert may_i(tool, "confidential").sentence == (
            "No: confidential data may not go into Chat, at most internal data. Ask: Bertha Ringer."
        )
        cast.bertha.status = User.Status.LEFT
        cast.bertha.save()
        tool = AISystem.objects.get(pk=tool.pk)
        assert (
            may_i(tool, "internal").sentence == "Yes: internal data may go into Chat. Questions: Ada Miller."
        )
        User.objects.filter(pk=cast.ada.pk).update(status=User.Status.LEFT)
        assert "whoever administrates the hub" in may_i(None).sentence


def test_a_name_that_somebody_wrote_is_looked_up(cast: Any, django_assert_num_queries: Any) -> None:
    make_tool("Übersetzer", name_en="Translator", data_class="internal")
    make_tool("Altes", is_allowed=False)
    make_tool("Hatpin selbst", is_own=True)
    with django_assert_num_queries(1):
        assert may_i("ÜBERSETZER", "internal").verdict == "yes"
    assert may_i("Altes").verdict == "no"
    for unknown in ("Irgendwas", "Hatpin selbst", "  "):
        assert may_i(unknown, "public").verdict == "ask"
    with translation.override("de"):
        assert "„Irgendwas“ steht nicht in der Liste" in may_i("Irgendwas").sentence


def test_the_page_answers_one_question(sign_in: Any, cast: Any) -> None:
    tool = make_tool("Recherche", data_class="public", owner=cast.bertha)
    gone = make_tool("Altes", is_allowed=False)
    emma = sign_in(cast.emma)
    for query, expected in (
        (
            f"?tool={tool.slug}&data=internal",
            "interne Daten dürfen nicht in Recherche, höchstens öffentliche Daten",
        ),
        (f"?tool={tool.slug}&data=public", "Ja: öffentliche Daten dürfen in Recherche."),
        ("?tool=other", "noch nicht freigegeben. Frag: Ada Miller."),
        (f"?tool={gone.slug}", "Altes ist gerade nicht freigegeben"),
    ):
        page = emma.get(f"{URL}{query}").content.decode()
        assert expected in page, query
        assert 'id="answer"' in page
    for query in ("", "?tool=nosuchtool", "?data=internal"):
        assert 'id="answer"' not in emma.get(f"{URL}{query}").content.decode(), query


def test_the_page_shows_who_to_ask_in_a_fixed_number_of_queries(
    sign_in: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    emma = sign_in(cast.emma)
    for n in range(12):
        make_tool(f"Werkzeug {n}", owner=cast.bertha if n % 2 else None)
    with django_assert_max_num_queries(12):
        page = emma.get(URL).content.decode()
    assert page.count("Bertha Ringer") == 6
    assert page.count("Ada Miller") == 6


def test_the_line_where_a_tool_is_named(sign_in: Any, cast: Any, django_assert_num_queries: Any) -> None:
    tool = make_tool("Firmenchat", data_class="internal")
    line = Template("{% load may_i %}{% may_i tool data %}")
    with translation.override("en"), django_assert_num_queries(0):
        shown = line.render(Context({"tool": tool, "data": "internal"}))
        assert "Yes, for internal data" in shown
        assert f"/may-i/?tool={tool.slug}&amp;data=internal#answer" in shown
        assert "which tools take public data" in line.render(Context({"tool": None, "data": "public"}))
        assert line.render(Context({"tool": None, "data": ""})).strip() == ""
    emma = sign_in(cast.emma)
    assert (
        f"/may-i/?tool={tool.slug}#answer" in emma.get(f"/tips/{make_tip(system=tool).pk}/").content.decode()
    )
    story = make_story(cast.bertha, tool="firmenchat")
    assert "Ja, höchstens interne Daten" in emma.get(f"/stories/{story.pk}/").content.decode()
    other = make_story(cast.bertha, tool="<b>Unbekannt</b>")
    page = emma.get(f"/stories/{other.pk}/").content.decode()
    assert "Erst fragen" in page
    assert "<b>Unbekannt" not in page


def test_the_contact_is_named_by_address(sign_in: Any, api: Any, cast: Any) -> None:
    tool = make_tool("Chat", data_class="internal")
    given = {"name_de": "Chat", "data_class": "internal", "owner": cast.bertha.email.upper()}
    assert sign_in(cast.ada).post(f"{URL}tools/{tool.slug}/edit/", given).status_code == 302
    tool.refresh_from_db()
    assert tool.owner == cast.bertha
    url = f"/api/v1/trust/ai-register/{tool.slug}/"
    read = api(cast.emma).get(url).json()
    assert read["contact"] == "Bertha Ringer"
    assert "owner" not in read
    assert api(cast.ada).patch(url, {"purpose_de": "Texte"}).json()["contact"] == "Bertha Ringer"
    assert api(cast.ada).patch(url, {"owner": "nobody@example.com"}).status_code == 400
    assert api(cast.ada).patch(url, {"owner": ""}).json()["contact"] == ""
