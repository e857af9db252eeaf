"""Other words for what was asked: they find, but less than the word itself."""

import pytest

from learning.rag.analysers.glossary import alike
from learning.rag.answer import answer
from learning.rag.index import LexicalIndex
from tests.learning.rag.cast import HANDBOOK, make_notebook

SIGNED = "Den Vertrag unterschrieb die Geschäftsführung im Mai."
OTHERS = (
    "Die Kantine öffnet um elf Uhr und schließt um zwei.",
    "Der Parkplatz ist für Gäste und Lieferanten reserviert.",
)


@pytest.mark.parametrize(
    ("word", "language", "others"),
    [
        ("unterzeichnet", "de", {"unterschrieb", "unterschrieben"}),
        ("fand", "de", {"gefunden", "finden"}),
        ("wrote", "en", {"written"}),
        ("vacation", "en", {"leave", "holiday"}),
        ("xyzzy", "en", set()),
    ],
)
def test_words_with_a_common_translation_are_alike(word: str, language: str, others: set[str]) -> None:
    assert others <= set(alike(word, language))


def test_a_passage_is_found_by_another_word_for_it() -> None:
    index = LexicalIndex.build(enumerate([*OTHERS, SIGNED]))
    assert [place for place, _ in index.search("Wer hat unterzeichnet?", 5)] == [2]


def test_the_word_itself_counts_more_than_another_and_several_do_not_add_up() -> None:
    texts = [
        "Im Mai unterschrieb die Geschäftsführung.",
        "Im Mai unterzeichnete die Geschäftsführung.",
        "Im Mai unterschrieb, unterschreibt die Geschäftsführung, unterschrieben.",
    ]
    scores = dict(LexicalIndex.build(enumerate([*OTHERS * 4, *texts])).search("Wer hat unterzeichnet?", 20))
    assert scores[9] > 1.5 * scores[8]
    assert scores[10] < scores[9]


def test_the_answer_is_quoted_by_another_word_for_it() -> None:
    notebook = make_notebook([*HANDBOOK, SIGNED])
    found = answer(
        "Wer unterzeichnet den Vertrag?", index=notebook.index, reread=notebook.reread, language="de"
    )
    assert found.sentences[0].text == SIGNED


def test_a_word_of_one_language_is_not_looked_for_in_passages_of_another() -> None:
    """ "die" is another word for "death" in English, and stands in every German text."""
    german = [text for text in HANDBOOK if "die" in text.split()]
    index = LexicalIndex.build(enumerate([*german, *HANDBOOK[5:], "The founder died in May of that year."]))
    english = len(german) + len(HANDBOOK[5:])
    found = [place for place, _ in index.search("Whose death was it?", 10)]
    assert found == [english]
