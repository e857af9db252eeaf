"""A whole hour in browsers: prepared in a few steps, then lived through by a facilitator, a leader and three others."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from hub.people.models import User
from learning.hours import preparing, room_actions
from learning.hours.inviting import set_wanted
from learning.hours.models import Attendance, Invitation, StudySession
from learning.notebooks.aid_actions import release
from learning.notebooks.models import Notebook
from learning.notebooks.starter import starter_id
from tests.browser.conftest import axe_violations
from tests.browser.test_every_page import OVERFLOW
from tests.factories import make_session, make_source, make_tool, make_user
from tests.learning.notebooks.study import hand_made
from tests.lived import AGENDA, Lived, lived_hour, question

PHONE, DESK, WALL = ({"width": w, "height": h} for w, h in ((375, 760), (1280, 900), (1920, 1080)))
MOST_INTERACTIONS = 12


def is_fine(page: Page) -> None:
    assert axe_violations(page) == []
    assert page.evaluate(OVERFLOW) <= 0


class Counted:
    """A page on which each press, choice and filled field counts as one interaction."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=False).first.click()
        self.count += 1

    def choose(self, label: str) -> None:
        self.page.get_by_role("radio", name=label).check()
        self.count += 1


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_a_friday_is_prepared_in_at_most_twelve_interactions(
    width: dict[str, int], scheme: str, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), title="Freitag")
    set_wanted(user=cast.emma, wants_mail=True)
    Invitation.objects.update(is_done=True, outcome="sent")
    notebook = Notebook.objects.create(
        id=starter_id("meetings"), title="Besprechungen", owner=cast.farid, audience="company", language="de"
    )
    make_source(notebook)
    quiz = release(aid=hand_made(notebook, "quiz", [question(1)]), by=cast.farid)
    tool = make_tool("Hauschat", link="https://chat.example/", data_class="confidential")
    page = open_page(viewport=width, color_scheme=scheme)
    sign_in(page, cast.farid)
    page.goto("/hours/")
    counted = Counted(page)
    counted.press("Eine Stunde vorbereiten", "link")
    is_fine(page)
    counted.choose("Untertitel live, Protokoll am selben Tag")
    counted.press("Ausfüllen")
    expect(page.get_by_label("Thema")).not_to_have_value("Freitag")
    expect(page.locator("select[name=notebook]")).to_have_value(str(notebook.pk))
    expect(page.locator("select[name=quiz]")).to_have_value(str(quiz.pk))
    is_fine(page)
    counted.press("Veröffentlichen und einladen")
    expect(page.get_by_role("heading", name="Programm")).to_be_visible()
    assert counted.count <= MOST_INTERACTIONS
    hour.refresh_from_db()
    assert hour.is_published
    assert hour.agenda.count() >= 3
    assert hour.lab.count() >= 2
    assert (hour.notebook, hour.quiz) == (notebook, quiz)
    assert Invitation.objects.filter(session=hour, user=cast.emma, is_done=False).exists()
    # Each task of the room can be opened where the register allows it.
    assert set(hour.lab.values_list("tool", flat=True)) == {tool.pk}
    hour.local_date, hour.local_time = local_now(hour)
    hour.save()
    page.goto(f"/hours/{hour.pk}/room/")
    for task in page.locator("[data-task]").all():
        expect(task.get_by_role("link", name="Hauschat öffnen")).to_have_attribute("href", tool.link)


def local_now(hour: StudySession) -> tuple[date, time]:
    now = timezone.localtime(timezone.now(), ZoneInfo(hour.time_zone))
    return now.date(), now.time()


