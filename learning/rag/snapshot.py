"""An index as files: written once, then mapped into memory by every process that searches with it."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np

from learning.rag.index import LexicalIndex
from learning.rag.postings import Postings
from learning.rag.vocabulary import Vocabulary

ABOUT = "index.json"


def arrays_of(index: LexicalIndex) -> dict[str, np.ndarray]:
    """Every array of the index under a name of its own."""
    found = {"ids": index.ids, "pair_keys": index.pair_keys}
    for name in ("stem_terms", "gram_terms"):
        vocabulary: Vocabulary = getattr(index, name)
        found |= {f"{name}.hashes": vocabulary.hashes, f"{name}.numbers": vocabulary.numbers}
    for name in ("stems", "grams", "pairs"):
        postings: Postings = getattr(index, name)
        found |= {
            f"{name}.offsets": postings.offsets,
            f"{name}.passages": postings.passages,
            f"{name}.weights": postings.weights,
        }
    return found


def size_of(index: LexicalIndex) -> int:
    """Bytes of its arrays."""
    return sum(array.nbytes for array in arrays_of(index).values())


def save(index: LexicalIndex, folder: Path) -> None:
    """Write the index; whoever looks finds all of it or nothing. One writer at a time. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        for name, array in arrays_of(index).items():
            np.save(draft / f"{name}.npy", array, allow_pickle=False)
        about = {"languages": index.languages, "main_language": index.main_language}
        (draft / ABOUT).write_text(json.dumps(about))
        shutil.rmtree(folder, ignore_errors=True)  # a damaged one; who has it mapped keeps it
        os.replace(draft, folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def load(folder: Path) -> LexicalIndex | None:
    """The index mapped from its files, or None where there is none or a part is damaged."""
    try:
        about = json.loads((folder / ABOUT).read_text())
        found = {path.stem: mapped(path) for path in folder.glob("*.npy")}
        postings = {
            name: Postings(found[f"{name}.offsets"], found[f"{name}.passages"], found[f"{name}.weights"])
            for name in ("stems", "grams", "pairs")
        }
        return LexicalIndex(
            ids=found["ids"],
            languages=tuple(about["languages"]),
            main_language=about["main_language"],
            stem_terms=Vocabulary(found["stem_terms.hashes"], found["stem_terms.numbers"]),
            gram_terms=Vocabulary(found["gram_terms.hashes"], found["gram_terms.numbers"]),
            pair_keys=found["pair_keys"],
            **postings,
        )
    except (OSError, EOFError, ValueError, KeyError):
        return None


def mapped(path: Path) -> np.ndarray:
    """An array whose pages are read when they are needed and shared with other processes."""
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    except ValueError:
        return np.load(path, allow_pickle=False)  # an empty array cannot be mapped
