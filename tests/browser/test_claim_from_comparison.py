"""From before and after to a claim that says so, and to the referee who sees both drawings."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from challenges.contests.own_claims import own_claims
from challenges.processes.list_actions import write_list
from challenges.processes.models import Process
from challenges.processes.steps_csv import StepLine
from hub.people.models import Site, User
from tests.browser.conftest import axe_violations
from tests.factories import a_tool, make_challenge, make_entry

NAMES = (
    "Bestellung annehmen",
    "Adresse abtippen",
    "Preise nachschlagen",
    "Rechnung schreiben",
    "Kopie ablegen",
)


def drawn(owner: User, title: str, names: tuple[str, ...]) -> Process:
    lines = [StepLine("Vertrieb" if n < 3 else "Buchhaltung", name) for n, name in enumerate(names)]
    return write_list(user=owner, title=title, language="de", audience="company", lines=lines)[0]


def test_harmonising_a_variant_away(
    site: Any,
    cast: SimpleNamespace,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, User], None],
) -> None:
    a_tool()
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    leeds = drawn(cast.carl, "Auftrag Leeds", (*NAMES[:1], *NAMES[2:4], "Stichprobe prüfen"))
    entry = make_entry(bet, cast.bertha, drawn(cast.bertha, "Auftrag München", NAMES))
    munich = entry.process
    munich.site, leeds.site = (Site.objects.create(name=name) for name in ("München", "Leeds"))
    leeds.variant_of = munich
    munich.save()
    leeds.save()

    owner = open_page(viewport={"width": 1280, "height": 900})
    sign_in(owner, cast.bertha)
    owner.goto(f"/processes/{munich.pk}/")
    assert axe_violations(owner) == []
    owner.locator(".process-variants").get_by_role("button", name="Vergleichen").click()
    expect(owner.get_by_role("heading", name="Auftrag Leeds")).to_be_visible()
    owner.locator(".prepare-go button").click()
    expect(owner.get_by_text("Bestätigt. Es gilt, was du angegeben hast")).to_be_visible()

    page = open_page(viewport={"width": 1280, "height": 900})
    sign_in(page, cast.bertha)
    page.goto(f"/challenges/{bet.pk}/claim/")
    assert axe_violations(page) == []
    page.get_by_role("link", name="mit dieser Variante vereinheitlicht").click()
    expect(page.get_by_role("checkbox", name="Adresse abtippen")).to_be_checked()
    expect(page.get_by_role("radio", name=re.compile("vereinheitlicht"))).to_be_checked()
    expect(page.get_by_label("Vorher und nachher")).to_have_value(re.compile(r"[0-9a-f-]{36}"))
    expect(page.get_by_label("Neue Schritte")).to_have_value("1")
    page.select_option("#id_system", index=1)
    page.get_by_label("Wie hat KI").fill("Wir arbeiten wie Leeds, dort liest der Assistent die Bestellung.")
    page.get_by_label("Nachweis", exact=True).fill("Seit zwei Wochen, 60 Aufträge.")
    page.get_by_role("button", name="Schritt melden").click()
    expect(page.get_by_text("vereinheitlicht").first).to_be_visible()
    assert own_claims(entry).get().compared["net"] == 1

    ruth = open_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    sign_in(ruth, cast.ruth)
    ruth.goto(f"/challenges/{bet.pk}/review/")
    ruth.get_by_role("link", name="Auftrag Leeds (Leeds)", exact=True).click()
    expect(ruth.locator(".drawing .djs-element.is-eliminated")).to_have_count(2)
    expect(ruth.locator(".drawing .djs-element.is-added")).to_have_count(1)
    expect(ruth.get_by_text("hier gemeldet")).to_have_count(2)
    assert ruth.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(ruth) == []
