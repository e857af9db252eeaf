"""May I? One question answered, a tool asked for on a phone, joined by a colleague and answered, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_tool

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
WORDS = {
    "de": {
        "answer": "Nein: interne Daten dürfen nicht in Malstube, höchstens öffentliche Daten. Frag: Bertha Ringer.",
        "show": "Antwort", "ask": "Nach einem Werkzeug fragen", "send": "Fragen", "there": "Malstube",
        "anyway": "Trotzdem abschicken", "me_too": "Ich auch", "joined": "Du fragst mit.",
        "yes": "Ja, es kommt in die Liste", "reply": "Antwort", "name": "Name auf Deutsch", "save": "Speichern",
        "granted": "„Bildmaler“ ist freigegeben.",
    },
    "en": {
        "answer": "No: internal data may not go into Malstube, at most public data. Ask: Bertha Ringer.",
        "show": "Answer", "ask": "Ask for a tool", "send": "Ask", "there": "Malstube",
        "anyway": "Send it all the same", "me_too": "Me too", "joined": "You ask for it too.",
        "yes": "Yes, it comes into the list", "reply": "Answer", "name": "Name in German", "save": "Save",
        "granted": "“Bildmaler” was granted.",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "scheme", "width"), [("de", "light", 320), ("en", "dark", 1280)])
def test_a_tool_is_asked_for_joined_and_granted(
    language: str, scheme: str, width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    words = WORDS[language]
    make_tool("Malstube", data_class="public", purpose_de="Messebilder und Folien malen", owner=cast.bertha)
    view = {"color_scheme": scheme, "viewport": {"width": width, "height": 700}}
    emma, farid, ada = (open_page(**view) for _each in range(3))
    for page, person in ((emma, cast.emma), (farid, cast.farid), (ada, cast.ada)):
        sign_in(page, person)

    def check(page: Page) -> None:
        assert axe_violations(page) == []
        assert page.evaluate(OVERFLOW) <= 0

    emma.goto("/may-i/")
    check(emma)
    emma.locator("[name=tool]").select_option(label="Malstube")
    emma.locator("[name=data]").select_option("internal")
    emma.get_by_role("button", name=words["show"]).click()
    expect(emma.locator("#answer")).to_contain_text(words["answer"])
    check(emma)

    emma.locator(".page-head").get_by_role("link", name=words["ask"]).click()
    check(emma)
    emma.locator("[name=tool]").fill("Bildmaler")
    emma.locator("[name=purpose]").fill("Messebilder malen, ohne für jedes eine Agentur zu fragen")
    emma.get_by_role("button", name=words["send"], exact=True).click()
    expect(emma.locator("[data-errors]")).to_contain_text(words["there"])
    check(emma)
    emma.get_by_role("button", name=words["anyway"]).click()
    expect(emma.locator("h1")).to_have_text("Bildmaler")
    check(emma)

    farid.goto("/may-i/requests/")
    check(farid)
    farid.get_by_role("link", name="Bildmaler").click()
    expect(farid.locator("#main")).not_to_contain_text("Emma")
    farid.get_by_role("button", name=words["me_too"]).click()
    expect(farid.locator("#main")).to_contain_text(words["joined"])
    check(farid)

    ada.goto(farid.url)
    expect(ada.locator("#main")).to_contain_text("Emma Lindner, Farid Nassar")
    check(ada)
    ada.get_by_label(words["yes"]).check()
    ada.locator("[name=text]").fill("Nur für öffentliche Bilder.")
    ada.locator("form").get_by_role("button", name=words["reply"], exact=True).click()
    expect(ada.get_by_label(words["name"])).to_have_value("Bildmaler")
    check(ada)
    ada.get_by_role("button", name=words["save"]).click()
    expect(ada.locator("#tool-bildmaler")).to_be_visible()

    farid.goto("/inbox/")
    expect(farid.locator("#main")).to_contain_text(words["granted"])
