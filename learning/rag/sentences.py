"""Where German and English sentences end.

A full stop ends a sentence unless an abbreviation, an ordinal, an initial or a list number stands before
it ("Abs. 1 Nr. 6", "z. B.", "3. Oktober", "Dr. Weber"). A line end inside a wrapped paragraph does not.
"""

import re
from itertools import pairwise

from learning.rag.analysers import LANGUAGES
from learning.rag.languages import detect

# A mark is taken at the beginning of its run and never given back, so that a million dots cost no more than
# once through. The last alternative is a blank lost between two sentences: "fand statt.Am selben Tag".
CANDIDATE = re.compile(
    r"(?<![.!?…])[.!?…]++(?:\[\d{1,4}\])*+[\"'»«“”’)\]]*+(?=\s)|\n++[ \t]*+"
    r"|(?:(?<=[a-zäöüß]{3})|(?<=\d{4}))[.!?](?=[A-ZÄÖÜ][a-zäöüß]{0,30}[ ,])"
)
BEFORE = re.compile(r"[\w\-]+$")
NEXT = re.compile(r"\s{0,20}[\"'„“»«(\[]{0,3}(\w{1,30}|\S)")
BULLET = re.compile(r"[ \t]*(?:[-*•–·▪]|\(?\d{1,3}[.)]|[a-z]\))[ \t]")
# "37 °C. The", "for 1 h. The": a letter that ends a sentence, unlike an initial.
UNIT = re.compile(r"°\s?C$|\d\s?[hgm]$")
CONTINUED = re.compile(r"[ \t]*[a-zäöüß]")
ROMAN = re.compile(r"[IVX]+$")
ABBREVIATIONS = frozenset().union(*(language.abbreviations for language in LANGUAGES.values()))
MONTHS = frozenset().union(*(language.months for language in LANGUAGES.values()))
# These are also ordinary words, or end sentences themselves: an abbreviation only before a number.
AMBIGUOUS = frozenset(
    (
        "no",
        "art",
        "max",
        "min",
        "co",
        "col",
        "sec",
        "etc",
        "usw",
        "usf",
        "al",
        "par",
        "fig",
        "mar",
        "tab",
        "ex",
        "inc",
    )
)
INDENT = 8  # characters before a list number
WRAPPED_LINE = 55  # characters; a shorter line ends because its writer ended it
NARROW_LINE = 25  # the same where the next one goes on with a small letter, as in columns


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, without the blanks around it."""
    is_german = detect(text) != "en"
    found, start = [], 0
    for candidate in CANDIDATE.finditer(text):
        if ends_sentence(text, candidate, start, is_german):
            found.append((start, candidate.end()))
            start = candidate.end()
    found.append((start, len(text)))
    return [span for span in (strip(text, *span) for span in found) if span[0] < span[1]]


def pieces(text: str) -> list[str]:
    """The sentences together with the blanks after them: joined they are the text again."""
    starts = [0, *(start for start, _ in spans(text)[1:]), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def ends_sentence(text: str, candidate: re.Match[str], start: int, is_german: bool) -> bool:
    mark = candidate.group()
    if mark[0] == "\n":
        return ends_line(text, candidate)
    following = NEXT.match(text, candidate.end())
    next_word = following.group(1) if following else ""
    if next_word[:1].islower():
        return False
    if mark != ".":
        return True
    match = BEFORE.search(text, max(start, candidate.start() - 40), candidate.start())
    word = match.group() if match else ""
    return not is_guarded(text, word, next_word, candidate.start() - len(word), is_german)


def is_guarded(text: str, word: str, next_word: str, position: int, is_german: bool) -> bool:
    """Whether the full stop after `word` belongs to the word."""
    if word.isdigit():
        is_list_number = not text[max(position - INDENT, 0) : position].rpartition("\n")[2].strip()
        return len(word) <= 2 and (is_german or is_list_number or next_word.lower() in MONTHS)
    if len(word) == 1 and word.isalpha():
        return not UNIT.search(text, max(position - 4, 0), position + 1)
    if is_german and ROMAN.match(word):
        return True
    lowered = word.lower()
    if lowered not in ABBREVIATIONS:
        return False
    return lowered not in AMBIGUOUS or any(character.isdigit() for character in next_word)


def ends_line(text: str, candidate: re.Match[str]) -> bool:
    """Whether a line end is more than the wrapping of a long paragraph."""
    if candidate.group().count("\n") > 1 or BULLET.match(text, candidate.end()):
        return True
    line = text[max(candidate.start() - 2 * WRAPPED_LINE, 0) : candidate.start()].rpartition("\n")[2]
    last = line.rstrip()[-1:]
    if last in ".!?:":
        return True
    is_continued = last in ",-" or bool(CONTINUED.match(text, candidate.end()))
    return len(line) < (NARROW_LINE if is_continued else WRAPPED_LINE)
