"""What of a short source a model gets to see."""

from dataclasses import replace

from learning.rag.excerpts import GAP, MOST, excerpted
from learning.rag.retrieve import retrieve
from tests.learning.rag.cast import HANDBOOK, Notebook, make_notebook

NOTE = (
    "Der Fuhrpark hat neun Wagen. Sie stehen im Hof. Die Schlüssel gibt der Empfang aus. "
    "Wer einen Wagen braucht, bucht ihn am Tag davor. Tankkarten liegen im Handschuhfach. Am Freitag wird gewaschen."
)
QUESTION = "Wer gibt die Schlüssel aus?"


def shown(*texts: str, question: str = QUESTION) -> list[str]:
    notebook = make_notebook(texts)
    index = notebook.index
    hits = retrieve(index, question, top_k=10, reread=notebook.reread)
    return [hit.passage.text for hit in excerpted(index, question, hits)]


def test_of_a_short_source_only_what_bears_on_the_question_and_its_neighbours() -> None:
    [text] = shown(NOTE)
    assert len(text.split()) <= MOST * len(NOTE.split())
    assert "Die Schlüssel gibt der Empfang aus." in text
    assert all(part in NOTE for part in text.split(GAP))


def test_what_was_left_out_is_marked() -> None:
    [text] = shown(NOTE, question="Fuhrpark und Tankkarten")
    assert GAP in text
    assert text.startswith("Der Fuhrpark")


def test_a_source_of_two_sentences_stays_whole() -> None:
    assert HANDBOOK[3] in shown(*HANDBOOK, question="Wer genehmigt Ausnahmen bei Überstunden?")


def test_passages_of_a_long_source_stay_whole() -> None:
    notebook = make_notebook([NOTE, *HANDBOOK])
    passage = notebook.passages[1]
    notebook.passages[1] = replace(passage, source_words=2 * passage.source_words)
    hits = retrieve(notebook.index, QUESTION, top_k=10, reread=notebook.reread)
    assert excerpted(notebook.index, QUESTION, hits) == hits


def test_the_passages_of_one_source_share_its_room() -> None:
    notebook = make_notebook([NOTE, NOTE.replace("Wagen", "Roller").replace("neun", "zwei")])
    words = 2 * len(NOTE.split())
    together = {
        number: replace(passage, source_id=1, source_words=words)
        for number, passage in notebook.passages.items()
    }
    notebook = Notebook(together)
    hits = retrieve(notebook.index, QUESTION, top_k=10, reread=notebook.reread)
    texts = [hit.passage.text for hit in excerpted(notebook.index, QUESTION, hits)]
    assert 0 < sum(len(text.replace(GAP, " ").split()) for text in texts) <= MOST * words
