"""Cutting a reading into passages."""

from hashlib import sha256
from itertools import pairwise

import pytest

from learning.rag.errors import ReadingError
from learning.rag.readers import read_text
from learning.rag.reading import Composer, count_words
from learning.rag.splitting import split

SENTENCE = "Der Betriebsrat bestimmt nach § 87 Abs. 1 Nr. 6 BetrVG über technische Einrichtungen mit. "


def words(text: str) -> int:
    return len(text.split())


def test_a_short_text_stays_whole() -> None:
    reading = read_text("Erster Absatz.\n\n" + SENTENCE * 12, title="")
    drafts = split(reading)
    assert [(draft.start, draft.end) for draft in drafts] == [(0, len(reading.text))]
    assert drafts[0].page is None
    assert drafts[0].language == "de"
    assert drafts[0].content_hash == sha256(reading.text.encode()).hexdigest()


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    reading = read_text(SENTENCE * 60, title="")
    drafts = split(reading)
    assert len(drafts) > 4
    for draft in drafts:
        passage = reading.text[draft.start : draft.end]
        assert passage.startswith("Der Betriebsrat")
        assert passage.endswith("mit.")
        assert 60 <= words(passage) <= 190


def test_a_paragraph_without_sentences_is_cut_all_the_same() -> None:
    reading = read_text("x" * 30_000 + " " + "wort " * 3_000, title="")
    drafts = split(reading)
    assert max(draft.end - draft.start for draft in drafts) < 6_000
    assert "".join(reading.text[draft.start : draft.end] for draft in drafts).replace(" ", "") == (
        reading.text.replace(" ", "")
    )


LINE = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAx"


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("x" * 200_000, 60),
        (SENTENCE * 3 + "x" * 100_000 + "\n" + SENTENCE * 30 + "y" * 5_000, 40),
        (f"{LINE}\n" * 2_500, 100),
        ("Ab," * 60_000, 60),
        (SENTENCE * 2_000, 250),
        ("wort " * 40_000, 300),
    ],
    ids=["one run", "runs in prose", "lines of code", "commas", "prose", "words"],
)
def test_a_huge_paragraph_is_cut_in_few_passages_and_loses_nothing(text: str, most: int) -> None:
    reading = read_text(text, title="")
    done = []
    drafts = split(reading, progress=lambda *so_far: done.append(so_far))
    assert len(drafts) <= most
    assert max(count_words(reading.text[draft.start : draft.end]) for draft in drafts) <= 170
    assert "".join("".join(reading.text[draft.start : draft.end].split()) for draft in drafts) == (
        "".join(text.split())
    )
    assert all(draft.end <= following.start for draft, following in pairwise(drafts))
    assert done == [(draft.end, len(reading.text)) for draft in drafts]


def test_a_run_without_blanks_reaches_the_limit_of_words() -> None:
    assert count_words("x" * 2_400 + " und") == 101
    with pytest.raises(ReadingError) as refused:
        read_text("x" * 2_425, title="", max_words=100)
    assert refused.value.code == "too_many_words"


def test_only_headings_are_cut_too() -> None:
    composer = Composer()
    for number in range(2_000):
        composer.add_heading(1, f"Titel {number}")
    drafts = split(composer.finish(format="text"))
    assert 10 < len(drafts) < 100


def test_a_heading_begins_a_passage_and_stays_with_its_text() -> None:
    composer = Composer()
    for level, title in ((1, "Arbeit"), (2, "Zeiten"), (2, "Orte"), (1, "Urlaub")):
        composer.add_heading(level, title)
        composer.add(SENTENCE * 8)
    reading = composer.finish(format="text")
    drafts = split(reading)
    assert [draft.heading_path for draft in drafts] == [
        "Arbeit",
        "Arbeit › Zeiten",
        "Arbeit › Orte",
        "Urlaub",
    ]
    assert [reading.text[draft.start :].split("\n")[0] for draft in drafts] == [
        "Arbeit",
        "Zeiten",
        "Orte",
        "Urlaub",
    ]


def test_small_paragraphs_are_packed() -> None:
    reading = read_text("\n\n".join([SENTENCE] * 60), title="")
    sizes = [words(reading.text[draft.start : draft.end]) for draft in split(reading)]
    assert all(100 <= size <= 180 for size in sizes[:-1])


def test_every_page_begins_a_passage() -> None:
    composer = Composer()
    for number in range(1, 4):
        composer.begin_page(number)
        composer.add(f"Seite {number}.")
    reading = composer.finish(format="pdf")
    assert [(draft.page, reading.text[draft.start : draft.end]) for draft in split(reading)] == [
        (1, "Seite 1."),
        (2, "Seite 2."),
        (3, "Seite 3."),
    ]


def test_each_passage_has_its_own_language() -> None:
    english = (
        "The travel policy covers all flights and hotels that were booked by the employees of the company. "
    )
    reading = read_text(f"{SENTENCE * 14}\n\n{english * 12}", title="")
    assert [draft.language for draft in split(reading)] == ["de", "en"]


def test_passages_do_not_overlap() -> None:
    drafts = split(read_text((SENTENCE * 30 + "\n\n") * 5, title=""))
    assert all(first.end <= second.start for first, second in pairwise(drafts))
