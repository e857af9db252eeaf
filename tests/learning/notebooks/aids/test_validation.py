"""Every rule of an item finds an item that breaks it, and lets a good one pass."""

from dataclasses import replace

import pytest

from learning.notebooks.aids.drafts import AidPassage, ItemDraft, Quote
from learning.notebooks.aids.validation import faults

TEXT = "Der Resturlaub verfällt am 31. März des folgenden Jahres. Anträge brauchen eine Unterschrift der Leitung."
PASSAGE = AidPassage(7, 1, "Urlaub", TEXT, 100, 100 + len(TEXT), None, "Urlaub", "de")
SECOND = TEXT.index("Anträge")
QUOTE = Quote(7, 100 + SECOND, 100 + len(TEXT))
GOOD = ItemDraft(
    "multiple_choice",
    "Anträge brauchen eine ____ der Leitung.",
    "",
    (QUOTE,),
    data={"options": ["Meldung", "Unterschrift", "Abteilung", "Freigabe"], "right": 1, "level": 1},
)


def found(item: ItemDraft) -> list[str]:
    return faults(item, {7: PASSAGE})


def with_options(*options: str, right: int = 1) -> ItemDraft:
    return replace(GOOD, data={"options": list(options), "right": right, "level": 1})


def test_a_good_item_passes() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (with_options("Meldung", "Unterschrift", "meldung", "Freigabe"), "not_four_distinct_options"),
        (with_options("Meldung", "Unterschrift", "Freigabe"), "not_four_distinct_options"),
        (with_options("Schrift", "Unterschrift", "Abteilung", "Freigabe"), "one_option_in_another"),
        (with_options("Leitung", "Unterschrift", "Abteilung", "Freigabe"), "second_right_option"),
        (with_options("Meldung", "Unterschrift", "Abteilung", "14 Tage"), "not_of_one_kind"),
        (with_options("schnell", "Unterschrift", "klein", "groß"), "not_written_alike"),
        (with_options("Meldung", "Siegel", "Abteilung", "Freigabe"), "answer_not_in_passage"),
        (replace(GOOD, heading="Die Unterschrift: Anträge brauchen eine ____."), "gives_itself_away"),
        (replace(GOOD, heading="Unterschriften: Anträge brauchen eine ____."), "gives_itself_away"),
        (replace(GOOD, quotes=(Quote(7, 90, 120),)), "no_quote"),
        (replace(GOOD, quotes=(Quote(8, 100, 120),)), "no_quote"),
        (replace(GOOD, quotes=()), "no_quote"),
        (
            ItemDraft(
                "cloze", "Anträge brauchen sie.", "", (QUOTE,), data={"answer": "Unterschrift", "level": 2}
            ),
            "not_one_gap",
        ),
    ],
)
def test_a_broken_item_is_found(item: ItemDraft, fault: str) -> None:
    assert fault in found(item)


def test_an_article_may_not_tell_the_answer() -> None:
    text = "Every claim needs an invoice from the hotel."
    passage = AidPassage(1, 1, "Travel", text, 0, len(text), None, "", "en")
    options = {"options": ["ticket", "invoice", "receipt", "signature"], "right": 1, "level": 1}
    item = ItemDraft(
        "multiple_choice",
        "Every claim needs an ____ from the hotel.",
        "",
        (Quote(1, 0, len(text)),),
        data=options,
    )
    assert "article_tells" in faults(item, {1: passage})
