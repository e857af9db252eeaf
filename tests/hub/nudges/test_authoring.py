"""Content owners write tips in both languages, see them as every channel shows them, and take them out of use."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.nudges import authoring
from hub.nudges.authoring import rows_for
from hub.nudges.models import Tip, local_day
from hub.nudges.previews import PREVIEWS, previews_of
from hub.nudges.starter import load_starter_tips
from hub.refusals import Refusal
from tests.factories import make_tip, make_tool

WORDS = {
    "area": "crm", "tool": "chat", "minutes": "2", "is_active": "on",
    "title_de": "Erst fragen", "body_de": "Keine Namen.", "steps_de": "Eins.\n\n Zwei. \n",
    "title_en": "Ask first", "body_en": "No names.", "steps_en": "One.\nTwo.",
}  # fmt: skip
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def errors_of(client: Any, **changes: Any) -> dict[str, list[str]]:
    before = Tip.objects.count()
    page = client.post("/tips/new/", {**WORDS, **changes})
    assert page.status_code == 422, page.get("Location")
    assert Tip.objects.count() == before
    return page.context["form"].errors


def test_a_tip_is_written_in_both_languages_and_changed(sign_in: Any, cast: Any) -> None:
    client, tool = sign_in(cast.farid), make_tool(data_class="internal")
    more = {
        "moments": ["before_call", "reading"], "roles": ["sales"], "saves_minutes": "5", "system": tool.pk,
        "link": "chat.firma.example/neu", "pages": "https://CRM.firma.example/*\nhttps://crm.firma.example/*",
        "valid_until": "2030-12-31", "saves_source_de": "Eigene Messung", "saves_source_en": "Our own figure",
    }  # fmt: skip
    answer = client.post("/tips/new/", {**WORDS, **more})
    tip = Tip.objects.get()
    assert answer["Location"] == f"/tips/{tip.pk}/preview/"
    assert (tip.author, tip.area, tip.link) == (cast.farid, "crm", "https://chat.firma.example/neu")
    assert tip.moments == ["before_call", "reading"]
    assert tip.pages == ["https://crm.firma.example/*"]
    assert tip.texts.get(language="de").steps == ["Eins.", "Zwei."]
    assert tip.texts.get(language="en").saves_source == "Our own figure"
    assert sign_in(cast.emma).get(f"/tips/{tip.pk}/").status_code == 200

    page = client.get(f"/tips/{tip.pk}/edit/").content.decode()
    assert "https://crm.firma.example/*</textarea>" in page
    client.post(
        f"/tips/{tip.pk}/edit/",
        {**WORDS, "title_de": "Zuerst fragen", "title_en": "", "body_en": "", "steps_en": "", "pages": ""},
    )
    tip = Tip.objects.get()
    assert [text.title for text in tip.texts.all()] == ["Zuerst fragen"]
    assert (tip.author, tip.moments, tip.pages, tip.valid_until) == (cast.farid, [], [], None)


def test_a_missing_translation_is_said(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.farid)
    page = client.post("/tips/new/", {**WORDS, "title_en": "", "body_en": "", "steps_en": ""}, follow=True)
    html = page.content.decode()
    assert "Ohne englischen Text lesen ihn alle auf Deutsch" in html
    assert "nur auf Deutsch" in html
    tip = Tip.objects.get()
    assert titles(client.get("/tips/authoring/?which=untranslated")) == ["Erst fragen"]
    assert '<h1 id="tip-title" lang="de">' in sign_in(cast.ada).get(f"/tips/{tip.pk}/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("link", "javascript:alert(1)"),
        ("link", "JaVaScRiPt:alert(1)"),
        ("link", "data:text/html,x"),
        ("link", "http://chat.example/"),
        ("link", "https://user:secret@chat.example/"),
        ("link", "file:///etc/passwd"),
        ("link", "https://" + "a" * 320),
        ("link", "not a link"),
        ("pages", "http://crm.example/"),
        ("pages", "https://*.example/"),
        ("pages", "\n".join(f"https://crm.example/{number}" for number in range(21))),
        ("title_de", "x" * 121),
        ("title_de", " \u200b "),
        ("body_en", "x" * 901),
        ("body_de", ""),
        ("steps_de", "x" * 301),
        ("steps_de", "\n".join("1234567")),
        ("steps_en", "\n".join("x" * 300)),
        ("saves_source_de", "x" * 201),
        ("minutes", "0"),
        ("minutes", "61"),
        ("saves_minutes", "0"),
        ("saves_minutes", "481"),
        ("area", "nonsense"),
        ("tool", ""),
        ("roles", ["boss"]),
        ("moments", ["never"]),
        ("system", "999"),
        ("valid_from", "yesterday"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field: str, value: Any, sign_in: Any, cast: Any) -> None:
    assert field in errors_of(sign_in(cast.farid), **{field: value})


def test_without_any_words_and_with_an_end_before_the_start_nothing_is_kept(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.farid)
    empty = {name: "" for name in WORDS if name.endswith(("_de", "_en"))}
    assert "title_de" in errors_of(client, **empty)
    errors = errors_of(client, valid_from="2026-12-02", valid_until="2026-12-01")
    assert list(errors) == ["valid_until"]
    assert len(errors["valid_until"]) == 1


def test_a_withdrawn_tool_cannot_be_chosen_but_stays_where_it_was(sign_in: Any, cast: Any) -> None:
    client, tool = sign_in(cast.farid), make_tool(is_allowed=False)
    assert "system" in errors_of(client, system=tool.pk)
    tip = make_tip(system=tool)
    assert client.post(f"/tips/{tip.pk}/edit/", {**WORDS, "system": tool.pk}).status_code == 302
    tip.refresh_from_db()
    assert tip.system == tool


def test_markup_stays_text_in_every_preview(sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.farid)
    marked = dict.fromkeys(("title_de", "body_de", "steps_de", "title_en", "body_en", "steps_en"), MARKUP)
    client.post("/tips/new/", {**WORDS, **marked, "saves_minutes": 5, "saves_source_de": MARKUP})
    tip = Tip.objects.get()
    for path in (
        "",
        "edit/",
        "preview/",
        "preview/?language=en",
        "preview/mail/",
        "preview/mail/?language=en",
    ):
        html = client.get(f"/tips/{tip.pk}/{path}").content.decode()
        assert MARKUP not in html, path
        assert "<img src=x" not in html, path
        assert "&lt;script&gt;" in html, path
    assert MARKUP not in client.get("/tips/authoring/").content.decode()


# --- Previews ---------------------------------------------------------------------------------------
def test_every_channel_is_previewed_in_both_languages_and_nothing_is_kept_or_sent(
    sign_in: Any, cast: Any, mailoutbox: list
) -> None:
    client = sign_in(cast.farid)
    client.post("/tips/new/", WORDS)
    tip = Tip.objects.get()
    for language, title, subject in (("de", "Erst fragen", "Betreff"), ("en", "Ask first", "Subject")):
        shown = {one.channel: one.preview for one in previews_of(tip, cast.farid, language)}
        assert set(shown) == set(PREVIEWS)
        assert title in shown["today"].fragment
        assert "data-seen" not in shown["today"].fragment
        assert title in shown["mail"].page
        assert shown["mail"].text.startswith(f"{subject}: {title}\n")
        assert all(title in one.fragment + one.page + one.text for one in shown.values())
        for channel in ("teams", "slack", "apprise", "web_push", "calendar"):
            assert shown[channel].fragment.index(title) < shown[channel].fragment.index("</strong>")
        assert "BEGIN:VEVENT" in shown["calendar"].text
        assert title in client.get(f"/tips/{tip.pk}/preview/?language={language}").content.decode()
        assert title in client.get(f"/tips/{tip.pk}/preview/mail/?language={language}").content.decode()
    assert client.get(f"/tips/{tip.pk}/preview/?language=xx").context["language"] == "de"
    assert client.get(f"/tips/{tip.pk}/preview/today/").status_code == 404
    assert client.get(f"/tips/{tip.pk}/preview/nosuch/").status_code == 404
    assert mailoutbox == []
    assert not tip.nudges.exists()


def test_the_frame_has_no_rights_and_only_our_own_page_may_hold_it(sign_in: Any, cast: Any) -> None:
    client, tip = sign_in(cast.farid), make_tip()
    frame = client.get(f"/tips/{tip.pk}/preview/mail/")
    policy = frame["Content-Security-Policy"]
    assert {"default-src 'none'", "form-action 'none'", "frame-ancestors 'self'"} <= set(policy.split("; "))
    assert "script-src" not in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    page = client.get(f"/tips/{tip.pk}/preview/")
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert "frame-src" not in client.get("/tips/")["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert 'sandbox src="' in page.content.decode()


# --- Looking after them -----------------------------------------------------------------------------
def titles(response: Any) -> list[str]:
    return [row.tip.text.title for row in response.context["page"]]


def test_the_list_says_what_is_to_be_done(sign_in: Any, cast: Any) -> None:
    today = local_day(cast.farid, timezone.now())
    make_tip("B Wieder ansehen", review_on=today, author=cast.farid)
    make_tip("A Später ansehen", review_on=today + timedelta(days=1))
    make_tip("C Abgelaufen", valid_until=today - timedelta(days=1), author=cast.bertha)
    make_tip("D Entwurf", is_active=False, review_on=today)
    make_tip("E Nur deutsch", languages=("de",))
    make_tip("F Kommt noch", valid_from=today + timedelta(days=1))
    client = sign_in(cast.farid)
    everything = client.get("/tips/authoring/?which=nonsense")
    assert titles(everything)[0] == "B Wieder ansehen"
    assert len(titles(everything)) == 6
    assert everything.context["due"] == 1
    wanted = {"own": "B", "review": "B", "untranslated": "E", "expired": "C", "retired": "D"}
    for which, first in wanted.items():
        assert [title[0] for title in titles(client.get(f"/tips/authoring/?which={which}"))] == [first], which
    html = everything.content.decode()
    for words in ("fällig am", "Abgelaufen am", "Nicht in Gebrauch", "nur auf Deutsch", "Bertha"):
        assert words in html


def test_retiring_is_undone_and_keeps_everything(sign_in: Any, cast: Any) -> None:
    client, tip = sign_in(cast.farid), make_tip()
    for _twice in range(2):
        client.post(f"/tips/{tip.pk}/retire/")
    assert sign_in(cast.emma).get(f"/tips/{tip.pk}/").status_code == 404
    page = client.get(f"/tips/{tip.pk}/preview/").content.decode()
    assert f'action="/tips/{tip.pk}/put-back/"' in page
    client.post(f"/tips/{tip.pk}/put-back/")
    assert sign_in(cast.emma).get(f"/tips/{tip.pk}/").status_code == 200
    assert tip.texts.count() == 2


def test_an_employee_neither_sees_nor_changes_how_tips_are_written(sign_in: Any, api: Any, cast: Any) -> None:
    tip = make_tip()
    client, program = sign_in(cast.emma), api(cast.emma)
    for path in ("authoring/", "new/", f"{tip.pk}/edit/", f"{tip.pk}/preview/", f"{tip.pk}/preview/mail/"):
        assert client.get(f"/tips/{path}").status_code == 403
    assert client.post("/tips/new/", WORDS).status_code == 403
    for verb in ("edit", "retire", "put-back"):
        assert client.post(f"/tips/{tip.pk}/{verb}/", WORDS).status_code == 403
    assert program.post("/api/v1/tips/", {"title_de": "Meiner"}).status_code == 403
    assert program.patch(f"/api/v1/tips/{tip.pk}/", {"is_active": False}).status_code == 403
    assert "/tips/authoring/" not in client.get("/tips/").content.decode()
    assert "/edit/" not in client.get(f"/tips/{tip.pk}/").content.decode()
    assert Tip.objects.get().is_active


def test_a_longer_list_asks_no_more_of_the_database(sign_in: Any, cast: Any) -> None:
    client, counts = sign_in(cast.farid), set()
    for number in (2, 30):
        while Tip.objects.count() < number:
            make_tip(author=cast.bertha)
        with CaptureQueriesContext(connection) as queries:
            client.get("/tips/authoring/")
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_tip_without_any_words_is_in_no_list_and_has_no_page(sign_in: Any, cast: Any) -> None:
    client, tip = sign_in(cast.farid), make_tip(languages=())
    assert titles(client.get("/tips/authoring/")) == []
    for path in ("edit", "preview"):
        assert client.get(f"/tips/{tip.pk}/{path}/").status_code == 404


def test_there_is_an_end_to_them(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_tip()
    monkeypatch.setattr(authoring, "MOST_TIPS", 1)
    with pytest.raises(Refusal, match="too_many_tips"):
        authoring.write(tip=Tip(tool="chat"), words={}, by=cast.farid)
    assert len(rows_for(cast.farid, timezone.localdate())) == 1


# --- For programs -----------------------------------------------------------------------------------
def test_a_program_writes_and_changes_a_tip(api: Any, cast: Any) -> None:
    program, tool = api(cast.farid), make_tool()
    body = {
        "title_de": "Erst fragen", "body_de": "Keine Namen.", "steps_de": ["Eins.", "Zwei."], "area": "crm",
        "tool": "chat", "minutes": 1, "moments": ["reading"], "system": tool.slug,
        "pages": ["https://crm.firma.example/*"], "valid_until": "2030-01-31",
    }  # fmt: skip
    made = program.post("/api/v1/tips/", body)
    assert made.status_code == 201, made.content
    kept = made.json()
    assert {name: kept[name] for name in body} == body
    assert (kept["is_active"], kept["title_en"], kept["steps_en"]) == (True, "", [])

    path = f"/api/v1/tips/{kept['id']}/"
    changed = program.patch(
        path, {"title_en": "Ask first", "body_en": "No names.", "is_active": False}
    ).json()
    assert {name: changed[name] for name in body} == body
    assert changed["title_en"] == "Ask first"
    assert program.get(path).status_code == 404
    assert (
        program.patch(path, {"is_active": True, "valid_until": None, "system": None}).json()["system"] is None
    )
    tip = Tip.objects.get()
    assert (tip.valid_until, tip.system, tip.author) == (None, None, cast.farid)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title_de": "Nur ein Titel"},
        {"title_de": "T", "body_de": "B", "link": "javascript:alert(1)"},
        {"title_de": "T", "body_de": "B", "pages": ["https://*/"]},
        {"title_de": "T", "body_de": "B", "pages": "https://a.example/"},
        {"title_de": "T", "body_de": "B", "pages": [["https://a.example/"]]},
        {"title_de": "T", "body_de": "B", "system": "nosuch"},
        {"title_de": "T", "body_de": "B", "roles": ["boss"]},
        {"title_de": "T\u0000", "body_de": "B"},
        {"title_de": "T" * 200, "body_de": "B"},
        [],
        "x",
    ],
)
def test_a_program_is_refused_in_a_sentence(body: Any, api: Any, cast: Any) -> None:
    refused = api(cast.farid).post(
        "/api/v1/tips/", {"tool": "chat", **body} if isinstance(body, dict) else body
    )
    assert refused.status_code == 400
    assert refused.json()["errors"]
    assert not Tip.objects.exists()


def test_tips_that_came_with_the_hub_are_linked_to_the_companys_tools_at_once(
    sign_in: Any, cast: Any
) -> None:
    load_starter_tips()
    author, desk, link = sign_in(cast.farid), "/tips/authoring/", "/tips/authoring/tools/"
    assert link not in author.get(desk).content.decode(), "the register is empty"
    chat = make_tool(slug="firmenchat", name_de="Hausgespräch", name_en="House chat")
    hidden = make_tool(slug="gesperrt", is_allowed=False)
    chats = Tip.objects.filter(tool="chat")
    written, changed = chats[0], chats[1]
    Tip.objects.filter(pk=written.pk).update(author=cast.farid)
    Tip.objects.filter(pk=changed.pk).update(changed_at=timezone.now())
    page = author.get(desk).content.decode()
    assert link in page
    assert f"KI-Assistent ({chats.count() - 2})" in page
    assert ">Hausgespräch</option>" in page, "in the reader's language"
    assert ">firmenchat<" not in page, "called by its name"
    for wrong in (hidden.pk, 99999, "x"):
        assert author.post(link, {"chat": wrong}).status_code == 422
    assert not Tip.objects.exclude(system=None).exists()
    answer = author.post(link, {"chat": chat.pk, "meetings": "", "mail": ""}, follow=True).content.decode()
    assert f"{chats.count() - 2} Tipps führen jetzt zu einem Werkzeug" in answer
    assert set(Tip.objects.exclude(system=None).values_list("tool", "system")) == {("chat", chat.pk)}
    for kept in (written, changed):
        kept.refresh_from_db()
        assert kept.system is None
    assert not Tip.objects.filter(system=chat).exclude(changed_at=None).exists(), "still as they came"
    load_starter_tips()
    assert Tip.objects.filter(system=chat).count() == chats.count() - 2, "starting again keeps it"
    assert sign_in(cast.emma).post(link, {"chat": chat.pk}).status_code == 403
