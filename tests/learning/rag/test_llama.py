"""The engine behind llama-index's interfaces, and llama-index kept out of the site's start."""

import subprocess
import sys

from learning.rag.llama import notebook_retriever
from tests.learning.rag.cast import make_notebook

MODULES = (
    "answer, errors, evaluate, index, languages, llama, readers, reading, retrieve, sentences, splitting"
)


def test_nodes_carry_the_exact_range_and_no_metadata_into_prompts() -> None:
    notebook = make_notebook(hidden=[5])
    found = notebook_retriever(notebook.index, reread=notebook.reread, top_k=3).retrieve("Urlaub Überstunden")
    assert found
    for scored in found:
        passage = notebook.passages[int(scored.node.node_id)]
        assert passage.id != 5
        assert (scored.node.start_char_idx, scored.node.end_char_idx) == (passage.start, passage.end)
        assert scored.node.get_content(metadata_mode="llm") == passage.text
        assert scored.score > 0


def test_without_a_match_there_is_no_node() -> None:
    notebook = make_notebook()
    assert notebook_retriever(notebook.index, reread=notebook.reread).retrieve("Müller") == []


def test_the_engine_is_imported_without_llama_index_and_parsers() -> None:
    heavy = "('llama_index', 'pypdfium2', 'docx', 'pptx', 'markdown_it', 'charset_normalizer')"
    code = (
        f"import sys\nfrom learning.rag import {MODULES}\n"
        f"found = [name for name in {heavy} if name in sys.modules]\nassert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