def test_last_week_is_copied_and_handed_over_in_at_most_twelve_interactions(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    fritz = make_user("Fritz", roles=("facilitator",))
    last = lived_hour(cast.farid, starts_at=timezone.now() - timedelta(days=7), title="Letzte Woche")
    assert last.task
    preparing.replace_agenda(last.session, AGENDA)
    last.session.series = last.series
    last.session.save()
    hour = make_session(
        cast.farid, starts_at=timezone.now() + timedelta(days=3), title="Freitag", series=last.session.series
    )
    page = open_page()
    sign_in(page, cast.farid)
    page.goto("/hours/")
    counted = Counted(page)
    counted.press("Eine Stunde vorbereiten", "link")
    counted.choose("Letzte Woche")
    counted.press("Ausfüllen")
    page.get_by_label("Vertretung").select_option(value=str(fritz.pk))
    counted.count += 1
    counted.press("Veröffentlichen und einladen")
    expect(page.get_by_role("heading", name="Programm")).to_be_visible()
    assert counted.count <= MOST_INTERACTIONS
    hour.refresh_from_db()
    assert (hour.title, hour.deputy, hour.is_published) == ("Letzte Woche", fritz, True)
    assert hour.lab.count() == last.session.lab.count()


def test_a_leader_announces_herself_and_others_read_it(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=3), title="Freitag")
    leader = open_page(viewport=PHONE)
    sign_in(leader, cast.bertha)
    leader.goto(f"/hours/{hour.pk}/")
    leader.get_by_label("Wo wirst du sein?").fill("Werk 2")
    leader.get_by_label("Was willst du ausprobieren?").fill("Ein Protokoll")
    leader.get_by_label("Allen Eingeladenen zeigen").check()
    leader.get_by_role("button", name="Ich bin dabei").click()
    reader = open_page()
    sign_in(reader, cast.emma)
    reader.goto(f"/hours/{hour.pk}/")
    expect(reader.locator(".facts")).to_contain_text("Bertha Ringer")
    assert "Werk 2" not in reader.content()


@pytest.fixture
def lived(site: Any, cast: Any) -> Lived:
    cast.bertha.last_name = "<b>Ringer</b>"
    cast.bertha.save()
    lived = lived_hour(cast.farid, title="Bessere Fragen")
    return lived.fill()


@pytest.fixture
def people(open_page: Callable[..., Page], sign_in: Callable, cast: Any) -> SimpleNamespace:
    def one(person: User, viewport: dict[str, int], **options: Any) -> Page:
        page = open_page(viewport=viewport, **options)
        sign_in(page, person)
        return page

    return SimpleNamespace(
        screen=one(cast.farid, WALL),
        farid=one(cast.farid, DESK),
        bertha=one(cast.bertha, PHONE, color_scheme="dark"),
        emma=one(cast.emma, DESK, color_scheme="dark"),
        otto=one(cast.otto, PHONE),
        ada=one(cast.ada, DESK),
    )


def code_on(screen: Page) -> str:
    return "".join(screen.locator(".wall-code").inner_text().split())


def check_in(page: Page, session: StudySession, screen: Page, *, remote: bool = False) -> None:
    """As from the picture on the screen: the code is filled in; a slow machine takes the next one."""
    for _try in range(4):
        page.goto(f"/hours/{session.pk}/check-in/?code={code_on(screen)}")
        if remote:
            page.locator("input[name=is_remote]").check()
        page.locator("main form[action$='/check-in/'] button").click()
        page.wait_for_load_state()
        if page.url.endswith("/room/"):
            return
    raise AssertionError("no code was fresh enough")


def test_an_hour_is_lived_through_on_phone_desk_and_wall(people: Any, cast: Any, lived: Lived) -> None:
    session, screen, farid = lived.session, people.screen, people.farid
    # Before it the leader lets herself be announced.
    people.bertha.goto(f"/hours/{session.pk}/")
    screen.goto(f"/hours/{session.pk}/screen/")
    expect(screen.locator(".wall-code")).to_be_visible()
    is_fine(screen)
    session.rsvps.create(user=cast.bertha, reply="yes", is_announced=True)
    for page, remote in (
        (people.bertha, False),
        (people.emma, False),
        (people.otto, False),
        (people.ada, True),
    ):
        check_in(page, session, screen, remote=remote)
    assert Attendance.objects.filter(session=session).count() == 4
    assert Attendance.objects.get(user=cast.ada).is_remote
    farid.goto(f"/hours/{session.pk}/room/")
    for page in (farid, screen):
        expect(page.locator("[data-live=presence]")).to_contain_text("Bertha <b>Ringer</b>")
        expect(page.locator("[data-live=presence]")).to_contain_text("4")
    # A step that the facilitator starts shows on the wall and on the phones without a reload.
    farid.locator("#id_step").select_option(label="Runde")
    farid.get_by_role("button", name="Diesen Punkt beginnen").click()
    expect(screen.locator(".screen-step")).to_have_text("Runde")
    expect(people.otto.locator("[aria-current=step]")).to_contain_text("Runde")
    # The lab: done at a time, counted for all, taken back.
    task = people.emma.locator("[data-own=task]")
    task.get_by_role("button", name="Erledigt").click()
    expect(task.get_by_text("erledigt um")).to_be_visible()
    expect(people.otto.locator("[data-live=lab]")).to_contain_text("1 Person ist fertig")
    task.get_by_role("button", name="Zurücknehmen").click()
    expect(task.get_by_role("button", name="Erledigt")).to_be_focused()
    expect(people.otto.locator("[data-live=lab]")).to_contain_text("noch niemand")
    _questions(people)
    _quiz(people, farid, screen)
    for page in (farid, people.otto, people.emma, screen):
        is_fine(page)
    farid.goto(f"/hours/{session.pk}/room/people/")
    expect(farid.get_by_text("Otto Fremd")).to_be_visible()
    is_fine(farid)


