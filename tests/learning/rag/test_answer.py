"""Answers in the sources' own words, with exact citations, or a refusal."""

import dataclasses
from itertools import pairwise

import pytest
from django.utils.translation import gettext_lazy, override

from learning.rag.answer import DOUBTFUL, NOT_ANSWERED, Answer, answer
from learning.rag.citations import MAX_CITATIONS, MAX_QUOTE
from tests.learning.rag.cast import HANDBOOK, Notebook, make_notebook


def ask(question: str, notebook: Notebook | None = None, *, language: str = "de") -> Answer:
    notebook = notebook or make_notebook()
    return answer(question, index=notebook.index, reread=notebook.reread, language=language)


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("Bis wann muss der Urlaubsantrag gestellt werden?", "14 Tage vor dem Urlaub", 1005),
        ("Wann verfällt der Resturlaub?", "31. März 2027", 1005),
        ("Wer genehmigt Ausnahmen bei Überstunden?", "Dr. Weber", 1004),
        ("How often are laptops replaced?", "every 36 months", 1007),
        ("Who repairs broken screens?", "service desk", 1007),
    ],
)
def test_the_answer_is_quoted_from_its_source(question: str, words: str, source: int) -> None:
    found = ask(question)
    assert not found.refused
    assert words in found.citations[0].quote
    assert found.citations[0].source == source
    assert found.mode == "extractive"
    assert found.model == ""


def test_every_quote_is_its_exact_range() -> None:
    long = " ".join(
        f"Der Urlaub der Gruppe {n} beginnt am {n}. Mai in der Niederlassung Wien." for n in range(1, 20)
    )
    notebook = make_notebook([*HANDBOOK, long])
    texts = {passage.source_id: "." * passage.start + passage.text for passage in notebook.passages.values()}
    for question in (
        "Wann beginnt der Urlaub der Gruppe 7?",
        "Urlaub Niederlassung Wien",
        "Wer genehmigt Ausnahmen?",
    ):
        for citation in ask(question, notebook).citations:
            assert texts[citation.source][citation.start : citation.end] == citation.quote
            assert 0 < len(citation.quote) <= MAX_QUOTE


def test_only_so_many_citations_that_do_not_overlap() -> None:
    text = (
        "Der Urlaub dauert dreißig Tage, und wer im Urlaub krank wird, bekommt die Urlaubstage gutgeschrieben. "
        * 60
    )
    found = ask("Wie lange dauert der Urlaub?", make_notebook([text, *HANDBOOK]))
    assert [citation.n for citation in found.citations] == list(range(1, MAX_CITATIONS + 1))
    ranges = sorted((citation.source, citation.start, citation.end) for citation in found.citations)
    assert all(one[0] != two[0] or one[2] <= two[1] for one, two in pairwise(ranges))


def test_a_clear_answer_is_not_padded_with_poor_quotes() -> None:
    found = ask("Wer genehmigt Ausnahmen bei Überstunden?")
    assert [citation.source for citation in found.citations] == [1004]


def test_each_sentence_is_the_heart_of_its_quote() -> None:
    found = ask("Wer genehmigt Ausnahmen bei Überstunden?")
    assert found.sentences[0].text == "Ausnahmen genehmigt Dr. Weber."
    for sentence, citation in zip(found.sentences, found.citations, strict=True):
        assert sentence.text in citation.quote
    assert [sentence.citations for sentence in found.sentences] == [
        (n,) for n in range(1, len(found.citations) + 1)
    ]
    assert all(sentence.supported for sentence in found.sentences)


FILLER = (
    "Der Abend war lang, und viele Gäste blieben bis zum Schluss im großen Saal des Hauses sitzen und aßen. "
)


def test_the_offered_date_decides_between_like_sentences() -> None:
    text = f"Das Stift Melk wurde gegründet, sagt man. {FILLER * 4}Das Stift Melk wurde 1089 gegründet, sagt man."
    found = ask("Wann wurde das Stift Melk gegründet?", make_notebook([text, *HANDBOOK]))
    assert "1089" in found.citations[0].quote


def test_the_fuller_of_two_quotes_is_taken() -> None:
    text = "Vorab ein Wort. " + FILLER + "Der Resturlaub verfällt. " + FILLER
    quote = ask("Wann verfällt der Resturlaub?", make_notebook([text])).citations[0].quote
    assert quote == text.strip()


@pytest.mark.parametrize(
    "question",
    [
        "Wer gewann 1954 die Fußballweltmeisterschaft?",
        "What is the boiling point of mercury?",
        "Wie heißt die Hauptstadt von Australien?",
        "xyzzy",
        "",
        "???",
    ],
)
def test_what_the_sources_do_not_say_is_refused(question: str) -> None:
    found = ask(question)
    assert found.refused
    assert found.citations == ()
    assert found.sentences == ()
    assert found.answer


def test_the_refusal_is_in_the_readers_language() -> None:
    with override("de"):
        german = str(NOT_ANSWERED)
    assert ask("xyzzy", language="en").answer == "The sources do not answer this question."
    assert ask("xyzzy", language="de").answer == german
    assert type(NOT_ANSWERED) is type(gettext_lazy("x"))


LARGE = [*HANDBOOK, *(f"Im Raum {n} stehen {n % 30} Stühle und ein Tisch." for n in range(500))]


@pytest.mark.parametrize(
    ("question", "refused", "doubtful"),
    [
        ("Wer genehmigt Ausnahmen bei Überstunden?", False, False),
        ("Wann verfällt in Japan der Urlaub von Frau Becker?", False, True),
        ("Wie heißt die Hauptstadt von Australien?", True, False),
    ],
)
def test_what_the_sources_may_not_say_is_answered_with_a_doubt(
    question: str, refused: bool, doubtful: bool
) -> None:
    notebook = make_notebook(LARGE)
    found = ask(question, notebook, language="en")
    assert (found.refused, bool(found.notice)) == (refused, doubtful)
    with override("en"):
        assert found.notice in ("", str(DOUBTFUL))


def test_a_withdrawn_source_answers_nothing() -> None:
    question = "Wer genehmigt Ausnahmen bei Überstunden?"
    assert not ask(question).refused
    found = ask(question, make_notebook(hidden=[4]))
    assert all(citation.passage != 4 for citation in found.citations)
    assert "Weber" not in found.answer


def test_quotes_keep_the_sources_language() -> None:
    assert "36 months" in ask("How often are laptops replaced?", language="de").citations[0].quote


def test_a_notebook_of_one_passage_answers_and_refuses() -> None:
    notebook = make_notebook([HANDBOOK[3]])
    assert not ask("Wer genehmigt Ausnahmen bei Überstunden?", notebook).refused
    assert ask("Wie heißt die Hauptstadt von Australien?", notebook).refused


def test_an_answer_is_plain_data() -> None:
    assert set(dataclasses.asdict(ask("Resturlaub"))) == {
        "answer", "sentences", "citations", "mode", "model", "refused", "dropped_markers", "notice", "follows",
    }  # fmt: skip
