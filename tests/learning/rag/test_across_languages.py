"""German questions on English text and the reverse, without a model."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import pytest
import Stemmer

from learning import notebooks
from learning.rag.analysers import glossary
from learning.rag.analysers.glossary import phrases, translations
from learning.rag.answer import answer
from learning.rag.index import LexicalIndex
from learning.rag.readers import read
from learning.rag.splitting import split
from tests.learning.rag.cast import HANDBOOK, make_notebook
from tests.learning.rag.parallel import PARALLEL

GERMAN = [german for german, _, _ in PARALLEL]
ENGLISH = [english for _, english, _ in PARALLEL]
GERMAN_QUESTIONS = [(place, asked[0]) for place, entry in enumerate(PARALLEL) for asked in entry[2]]
ENGLISH_QUESTIONS = [(place, asked[1]) for place, entry in enumerate(PARALLEL) for asked in entry[2]]
Questions = Sequence[tuple[int, str]]


def mean_reciprocal_rank(rankings: Sequence[Sequence[int]], questions: Questions) -> float:
    ranks = [
        ranking.index(place) + 1 if place in ranking else 0
        for ranking, (place, _) in zip(rankings, questions, strict=True)
    ]
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


def ours(passages: Sequence[str], questions: Questions) -> float:
    index = LexicalIndex.build(enumerate(passages))
    rankings = [[place for place, _ in index.search(question, 10)] for _, question in questions]
    return mean_reciprocal_rank(rankings, questions)


def stock(passages: Sequence[str], questions: Questions, language: str) -> float:
    """bm25s as llama-index's BM25Retriever sets it up: stop words and stemmer of the passages' language."""

    def tokens(texts: Sequence[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(
            list(texts), stopwords=language, stemmer=Stemmer.Stemmer(language), show_progress=False
        )

    retriever = bm25s.BM25()
    retriever.index(tokens(passages), show_progress=False)
    places, scores = retriever.retrieve(
        tokens([question for _, question in questions]), k=10, show_progress=False
    )
    rankings = [
        [int(place) for place, score in zip(*row, strict=True) if score > 0]
        for row in zip(places, scores, strict=True)
    ]
    return mean_reciprocal_rank(rankings, questions)


@pytest.mark.parametrize(
    ("passages", "questions", "language"),
    [(GERMAN, ENGLISH_QUESTIONS, "german"), (ENGLISH, GERMAN_QUESTIONS, "english")],
    ids=["English questions on German text", "German questions on English text"],
)
def test_the_other_language_is_found_far_better_than_by_stock(
    passages: list[str], questions: Questions, language: str
) -> None:
    found = ours(passages, questions)
    assert found >= 1.4 * stock(passages, questions, language)
    assert found >= 0.5


@pytest.mark.parametrize(
    ("passages", "questions", "language"),
    [(GERMAN, GERMAN_QUESTIONS, "de"), (ENGLISH, ENGLISH_QUESTIONS, "en")],
    ids=["German", "English"],
)
def test_ones_own_language_is_not_translated(
    passages: list[str], questions: Questions, language: str
) -> None:
    index = LexicalIndex.build(enumerate(passages))
    assert index.languages == (language,)
    for _, question in questions:
        assert not any(term.said for term in index.analyse(question).terms)


@pytest.mark.parametrize(
    ("passages", "questions"),
    [(GERMAN, GERMAN_QUESTIONS), (ENGLISH, ENGLISH_QUESTIONS)],
    ids=["German", "English"],
)
def test_passages_in_the_other_language_push_nothing_down(passages: list[str], questions: Questions) -> None:
    others = ENGLISH if passages is GERMAN else GERMAN
    index = LexicalIndex.build(enumerate([*passages, *others]))
    alone = ours(passages, questions)
    # A passage and its translation are one here: the one that comes first counts.
    found = [
        list(dict.fromkeys(place % len(passages) for place, _ in index.search(question, 20)))
        for _, question in questions
    ]
    assert mean_reciprocal_rank(found, questions) >= alone


@pytest.mark.parametrize(
    ("word", "source", "target", "means"),
    [
        ("urlaub", "de", "en", {"leave", "vacation", "holiday"}),
        ("anträge", "de", "en", {"application", "request"}),
        ("starb", "de", "en", {"died"}),
        ("autorinnen", "de", "en", {"author"}),
        ("eingeführt", "de", "en", {"introduce"}),
        ("dismissed", "en", "de", {"entlassen"}),
        ("countries", "en", "de", {"land"}),
    ],
)
def test_a_form_of_a_word_is_translated(word: str, source: str, target: str, means: set[str]) -> None:
    (alternatives,) = translations(word, source, target)[0]
    assert means <= set(alternatives)


def test_a_compound_is_translated_by_its_parts() -> None:
    first, second = translations("urlaubsregelung", "de", "en")[0]
    assert "vacation" in first
    assert "rule" in second


def test_a_compound_in_the_text_is_found_by_its_translated_part() -> None:
    index = LexicalIndex.build(enumerate(HANDBOOK))
    assert index.search("vacation request", 1)[0][0] == 4


def test_words_that_belong_together_are_translated_together() -> None:
    ((places, renderings),) = phrases(["the", "notice", "period", "ends"], "en", "de")
    assert list(places) == [1, 2]
    assert renderings == ((("kündigungsfrist",),),)


def test_an_unknown_word_has_no_translation() -> None:
    assert translations("xyzzy", "de", "en") == ()
    assert LexicalIndex.build(enumerate(ENGLISH)).search("Wer ist Xyzzy?", 5) == []


def test_several_translations_count_as_one_word() -> None:
    texts = ["The vacation is long.", "The holiday is long.", "The leave, the vacation, the holiday is long."]
    index = LexicalIndex.build(enumerate([*texts, *ENGLISH]))
    scores = dict(index.search("Wie lang ist der Urlaub?", 10))
    assert scores[2] <= max(scores[0], scores[1])


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("Wie oft werden Laptops ersetzt?", "de", "36 months"),
        ("When does remaining leave expire?", "en", "31. März 2027"),
        ("Who approves exceptions for overtime?", "en", "Dr. Weber"),
    ],
)
def test_the_answer_is_quoted_across_languages(question: str, language: str, words: str) -> None:
    notebook = make_notebook()
    found = answer(question, index=notebook.index, reread=notebook.reread, language=language)
    assert not found.refused
    assert words in found.citations[0].quote


@pytest.mark.parametrize(
    "question", ["What is the boiling point of mercury?", "Who won the football world cup in 1954?"]
)
def test_what_the_sources_do_not_say_is_refused_across_languages(question: str) -> None:
    notebook = make_notebook(HANDBOOK[:5])
    assert answer(question, index=notebook.index, reread=notebook.reread, language="en").refused


def test_a_common_word_of_the_other_language_is_no_answer() -> None:
    """ "fährt" is also "goes", and what "may go" where fills the English text: that says nothing of trains."""
    folder = Path(notebooks.__file__).parent / "starter_texts"
    texts = [read(folder / name, name=name) for name in ("data-de.md", "data-en.md")]
    notebook = make_notebook([text.text[part.start : part.end] for text in texts for part in split(text)])
    question = "Wann fährt der nächste Zug nach Köln?"
    assert answer(question, index=notebook.index, reread=notebook.reread, language="de").refused


def test_every_line_of_the_glossary_says_something_once() -> None:
    entries = glossary.read()
    assert len(entries) > 2_500
    for entry in entries:
        assert all(entry["de"]), entry
        assert all(entry["en"]), entry
        assert len(set(entry["en"])) == len(entry["en"]), entry