def _questions(people: Any) -> None:
    people.otto.get_by_label("Deine Frage an den Raum").fill("<img src=x> Darf das hinein?")
    people.otto.get_by_role("button", name="Fragen", exact=True).click()
    row = people.emma.locator("[data-live=questions] li", has_text="Darf das hinein?")
    row.get_by_role("button").click()
    expect(row.get_by_role("button")).to_have_attribute("aria-pressed", "true")
    expect(people.screen.locator(".screen-questions li").first).to_contain_text(
        "<img src=x> Darf das hinein?"
    )
    expect(people.screen.locator(".screen-questions li").first).to_contain_text("2")


def _choose(option: Locator) -> None:
    """Once more where news came between aiming and pressing, as a person would."""
    for _try in range(3):
        option.click()
        with suppress(AssertionError):
            expect(option).to_be_disabled(timeout=7_000)
            return
    expect(option).to_be_disabled()


def _quiz(people: Any, farid: Page, screen: Page) -> None:
    farid.locator("#id_step").select_option(label="Quiz")
    farid.get_by_role("button", name="Diesen Punkt beginnen").click()
    expect(screen.locator(".live-spread")).to_be_visible()
    for page in (people.bertha, people.emma, people.otto, people.ada, farid):
        _choose(page.locator(".live-option").first)
    farid.get_by_role("button", name="Schließen und auflösen").click()
    for page in (screen, people.otto):
        expect(page.locator(".live-spread .is-right .number")).to_have_text("5")
    expect(people.otto.locator(".live-spread .is-mine")).to_have_count(1)
    expect(people.otto.locator(".live-spread .is-mine")).to_contain_text("deine Antwort")


def test_a_broken_line_is_taken_up_again_and_without_streams_the_page_asks(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, lived: Lived, settings: Any
) -> None:
    page = open_page()
    sign_in(page, cast.farid)
    page.goto(f"/hours/{lived.session.pk}/room/")
    expect(page.locator("#room")).to_have_attribute("data-phase", "during")
    page.context.set_offline(True)
    Attendance.objects.create(session=lived.session, user=cast.emma)
    page.context.set_offline(False)
    expect(page.locator("[data-live=presence] .number")).to_have_text("1")
    settings.LIVE_STREAMS = 0
    page.goto(f"/hours/{lived.session.pk}/room/")
    expect(page.locator("[data-line]")).to_be_visible()
    Attendance.objects.create(session=lived.session, user=cast.otto)
    expect(page.locator("[data-live=presence] .number")).to_have_text("2")


