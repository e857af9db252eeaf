"""A reply that comes in pieces: sentences are handed on when they are complete, and never thoughts."""

import pytest

from learning.rag.drafts import MAX_REPLY, Draft


def sentences(reply: str, piece: int) -> tuple[list[str], list[str]]:
    """What was given before the reply was over, and all of it."""
    draft, early = Draft(), []
    for at in range(0, len(reply), piece):
        early += draft.feed(reply[at : at + piece])
        if draft.starts_anew:
            draft.starts_anew, early = False, []
    return early, [part.strip() for part in [*early, *draft.finish()] if part.strip()]


REPLY = "Nach § 87 Abs. 1 Nr. 6 bestimmt der Betriebsrat mit [1]. Ausnahmen genehmigt Dr. Weber.[2] Das gilt immer."
WHOLE = [
    "Nach § 87 Abs. 1 Nr. 6 bestimmt der Betriebsrat mit [1].",
    "Ausnahmen genehmigt Dr. Weber[2].",
    "Das gilt immer.",
]


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 8, 13, 200])
def test_the_sentences_are_the_same_in_whatever_pieces_they_come(piece: int) -> None:
    assert sentences(REPLY, piece)[1] == WHOLE


def test_a_sentence_is_handed_on_before_the_reply_is_over() -> None:
    early, _all = sentences(REPLY, 4)
    assert [part.strip() for part in early] == WHOLE[:2]


@pytest.mark.parametrize("piece", [1, 4, 7, 9, 300])
@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("<think>Erst dies. Dann das [1].</think>Der Urlaub dauert 30 Tage [1].", ["Der Urlaub dauert 30 Tage [1]."]),
        ("Eins ist klar [1]. <think>Hm. Na ja.</think>Zwei auch [2].", ["Eins ist klar [1].", "Zwei auch [2]."]),
        ("<think>Niemals zu Ende. Nie. ", []),
        ("Der Wert ist a < b [1].", ["Der Wert ist a < b [1]."]),
        ("Am Ende steht <thi", ["Am Ende steht <thi"]),
        ("Ohne Anfang gedacht [1]. Noch mehr [1]. </think>Gesagt wird das [1].", ["Gesagt wird das [1]."]),
    ],
    ids=["before", "between", "endless", "less than", "looks like it", "unopened"],
)  # fmt: skip
def test_thoughts_are_left_out(reply: str, said: list[str], piece: int) -> None:
    assert sentences(reply, piece)[1] == said


def test_what_turns_out_to_be_thoughts_is_taken_back() -> None:
    draft = Draft()
    assert draft.feed("Ich suche in Stelle [1]. Dann weiter ")
    assert not draft.feed("</think>")
    assert draft.starts_anew


def test_a_reply_ends_at_its_limit() -> None:
    draft = Draft()
    for _piece in range(200):
        draft.feed("x" * 50_000)
    assert draft.is_full
    assert len("".join(draft.finish())) <= MAX_REPLY
