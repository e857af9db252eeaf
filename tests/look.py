"""Screenshots of every page: both languages, light and dark, phone, desk and big screen.

`python -m tests.look [folder] [--only PART]` loads the demo company into a folder of its own, walks the
routes of the site by itself, and shows each page as the first of the cast who may open it. A page that is
added later joins without anybody remembering; a route with a new kind of id needs one line in `ids_of`.
"""

import argparse
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tests.environment  # noqa: F401  (before Django reads its settings)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from challenges.contests.models import Challenge, Claim
from challenges.contests.own_claims import own_claims
from challenges.pilots.models import Pilot
from challenges.processes.comparisons import begin
from challenges.processes.models import Comparison, Process
from challenges.sealed import breaking
from challenges.sealed.show import rehearse
from challenges.usecases.models import UseCase
from hub.ai.models import ToolRequest
from hub.demo.company import key as demo_key
from hub.drops.models import Drop
from hub.nudges.models import Tip
from hub.people.demo import DEMO_DOMAIN
from hub.people.models import User
from hub.stories.models import Story
from hub.trials.actions import plan
from learning.hours.models import Series, StudySession
from learning.notebooks import asking
from learning.notebooks.models import Notebook, Source
from tests.factories import make_measurement
from tests.required import chromium
from tests.serving import LiveSite
from tests.studied import Studied, study

SIZES = {"phone": (390, 844), "desk": (1280, 800), "big": (1920, 1080)}
LEARNER = "emma.lindner"
CAST = (
    "emma.lindner", "farid.nassar", "ada.miller", "hanna.weiss", "walter.kern", "bertha.ringer", "ruth.vogel",
    "viktor.haller"
)  # fmt: skip
# Pages that say more to somebody else than the first who may open them.
BEST_SEEN_BY = {
    "challenges-one": "bertha.ringer",
    "today": "bertha.ringer",
    "may-i-requests-one": "ada.miller",
    "may-i-requests": "ada.miller",
    "challenges-enter": "emma.lindner",
    "processes-my-work": "emma.lindner",
    "use-cases-one": "farid.nassar",
}
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--no-first-run", "--disable-dev-shm-usage",
)  # fmt: skip
QUESTIONS = {
    "de": ("Welche Daten dürfen in jedes Werkzeug?", "Wann fährt der nächste Zug nach Köln?"),
    "en": ("Which data may go into any tool?", "When does the next train to Cologne leave?"),
}

SEARCHES = {
    "found": "q=Protokoll",
    "all": "q=Protokoll&kind=passages",
    "missed": "q=Quastenflosser",
    "refused": "q=" + "Protokoll" * 23,
}


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    person: User | None


def routes(patterns: list | None = None, prefix: str = "/") -> Iterator[tuple[str, str]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, path)
        elif isinstance(entry, URLPattern) and not re.search(r"/api/v1/.|/healthz|/readyz", path):
            yield entry.name, path


def compared_by(name: str) -> Comparison:
    """Two starter processes, as if one were the other's future."""
    user = User.objects.get(email=f"{name}@{DEMO_DOMAIN}")
    before, after = Process.objects.visible_to(user).filter(has_drawing=True).order_by("title")[:2]
    return begin(user=user, before=before, after=after)


def _claim_of(challenge: Challenge) -> Claim:
    return own_claims(challenge.entries.get(contestant__first_name="Bertha")).first()


def _pilot_ids() -> dict[str, Any]:
    """The one that is overdue; those in other states are pages of their own."""
    overdue = Pilot.objects.get(pk=demo_key("pilot:overdue"))
    scaled = Pilot.objects.get(pk=demo_key("pilot:scaled"))
    return {
        "pilot_id": overdue.pk,
        "criterion_id": overdue.criteria.first().pk,
        "rollout_id": scaled.rollout.first().pk,
    }


def ids_of(notebook: Notebook, studied: Studied) -> dict[str, Any]:
    running = Challenge.objects.get(status=Challenge.Status.OPEN, closes_at__gt=timezone.now())
    revealed = Challenge.objects.get(status=Challenge.Status.REVEALED)
    emma = _person(LEARNER)
    return {
        "team_id": emma.team_id,
        "measurement_id": make_measurement(_person("farid.nassar").team).pk,
        "challenge_id": running.pk,
        "entry_id": revealed.entries.get(contestant__first_name="Carl").pk,
        "claim_id": _claim_of(running).pk,
        "show_id": rehearse(challenge=running, by=running.organiser).pk,
        **dict.fromkeys(("file_id", "partaking_id", "published_id"), running.pk),
        "process_id": Process.objects.filter(has_drawing=True).first().pk,
        "lane_id": 0,
        "tip_id": Tip.objects.active().first().pk,
        "drop_id": Drop.objects.published().latest("starts_on").pk,
        "trial_id": plan(tip=Tip.objects.active().first(), design="waiting_list", weeks=4).pk,
        "channel": "mail",
        "story_id": Story.objects.published().first().pk,
        "use_case_id": UseCase.objects.get(author__first_name="Emma", answer="").pk,
        "comment_id": running.pk,
        **_pilot_ids(),
        "name": "attendance",
        "tool": "company-chat",
        "tool_request_id": ToolRequest.objects.open().first().pk,
        "number": 1,
        "session_id": StudySession.objects.filter(title__contains="·").latest("starts_at").pk,
        "series_id": Series.objects.first().pk,
        "comparison_id": compared_by("farid.nassar").pk,
        "notebook_id": notebook.pk,
        "source_id": notebook.sources.present().filter(state=Source.State.READY).first().pk,
        **studied.ids,
    }


