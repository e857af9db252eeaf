"""From a document to something learned, in a real browser: a guide, a quiz, cards, the map, listening, notes."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count, F
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from hub.people.models import RoleGrant, User
from learning.notebooks import aid_actions, making
from learning.notebooks.grading import is_right
from learning.notebooks.models import (
    AidItem,
    Attempt,
    CardReview,
    CardState,
    Notebook,
    ReviewRhythm,
    StudyAid,
)
from tests.browser.conftest import axe_violations
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import DATES, RULES, make_aid
from tests.studied import study

READING_MILLISECONDS = 30_000
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@dataclass(frozen=True)
class Way:
    language: str
    scheme: str
    viewport: dict[str, int]
    document: str


WAYS = [
    Way("de", "dark", DESK, "NADOO-Wiki__docs__01-organisation__04-urlaub__README.md"),
    Way("en", "light", PHONE, "docling__data__html__sources__wiki_duck.html"),
]


def check(page: Page) -> None:
    assert axe_violations(page) == [], page.url
    assert page.evaluate(OVERFLOW) <= 0, page.url


@pytest.fixture
def rules(cast: Any) -> Notebook:
    notebook = make_notebook(cast.farid, audience="company", title="Regeln")
    make_source(notebook, text=RULES + DATES, title="Urlaub und Reisen")
    return notebook


@pytest.fixture
def as_emma(
    open_page: Callable[..., Page], sign_in: Callable[[Page, User], None], cast: Any
) -> Callable[..., Page]:
    def begin(language: str = "de", **options: Any) -> Page:
        User.objects.update(language=language)
        page = open_page(**{"viewport": DESK, **options})
        sign_in(page, cast.emma)
        return page

    return begin


def released(notebook: Notebook, kind: str) -> StudyAid:
    return aid_actions.release(aid=make_aid(notebook, kind), by=notebook.owner)


def address(aid: StudyAid) -> str:
    return f"/notebooks/{aid.notebook_id}/aids/{aid.pk}/"


def bare(locator: Locator) -> str:
    return " ".join(locator.inner_text().split())


# --- A guide ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.language)
def test_a_document_becomes_a_guide_that_is_reviewed_and_read_by_others(
    way: Way,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, User], None],
    worker: None,
    cast: Any,
    data_folder: Path,
) -> None:
    User.objects.update(language=way.language)
    notebook = make_notebook(cast.emma, audience="company", language=way.language)
    options = {"color_scheme": way.scheme, "viewport": way.viewport, "locale": f"{way.language}-DE"}
    emma, otto = open_page(**options, has_touch=way.viewport is PHONE), open_page(**options)
    sign_in(emma, cast.emma)
    sign_in(otto, cast.otto)
    emma.goto(f"/notebooks/{notebook.pk}/")
    emma.set_input_files("input[type=file]", data_folder / "documents" / way.document)
    ready = emma.locator("#sources [data-state=ready]")
    ready.wait_for(timeout=READING_MILLISECONDS, state="attached")
    emma.reload()
    title = make_in_studio(emma, "guide")
    check(emma)

    title.click()
    emma.wait_for_url("**/aids/*/")
    guide = emma.url
    assert otto.goto(guide).status == 404
    check(emma)
    open_citation(emma, way)
    new = "Das steht hier zum Prüfen." if way.language == "de" else "This stands here to be checked."
    review(emma, guide, new)

    assert otto.goto(guide).status == 200
    expect(otto.locator(".aid-about")).to_contain_text(cast.emma.get_full_name())
    expect(otto.locator(".sections")).to_contain_text(new)
    expect(otto.locator("a[href$='?review']")).to_have_count(0)
    check(otto)


def make_in_studio(page: Page, kind: str) -> Locator:
    """Shows that it is being made, then its title, without a reload."""
    if (tab := page.locator("a[data-tab=studio]")).is_visible():
        tab.tap()
    studio = page.locator("#studio")
    studio.locator(f".studio-kind:has(input[value={kind}])").click()
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    studio.locator("#studio-form [type=submit]").click()
    aid = studio.locator(".aid")
    expect(aid).to_be_visible()
    expect(studio.locator("#studio-form")).to_be_hidden()
    expect(studio.locator(".aid[data-state=ready]")).to_have_count(1, timeout=READING_MILLISECONDS)
    expect(page.locator("html")).to_have_attribute("data-same", "yes")
    return studio.locator("a.aid-title")


def open_citation(page: Page, way: Way) -> None:
    cite = page.locator(".sections a.cite").first
    said = bare(page.locator(".sections .aid-item:has(a.cite) p").first).rpartition(" ")[0]
    cite.click()
    quote = page.locator("#quote")
    expect(quote).to_be_in_viewport()
    marked = " ".join(" ".join(page.locator("mark").all_inner_texts()).split())
    assert said.split()[0] in marked
    assert said.split()[-1] in marked
    if way.viewport is PHONE:
        page.go_back()
        return
    # Beside the text, over what stands there otherwise; closing it brings that back.
    expect(page.locator(".aid-about")).to_be_hidden()
    check(page)
    page.keyboard.press("Escape")
    expect(page.locator(".aid-about")).to_be_visible()
    expect(cite).to_be_focused()


def review(page: Page, guide: str, new: str) -> None:
    page.locator("a[href$='?review']").click()
    page.wait_for_url("**?review")
    check(page)
    page.locator(".aid-point .item-tools a").first.click()
    expect(page.locator("aside .quote")).to_be_visible()
    check(page)
    page.fill("textarea[name=body]", new)
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**?review#item-*")
    expect(page.locator(".aid-item:target")).to_contain_text(new)
    page.locator("form[action$='/release/'] button").click()
    page.wait_for_url(guide)
    expect(page.locator(".aid-about .state-done")).to_be_visible()


def test_a_page_that_waits_for_its_aid_becomes_the_aid(as_emma: Callable, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook, text=RULES)
    aid = aid_actions.request_aid(notebook=notebook, user=cast.emma, kind="briefing")
    page = as_emma()
    page.goto(address(aid))
    expect(page.locator("#waiting")).to_contain_text("Wartet")
    StudyAid.objects.filter(pk=aid.pk).update(state=StudyAid.State.MAKING, progress=40)
    expect(page.locator("#waiting")).to_contain_text("40 %")
    check(page)
    StudyAid.objects.filter(pk=aid.pk).update(state=StudyAid.State.QUEUED)
    making.make_aid(aid.pk)
    expect(page.locator(".sections .point").first).to_be_visible()


def test_two_who_change_one_item_see_both_texts(
    open_page: Callable[..., Page], sign_in: Callable[[Page, User], None], rules: Notebook, cast: Any
) -> None:
    guide = released(rules, "guide")
    item = guide.items.exclude(body="").first()
    RoleGrant.objects.create(user=cast.bertha, role="content_owner")
    pages = []
    for person in (cast.farid, cast.bertha):
        page = open_page(viewport=DESK)
        sign_in(page, person)
        page.goto(f"{address(guide)}items/{item.pk}/edit/")
        pages.append(page)
    farid, bertha = pages
    for page, text in ((farid, "So steht es bei Farid."), (bertha, "So steht es bei Bertha.")):
        page.fill("textarea[name=body]", text)
        page.locator("main form [type=submit]").click()
    expect(bertha.locator("[data-errors]")).to_be_focused()
    expect(bertha.locator("main")).to_contain_text("So steht es bei Farid.")
    expect(bertha.locator("textarea[name=body]")).to_have_value("So steht es bei Bertha.")
    check(bertha)
    assert AidItem.objects.get(pk=item.pk).body == "So steht es bei Farid."
    bertha.locator("main form [type=submit]").click()
    expect(bertha.locator(".aid-item:target")).to_contain_text("So steht es bei Bertha.")


# --- A quiz ----------------------------------------------------------------------------------------


def give(page: Page, *, is_meant_right: bool) -> AidItem:
    """Answers the question on the page, by keyboard alone."""
    item = AidItem.objects.get(pk=page.locator("[data-quiz] input[name=item]").input_value())
    radios = page.locator("[data-quiz] input[type=radio]")
    if not radios.count():
        page.keyboard.type(item.data["answer"] if is_meant_right else "etwas ganz anderes")
    else:
        values = [radio.input_value() for radio in radios.all()]
        n = next(
            n for n, value in enumerate(values) if is_right(item.kind, item.data, value) is is_meant_right
        )
        page.keyboard.press(str(n + 1))
        expect(radios.nth(n)).to_be_checked()
        expect(radios.nth(n)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempts/*/?item=*#answer")
    expect(page.locator("#answer")).to_be_focused()
    return item


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.language)
def test_a_quiz_is_taken_by_keyboard_alone(way: Way, as_emma: Callable, rules: Notebook) -> None:
    quiz = released(rules, "quiz")
    page = as_emma(way.language, color_scheme=way.scheme, viewport=way.viewport)
    page.goto(address(quiz))
    check(page)
    page.locator("form:not(:has([name=guided])) > button.button-main").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/attempts/*/")
    count = quiz.items.count()
    assert count > 3
    for number in range(count):
        if number == 0:
            check(page)
        item = give(page, is_meant_right=number != 1)
        verdict = page.locator(".quiz-verdict .state")
        expect(verdict).to_have_class("state state-yes" if number == 1 else "state state-done")
        expect(page.locator(".quiz-told .quote").first).to_be_visible()
        if number == 1:
            wrong = item
            check(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/attempts/*/")
    expect(page.locator("h1")).to_have_text(
        f"{count - 1} von {count} richtig" if way.language == "de" else f"{count - 1} of {count} right"
    )
    first, second = page.locator(".quiz-results").all()
    expect(first.locator("li")).to_have_count(1)
    expect(first).to_contain_text(wrong.heading)
    expect(second.locator("li")).to_have_count(count - 1)
    check(page)


def test_step_by_step_gives_hints_until_one_has_it(as_emma: Callable, rules: Notebook) -> None:
    quiz = released(rules, "quiz")
    page = as_emma()
    page.goto(address(quiz))
    page.locator("form:has([name=guided]) button").click()
    page.wait_for_url("**/attempts/*/")
    options = page.locator(".quiz-option")
    had_options = options.count() > 0
    give(page, is_meant_right=False)
    hint = page.locator(".quiz-hint")
    expect(hint).to_contain_text("Noch nicht")
    if had_options:
        expect(options).to_have_count(2)
    check(page)
    page.keyboard.press("Tab")
    if not had_options:
        page.locator("#id_given").focus()
    give(page, is_meant_right=False)
    hint.locator("a[data-viewer]").click()
    expect(page.locator("#viewer #quote")).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(page.locator("#viewer .viewer-head")).to_have_count(0)
    if not had_options:
        page.locator("#id_given").focus()
    give(page, is_meant_right=True)
    expect(page.locator(".quiz-told")).to_be_visible()
    page.locator("[data-next]").click()
    expect(page.locator("[data-quiz]")).to_be_visible()
    assert Attempt.objects.get().answers.get().tries == 3


# --- Cards -----------------------------------------------------------------------------------------


def a_day_passes(learner: User) -> None:
    """Everything that the learner has answered lies a day further back."""
    day = timedelta(days=1)
    CardState.objects.filter(learner=learner).update(
        due_at=F("due_at") - day, forgetting_at=F("forgetting_at") - day, reviewed_at=F("reviewed_at") - day
    )
    CardReview.objects.filter(learner=learner).update(reviewed_at=F("reviewed_at") - day)


def sit_down(page: Page, keys: str) -> int:
    """Answers every card of today by keyboard, the keys in turn; returns how many answers that took."""
    page.goto("/review/")
    given = 0
    while page.locator("[data-card]").count():
        assert given < 80, "the cards of one day come to an end"
        answer(page, keys[given % len(keys)])
        given += 1
    expect(page.locator(".flash-done h1")).to_be_visible()
    return given


def answer(page: Page, key: str) -> None:
    page.locator("#review").evaluate("review => { review.dataset.seen = 'yes'; }")
    page.keyboard.press("Space")
    expect(page.locator(".ratings-row")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator("#review:not([data-seen])")).to_have_count(1)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.language)
def test_cards_are_learned_over_three_weeks_by_keyboard(
    way: Way, as_emma: Callable, rules: Notebook, cast: Any
) -> None:
    cards = released(rules, "cards")
    count = cards.items.count()
    assert count >= 5
    page = as_emma(way.language, color_scheme=way.scheme, viewport=way.viewport)
    page.goto(address(cards))
    check(page)
    page.locator("form[action$='/deck/'] button.button-main").click()
    page.wait_for_url("**/review/")
    check(page)

    # What one has just said can be taken back, and the same card comes again.
    front = bare(page.locator("#card-front"))
    answer(page, "4")
    assert CardReview.objects.count() == 1
    page.locator("#review").evaluate("review => { review.dataset.seen = 'yes'; }")
    page.keyboard.press("u")
    expect(page.locator("#review:not([data-seen])")).to_have_count(1)
    assert bare(page.locator("#card-front")) == front
    assert not CardReview.objects.exists()
    assert not CardState.objects.exists()

    page.keyboard.press("Space")
    expect(page.locator(".rating-good")).to_be_focused()
    check(page)
    assert sit_down(page, "3") >= min(count, ReviewRhythm(learner=cast.emma).new_at_once)
    begun = min(CardState.objects.values_list("stability", flat=True))
    assert CardState.objects.earliest("due_at").due_at > timezone.now() + timedelta(days=1)

    sittings = []
    for _day in range(21):
        a_day_passes(cast.emma)
        sittings.append(sit_down(page, "3334"))
    check(page)
    # Not every day, again and again, and at growing intervals.
    assert 0 in sittings
    assert sum(day > 0 for day in sittings) >= 3
    assert sum(sittings[:7]) > sum(sittings[14:])
    assert min(CardState.objects.values_list("stability", flat=True)) > 4 * begun
    reviewed = CardReview.objects.values("item").annotate(days=Count("reviewed_at__date", distinct=True))
    assert {row["item"] for row in reviewed if row["days"] >= 2} == set(
        cards.items.values_list("pk", flat=True)
    )


# --- The map, and listening ------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.language)
def test_the_map_is_read_by_keyboard_and_leads_to_the_outline(
    way: Way, as_emma: Callable, rules: Notebook
) -> None:
    page = as_emma(way.language, color_scheme=way.scheme, viewport=way.viewport)
    page.goto(address(released(rules, "mind_map")))
    check(page)
    frame, nodes = page.locator("[data-map-frame]"), page.locator("[data-map-node]")
    # At first sight the labels are as large as small print, and whole.
    boxes = [node.bounding_box() for node in page.locator(".map-depth-0, .map-depth-1").all()]
    within = frame.bounding_box()
    for box in boxes:
        assert box["height"] >= 24, box
        assert box["x"] >= within["x"], box
        assert box["x"] + box["width"] <= within["x"] + within["width"], box
    page.locator("[data-map-in]").click()
    assert nodes.first.bounding_box()["height"] > boxes[0]["height"] * 1.2
    page.locator("[data-map-out]").click()
    page.locator("[data-map-fit]").click()

    nodes.first.focus()
    reached = []
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        reached.append(page.evaluate("document.activeElement.dataset.id"))
        expect(page.locator("[data-map-node]:focus")).to_be_in_viewport()
    assert len(set(reached)) == 3
    assert None not in reached
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.id") == reached[1]
    page.keyboard.press("Enter")
    item = page.locator(f"#item-{reached[1]}")
    expect(item).to_be_in_viewport()
    expect(item).to_be_focused()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.language)
def test_who_has_no_voice_reads_along(way: Way, as_emma: Callable, rules: Notebook) -> None:
    page = as_emma(way.language, color_scheme=way.scheme, viewport=way.viewport)
    page.goto(address(released(rules, "audio")))
    player, spoken = page.locator("[data-audio]"), page.locator(".is-spoken")
    expect(player).to_be_visible()
    transcript = bare(page.locator("[data-turns]"))
    check(page)
    page.locator("[data-audio-play]").click()
    says = page.locator("[data-audio-says]")
    expect(says).to_contain_text("keine Stimme" if way.language == "de" else "no voice")
    expect(spoken).to_have_count(1)
    first = bare(spoken)
    page.locator("[data-audio-on]").click()
    expect(spoken).not_to_have_text(first)
    page.locator("[data-audio-back]").click()
    assert bare(spoken) == first
    last = page.locator("[data-turn-text] span").last
    last.click()
    expect(last).to_have_class("is-spoken")
    # The player stays in reach and does not lie over what is marked.
    bar, text = player.bounding_box(), last.bounding_box()
    assert bar["y"] >= 0
    assert bar["y"] + bar["height"] <= text["y"]
    assert bare(page.locator("[data-turns]")) == transcript
    check(page)
    page.locator("[data-turns] a.cite").first.click()
    expect(page.locator("#quote")).to_be_in_viewport()


# --- What one keeps --------------------------------------------------------------------------------


def test_an_answer_is_kept_as_a_note_with_its_passage(as_emma: Callable, rules: Notebook) -> None:
    page = as_emma(viewport=PHONE)
    page.goto(f"/notebooks/{rules.pk}/")
    page.fill("#id_question", "Wann verfällt der Resturlaub?")
    page.press("#id_question", "Enter")
    exchange = page.locator("article.exchange[id]")
    exchange.locator(".answer-save button").click()
    exchange.get_by_role("status").get_by_role("link").click()
    page.wait_for_url("**/notes/")
    expect(page.locator(".note")).to_contain_text("31. März")
    check(page)
    page.fill("textarea[name=body]", "Im Januar daran denken.")
    page.locator("main form.form [type=submit]").click()
    expect(page.locator(".note")).to_have_count(2)
    page.locator(".note a[data-viewer]").first.click()
    expect(page.locator("#quote")).to_contain_text("31. März")


def test_cards_leave_for_anki_and_a_guide_for_the_printer(
    as_emma: Callable, rules: Notebook, tmp_path: Path
) -> None:
    page = as_emma()
    page.goto(address(released(rules, "cards")))
    with page.expect_download() as started:
        page.locator("a[href$='/anki/']").click()
    started.value.save_as(tmp_path / "deck.apkg")
    assert started.value.suggested_filename.endswith(".apkg")
    assert "collection.anki2" in zipfile.ZipFile(tmp_path / "deck.apkg").namelist()

    page.goto(address(released(rules, "guide")))
    page.evaluate("window.addEventListener('beforeprint', () => { document.title = 'printing'; })")
    page.locator("[data-print]").click()
    expect(page).to_have_title("printing")
    page.emulate_media(media="print")
    expect(page.locator(".sections .point").first).to_be_visible()
    expect(page.locator(".aid-about .state")).to_be_visible()
    for hidden in ("[data-print]", ".nav", ".aid-viewer"):
        expect(page.locator(hidden)).to_be_hidden()
    # What one asks oneself is printed with its answer.
    expect(page.locator(".ask-yourself p").first).to_be_visible()


# --- Fingers and glasses ---------------------------------------------------------------------------

SMALL = """() => [...document.querySelectorAll("main :is(a, button, select, summary, textarea, label, input)")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && getComputedStyle(one).display !== "inline")
  .filter((one) => !one.closest("svg, .visually-hidden") && !one.matches("[type=radio], [type=checkbox], [type=file]"))
  .filter((one) => !one.matches("label") || one.querySelector("input"))
  .filter((one) => {
    const around = one.matches(".cite") ? parseFloat(getComputedStyle(one, "::after").insetBlockStart) : 0;
    const whole = one.matches(".item-title") ? one.closest(".item") : one;
    return whole.getBoundingClientRect().height - 2 * around < 43.5;
  })
  .map((one) => `${one.className || one.tagName} ${one.getBoundingClientRect().height} ${one.textContent.trim()}`)"""


def test_every_page_of_learning_fits_fingers_and_large_print(
    as_emma: Callable, rules: Notebook, cast: Any
) -> None:
    Notebook.objects.filter(pk=rules.pk).update(owner=cast.emma)
    rules.refresh_from_db()
    studied = study(rules, cast.emma, language="de", question="Wann verfällt der Resturlaub?")
    here = f"/notebooks/{rules.pk}/"
    paths = [here, f"{here}notes/", f"{here}care/", "/review/", *studied.paths.values()]
    finger = as_emma(viewport=PHONE, has_touch=True, color_scheme="dark")
    large = as_emma("en", viewport={"width": 640, "height": 400}, device_scale_factor=2)
    faults = []
    for path in paths:
        User.objects.update(language="de")
        finger.goto(path)
        faults += [f"{path}: {small}" for small in finger.evaluate(SMALL)]
        faults += [f"{path}: {fault}" for fault in axe_violations(finger)]
        User.objects.update(language="en")
        large.goto(path)
        faults += [f"{path} at 200 %: {fault}" for fault in axe_violations(large)]
        for page, width in ((finger, 390), (large, 640)):
            if (over := page.evaluate(OVERFLOW)) > 0:
                faults.append(f"{path}: {over} px too wide at {width}")
    assert faults == [], "\n".join(faults)
