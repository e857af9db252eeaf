"""An aid and its passages: what was withdrawn or superseded is said, and not shown, asked or exported."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from learning.notebooks import actions, exporting, reading
from learning.notebooks.aid_presenting import present, stale_counts
from learning.notebooks.models import AidItem, ItemQuote
from learning.notebooks.outline import Place, orphans
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, hand_made

DAY = "Beschäftigte in Vollzeit haben in jedem Kalenderjahr Anspruch auf dreißig Arbeitstage Erholungsurlaub."
TRIP = "Eine Dienstreise ist eine vorübergehende Tätigkeit außerhalb der ersten Arbeitsstätte."


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook, text=RULES, title="Regeln")
    return notebook


@pytest.fixture
def aid(notebook: Any) -> Any:
    aid = hand_made(
        notebook,
        "guide",
        [
            {"kind": "section", "heading": "Urlaub"},
            {"kind": "point", "body": DAY, "says": DAY},
            {"kind": "point", "body": TRIP, "says": TRIP},
        ],
    )
    aid.released_at, aid.released_by = timezone.now(), notebook.owner
    aid.save()
    return aid


def standings(aid: Any) -> list[str]:
    return [item.standing for item in present(aid)]


def test_a_removed_source_takes_its_items_words_along_and_putting_back_brings_them(
    notebook: Any, aid: Any, sign_in: Any, cast: SimpleNamespace
) -> None:
    source = notebook.sources.get()
    actions.remove(source=source, user=notebook.owner)

    assert standings(aid) == ["withdrawn"] * 3
    page = sign_in(cast.otto).get(f"/notebooks/{notebook.pk}/aids/{aid.pk}/").content.decode()
    assert "dreißig Arbeitstage" not in page
    assert "Dienstreise ist" not in page
    assert ">Urlaub<" not in page
    assert not AidItem.objects.holding().exclude(kind="section").exists()
    assert stale_counts([aid]) == {aid.pk: 2}
    assert "dreißig" not in exporting.as_markdown(aid)

    actions.put_back(source=source)
    assert standings(aid) == ["", "", ""]


def test_an_erased_source_erases_what_items_said_from_it(notebook: Any, aid: Any) -> None:
    actions.remove(source=notebook.sources.get(), user=notebook.owner)
    actions.purge_removed(now=timezone.now() + actions.UNDO_FOR * 2)

    assert not ItemQuote.objects.exists()
    assert list(aid.items.values_list("heading", "body", "data")) == [("", "", {})] * 3
    assert standings(aid) == ["withdrawn"] * 3


def test_a_new_version_that_says_the_same_keeps_the_item_and_one_that_does_not_marks_it(
    notebook: Any, aid: Any
) -> None:
    source = notebook.sources.get()
    changed = RULES.replace("dreißig Arbeitstage", "achtundzwanzig Arbeitstage") + "\nNeu ist dieser Satz.\n"
    version = actions.add_version(source=source, user=notebook.owner, text=changed)
    reading.read_source(version.pk)

    assert standings(aid) == ["", "withdrawn", ""]
    kept = aid.items.get(body=TRIP).quotes.get()
    assert kept.source_id == version.pk
    version.refresh_from_db()
    assert version.text[kept.start : kept.end] == TRIP
    assert kept.passage.start <= kept.start < kept.end <= kept.passage.end


def test_an_item_on_two_passages_is_stale_when_one_of_them_goes(notebook: Any, cast: SimpleNamespace) -> None:
    other = make_source(notebook, text="Der Parkplatz ist ab sieben Uhr offen.", title="Platz")
    aid = hand_made(notebook, "briefing", [{"kind": "point", "body": "Beides", "says": DAY}])
    item = aid.items.get()
    passage = other.passages.get()
    ItemQuote.objects.create(
        item=item, source=other, passage=passage, start=passage.start, end=passage.end, text=passage.text
    )

    actions.remove(source=other, user=cast.farid)

    shown = present(aid)[0]
    assert (shown.standing, shown.body) == ("stale", "Beides")
    assert [quote.text for quote in shown.quotes] == [DAY]
    assert not AidItem.objects.holding().filter(pk=item.pk).exists()


def test_an_expired_source_is_not_taught(notebook: Any, aid: Any) -> None:
    source = notebook.sources.get()
    source.valid_until = timezone.localdate() - timezone.timedelta(days=1)
    source.save()

    assert standings(aid) == ["withdrawn"] * 3


def test_showing_an_aid_costs_the_same_however_many_items(
    notebook: Any, django_assert_num_queries: Any
) -> None:
    small = hand_made(notebook, "guide", [{"kind": "point", "body": DAY, "says": DAY}])
    large = hand_made(notebook, "guide", [{"kind": "point", "body": DAY, "says": DAY} for _n in range(40)])

    for aid in (small, large):
        with django_assert_num_queries(3):
            present(aid)


def test_headings_go_with_the_last_item_below_them() -> None:
    def section(depth: int) -> Place:
        return Place("section", depth, False, False)

    held, gone = Place("point", 0, True, True), Place("point", 0, True, False)
    assert orphans([section(0), section(1), gone, section(1), held]) == {1}
    assert orphans([section(0), gone, section(0), held]) == {0}
    assert orphans([section(0), section(1)]) == set()
    node = Place("node", 0, False, False)
    assert orphans([node, Place("node", 1, False, False), Place("node", 2, True, False)]) == {1}