def pages(notebook: Notebook, studied: Studied) -> list[Page]:
    """Every route that answers a GET with a whole page, as the first of the cast whom it lets in."""
    revealed = Challenge.objects.get(status=Challenge.Status.REVEALED)
    running = Challenge.objects.get(status=Challenge.Status.OPEN, closes_at__gt=timezone.now())
    found = [Page("sign-in", "/sign-in/", None), Page("not-found", "/nothing-here/", _person(CAST[0]))]
    found.append(Page("challenges-revealed", f"/challenges/{revealed.pk}/", _person("bertha.ringer")))
    closed = Challenge.objects.get(status=Challenge.Status.OPEN, closes_at__lt=timezone.now())
    for name, who, path in (
        ("second-look", "selma.arndt", "review/"),
        ("after-close", "carl.brandt", ""),
    ):
        found.append(Page(f"challenges-{name}", f"/challenges/{closed.pk}/{path}", _person(who)))
    ask_to_break(running)
    for name, who in (("breaking", "walter.kern"), ("broken-asked", "ada.miller")):
        found.append(Page(f"challenges-{name}", f"/challenges/{running.pk}/seal/", _person(who)))
    for state in ("running", "scaled", "stopped", "draft"):
        found.append(Page(f"pilots-{state}", f"/pilots/{demo_key(f'pilot:{state}')}/", _person(LEARNER)))
    for name, query in SEARCHES.items():
        found.append(Page(f"search-{name}", f"/search/?{query}", _person(CAST[0])))
    for name, path in studied.paths.items():
        owned = name.startswith(("review-", "aid-waiting", "aid-faq"))
        found.append(Page(f"study-{name}", path, notebook.owner if owned else _person(LEARNER)))
    ids = ids_of(notebook, studied)
    for _name, pattern in routes():
        path = re.sub(r"<\w+:(\w+)>", lambda match: str(ids.get(match[1], match[0])), pattern)
        if "<" in path:
            continue
        name = re.sub(r"<\w+:\w+>/?", "", pattern).strip("/").replace("/", "-") or "today"
        name += "-one" if pattern.rstrip("/").endswith(">") else ""
        for mail in (BEST_SEEN_BY[name],) if name in BEST_SEEN_BY else CAST:
            client = Client()
            client.force_login(_person(mail))
            response = client.get(path, SERVER_NAME="127.0.0.1")
            is_page = response.status_code == 200 and b"<html" in getattr(response, "content", b"")
            if is_page and response["Content-Type"].startswith("text/html"):
                found.append(Page(name, path, _person(mail)))
                break
    return found


def ask_to_break(challenge: Challenge) -> None:
    """A referee asks, and waits for a second person."""
    breaking.ask(
        challenge=challenge, by=_person("ruth.vogel"), reason="Zwei Meldungen nennen denselben Beleg."
    )


def _person(mail: str) -> User:
    return User.objects.get(email=f"{mail}@{DEMO_DOMAIN}")


def prepare() -> tuple[Notebook, Studied]:
    """The demo company, with a conversation that shows an answer and a refusal, a failed source, and all study aids."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", "--today", "--json", stdout=open(os.devnull, "w"))  # noqa: SIM115
    session = StudySession.objects.filter(title__contains="·").latest("starts_at")
    notebook = Notebook.objects.get(title__contains="What data")
    farid = _person("farid.nassar")
    session.notebook = notebook
    session.save()
    Source.objects.create(
        notebook=notebook, title="Betriebsvereinbarung (Scan)", file_name="scan.pdf", added_by=farid,
        content_sha256="0" * 64, state=Source.State.FAILED, error_code="no_text", is_done=True,
    )  # fmt: skip
    for mail in CAST:
        person = _person(mail)
        for question in QUESTIONS[person.language]:
            asking.ask(notebook=notebook, user=person, question=question, language=person.language)
    studied = study(notebook, _person(LEARNER), language="de", question=QUESTIONS["de"][0])
    return notebook, studied


def sign_in(context: BrowserContext, url: str, person: User | None, language: str) -> None:
    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}]
    if person:
        User.objects.filter(pk=person.pk).update(language=language)
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": url})
    context.add_cookies(cookies)


def shoot(
    browser: Browser, url: str, page: Page, folder: Path, language: str, scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=f"{language}-{language.upper()}",
        has_touch=size == "phone", reduced_motion="reduce",
    )  # fmt: skip
    sign_in(context, url, page.person, language)
    tab = context.new_page()
    tab.goto(url + page.path)
    tab.wait_for_load_state("networkidle")
    if size == "phone":
        # Bars that stay at the edge of the screen would otherwise stand in the middle of a long picture.
        whole = tab.evaluate("document.documentElement.scrollHeight")
        tab.set_viewport_size({"width": width, "height": max(whole, height)})
    tab.screenshot(path=folder / f"{page.name}.{language}.{scheme}.{size}.png", full_page=size != "big")
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("look"))
    parser.add_argument("--only", default="", help="part of a file name, such as today.de.dark.phone")
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    if not chromium():
        raise SystemExit("No Chromium found: install it, or set CHROMIUM_PATH.")
    notebook, studied = prepare()

    from hub.asgi import application

    count = 0
    with LiveSite(application) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_FLAGS))
        for page in pages(notebook, studied):
            for language in ("de", "en"):
                for scheme in ("light", "dark"):
                    for size in SIZES:
                        if re.search(arguments.only, f"{page.name}.{language}.{scheme}.{size}"):
                            shoot(browser, site.url, page, arguments.folder, language, scheme, size)
                            count += 1
        browser.close()
    print(f"{count} screenshots in {arguments.folder}/")


if __name__ == "__main__":
    main()
