"""What stands at the head or foot of page after page: titles, names and page numbers that are no part of the text."""

import re
from collections import Counter, deque
from itertools import product

EDGE = 3  # lines at each end of a page that may be running ones
MEMORY, SEEN = 4, 2  # a line that stood at the edge of SEEN of the last MEMORY pages runs on
MOST_NUMBERS = 3  # in a line; one with more is a row of figures
PAGE_WORDS = ("seite", "s.", "page", "p.", "pg.", "blatt", "folie", "slide", "von", "of", "/", "-", "|")
NUMBER = re.compile(r"\d{1,9}")
LETTER = re.compile(r"[^\W\d_]")


class RunningLines:
    """Takes the pages in turn; the first pages keep theirs, so that nothing a reader sees is lost altogether."""

    def __init__(self) -> None:
        self.pages: deque[set[str]] = deque(maxlen=MEMORY)

    def without(self, lines: list[str], number: int) -> set[int]:
        """Which lines of the page to leave out."""
        filled = [place for place, line in enumerate(lines) if line]
        reach = min(EDGE, len(filled) // 3)
        edges = {
            place: keys(lines[place], number) for place in {*filled[:reach], *filled[len(filled) - reach :]}
        }
        seen = Counter(key for page in self.pages for key in page)
        self.pages.append({key for found in edges.values() for key in found})
        return {place for place, found in edges.items() if any(seen[key] >= SEEN for key in found)}


def keys(line: str, page: int) -> set[str]:
    """The line in every reading in which each number of it stays the same or counts with the pages."""
    text = " ".join(line.split())
    numbers = list(NUMBER.finditer(text))
    if len(numbers) > MOST_NUMBERS or not text:
        return {text} if text else set()
    shape, choices = NUMBER.sub("#", text), []
    for number in numbers:
        same, counting = f"={number.group()}", f"+{int(number.group()) - page}"
        # A number alone is a page's only if it counts.
        readings = [same] if LETTER.search(text) else []
        choices.append([*readings, counting] if may_count(text, number) else [same])
    return {f"{shape} {' '.join(choice)}" for choice in product(*choices)}


def may_count(text: str, number: re.Match[str]) -> bool:
    """Whether it can be a page's number: "Schritt 3" on the third page is a title of its own."""
    before, after = text[: number.start()].split(), text[number.end() :].split()
    if not LETTER.search(text) or (before and before[-1].lower() in PAGE_WORDS):
        return True
    return (not before or not after) and len(before) + len(after) > 1