def test_without_scripts_the_room_is_usable(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, lived: Lived
) -> None:
    page = open_page(java_script_enabled=False)
    Attendance.objects.create(session=lived.session, user=cast.emma)
    sign_in(page, cast.emma)
    page.goto(f"/hours/{lived.session.pk}/room/")
    page.get_by_role("button", name="Erledigt").click()
    expect(page.locator("[data-live=lab]")).to_contain_text("1 Person ist fertig")
    expect(page.get_by_text("erledigt um")).to_be_visible()
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator("[data-live=lab]")).to_contain_text("noch niemand")
    page.locator(".live-option").nth(1).click()
    expect(page.locator(".live-option").nth(1)).to_contain_text("deine Antwort")
    expect(page.locator(".live-option").nth(1)).to_be_disabled()
    vote = page.locator("[data-live=questions] .button-vote")
    for count in ("1", "0"):
        vote.click()
        expect(vote.locator(".number")).to_have_text(count)
    page.get_by_label("Deine Frage an den Raum").fill("Ohne Skripte?")
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator("[data-live=questions]")).to_contain_text("Ohne Skripte?")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080), (3840, 2160)])
def test_the_wall_shows_code_step_and_how_many_are_here_at_once(
    size: tuple[int, int], open_page: Callable[..., Page], sign_in: Callable, cast: Any, lived: Lived
) -> None:
    for number in range(4):
        words = "Darf ich das mit Kundendaten, und wenn ja, mit welchen und in welchem Werkzeug? " * 3
        lived.session.questions.create(author=cast.emma, text=f"{number} {words}")
    for person in (cast.emma, cast.bertha):
        Attendance.objects.create(session=lived.session, user=person)
    lived.session.rounds.update(closed_at=timezone.now())
    room_actions.go_to_step(session=lived.session, step=0)
    page = open_page(viewport={"width": size[0], "height": size[1]})
    sign_in(page, cast.farid)
    page.goto(f"/hours/{lived.session.pk}/screen/")
    expect(page.locator(".screen-questions li").first).to_be_visible()
    expect(page.locator(".screen-qr svg")).to_be_visible()
    edges = page.evaluate(
        """() => Object.fromEntries([".wall-code", ".screen-step", ".screen-count", ".screen-questions"].map((name) => {
          const box = (name === ".screen-questions"
            ? document.querySelector("[data-live=questions]") : document.querySelector(name)).getBoundingClientRect();
          return [name, [box.top, box.bottom]];
        }))"""
    )
    for name, (top, bottom) in edges.items():
        assert top >= 0, name
        assert bottom <= size[1], name
    assert edges[".screen-questions"][1] <= edges[".screen-count"][0] + 1, "nothing lies on anything"
    assert edges[".screen-questions"][1] - edges[".screen-questions"][0] > 20


def test_at_its_end_nobody_is_thrown_out_and_at_its_close_nothing_is_lost(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, lived: Lived
) -> None:
    session = lived.session
    Attendance.objects.create(session=session, user=cast.emma)
    page = open_page()
    sign_in(page, cast.emma)
    page.goto(f"/hours/{session.pk}/room/")
    expect(page.locator("#room")).to_have_attribute("data-phase", "during")
    page.locator("#pin-text").fill("Halb geschrie")
    ended = timezone.now() - timedelta(minutes=1)
    StudySession.objects.filter(pk=session.pk).update(ends_at=ended, starts_at=ended - timedelta(hours=1))
    expect(page.locator("#room")).to_have_attribute("data-phase", "after")
    Attendance.objects.create(session=session, user=cast.otto)
    expect(page.locator("[data-live=presence] .number")).to_have_text("2")
    assert page.url.endswith("/room/")
    closed = ended - timedelta(minutes=20)
    StudySession.objects.filter(pk=session.pk).update(ends_at=closed, starts_at=closed - timedelta(hours=1))
    page.wait_for_timeout(4000)
    assert page.url.endswith("/room/")
    expect(page.locator("#pin-text")).to_have_value("Halb geschrie")
    page.locator("#pin-text").fill("")
    page.wait_for_url(f"**/hours/{session.pk}/")


def test_a_wrong_clock_reloads_no_page_in_circles(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    hour = make_session(cast.farid, starts_at=timezone.now() + timedelta(hours=2))
    page = open_page()
    sign_in(page, cast.emma)
    page.add_init_script("const real = Date.now; Date.now = () => real() + 4 * 3600 * 1000;")
    loads: list[str] = []
    page.on("load", lambda _page: loads.append(page.url))
    page.goto(f"/hours/{hour.pk}/")
    page.wait_for_timeout(4000)
    assert len(loads) == 1
    expect(page.locator(".lead [data-time]")).to_contain_text("Stunde")


def test_a_stream_that_is_held_back_is_asked_for(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, lived: Lived
) -> None:
    page = open_page()
    sign_in(page, cast.farid)
    page.route("**/room/stream/", lambda _route: None)  # accepted, and then nothing
    page.goto(f"/hours/{lived.session.pk}/room/")
    Attendance.objects.create(session=lived.session, user=cast.otto)
    expect(page.locator("[data-line]")).to_be_visible(timeout=40_000)
    expect(page.locator("[data-live=presence] .number")).to_have_text("1")
