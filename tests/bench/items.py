"""Quiz items made without a model, held against what they promise, and a sample of them to read.

`python -m tests.bench.items [FILE ...] [--sample N]`; without files the starter texts and the documents beside
the checkout that can be read. Every file is a notebook of its own; the starter texts of one language are one.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from learning.notebooks.aids.drafts import BLANK, AidPassage, ItemDraft, Material
from learning.notebooks.aids.quiz import items
from learning.notebooks.aids.survey import Survey
from learning.notebooks.aids.validation import answer_of, faults, folded, quoted_text
from learning.rag.errors import ReadingError
from learning.rag.languages import detect
from learning.rag.readers import read
from learning.rag.splitting import split

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT.parent / "shared" / "data" / "documents"
STARTERS = ROOT / "learning" / "notebooks" / "starter_texts"
MOST = 120  # items of one notebook
EACH = 2  # of one sentence, so that there is more to judge than a quiz shows
RULES = (
    "no_quote",
    "answer_not_in_passage",
    "not_one_gap",
    "gives_itself_away",
    "not_four_distinct_options",
    "one_option_in_another",
    "not_of_one_kind",
    "not_written_alike",
    "second_right_option",
    "article_tells",
    "said_elsewhere",
    "no_whole_sentence",
)
_ids = count(1)


def passages_of(path: Path) -> list[AidPassage]:
    """The passages of one file, as a source of its own; [] if it cannot be read."""
    try:
        reading = read(path, name=path.name)
    except ReadingError:
        return []
    return [
        AidPassage(
            id=next(_ids),
            source_id=path.name,
            title=reading.title or path.stem,
            text=reading.text[draft.start : draft.end],
            start=draft.start,
            end=draft.end,
            page=draft.page,
            heading_path=draft.heading_path,
            language=draft.language,
        )
        for draft in split(reading)
    ]


def notebooks(files: list[Path]) -> Iterator[tuple[str, Material]]:
    """The material of every file that can be read, and the starter texts by language if no files are named."""
    groups: dict[str, list[Path]] = {}
    if not files:
        for path in sorted(STARTERS.glob("*.md")):
            groups.setdefault(f"starter texts, {path.stem[-2:]}", []).append(path)
    for path in files or sorted(DOCUMENTS.glob("*.*")):
        groups.setdefault(path.name, []).append(path)
    for name, paths in groups.items():
        passages = [passage for path in paths for passage in passages_of(path)]
        if passages:
            language = detect(" ".join(passage.text for passage in passages)[:4000]) or "en"
            yield name, Material(name, language, passages)


def seen_from_outside(item: ItemDraft, passages: dict[int, AidPassage], said: str) -> Iterator[str]:
    """What is asked without the rules by which items are made; `said` is the folded text of the notebook."""
    quoted = quoted_text(item, passages)
    if folded(answer_of(item)) not in folded(quoted):
        yield "answer_not_in_passage"
    options = item.data.get("options", ())
    if any(
        place != item.data["right"] and folded(item.heading.replace(BLANK, option)) in said
        for place, option in enumerate(options)
    ):
        yield "said_elsewhere"
    words = item.heading.split()
    if not 4 <= len(words) <= 60 or not quoted[0].isupper() or quoted.rstrip("\"'”“»)")[-1] not in ".!":
        yield "no_whole_sentence"


def show(item: ItemDraft, material: Material) -> None:
    passages = {passage.id: passage for passage in material.passages}
    print(f"\n[{item.kind} {item.data['level']}] {item.heading}")
    for place, option in enumerate(item.data.get("options", ())):
        print(f"   {'*' if place == item.data['right'] else ' '} {option}")
    if "answer" in item.data:
        print(f"   = {item.data['answer']}   accepted: {item.data['accepted']}")
    print(f"   « {quoted_text(item, passages)}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    asked = parser.parse_args()
    found: list[tuple[ItemDraft, Material]] = []
    broken: Counter[str] = Counter()
    print(f"{'notebook':<50}{'passages':>9}{'choice':>8}{'cloze':>7}{'short':>7}{'s':>7}")
    for name, material in notebooks(asked.files):
        started = time.perf_counter()
        made = list(islice(items(Survey(material, lambda done: None), each=EACH), MOST))
        seconds = time.perf_counter() - started
        passages = {passage.id: passage for passage in material.passages}
        said = folded(" ".join(passage.text for passage in material.passages))
        for item in made:
            broken.update(faults(item, passages))
            broken.update(seen_from_outside(item, passages, said))
        kinds = Counter(item.kind for item in made)
        row = [kinds[kind] for kind in ("multiple_choice", "cloze", "short_answer")]
        print(f"{name[:48]:<50}{len(passages):>9}{row[0]:>8}{row[1]:>7}{row[2]:>7}{seconds:>7.2f}")
        found += [(item, material) for item in made]
    print(f"\n{len(found)} items")
    for rule in RULES:
        print(f"{rule:<28}{broken[rule]:>5}")
    step = max(len(found) // asked.sample, 1) if asked.sample else 0
    for item, material in found[::step][: asked.sample] if step else ():
        show(item, material)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
