"""Whether what a learner gave is right. Pure; forgiving about spelling, not about meaning.

Case, punctuation, ä/ae and ß/ss, thousands separators and a leading article make no difference; in a word of
six letters or more one slip of the keyboard does not either, in a number every digit counts.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

ARTICLES = frozenset(
    [
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "einer",
        "eines",
        "the",
        "a",
        "an",
    ]
)
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
GROUPED = re.compile(r"(?<=\d)[.,'\u202f\u00a0 ](?=\d{3}\b)")
SHORTEST_FORGIVING = 6  # letters


def is_right(kind: str, data: Mapping[str, Any], given: str) -> bool:
    """`given` is the number of the option for multiple choice, else what was typed."""
    if kind == "multiple_choice":
        return is_number(given) and int(given) == data["right"]
    accepted = [data["answer"], *data.get("accepted", [])]
    return any(is_same(given, answer) for answer in accepted)


def is_number(given: str) -> bool:
    """Whether `int` reads it: "²" is a digit and no number."""
    return given.isascii() and given.isdigit() and len(given) < 4


def is_same(given: str, answer: str) -> bool:
    ours, theirs = normal(answer), normal(given)
    if not theirs or len(ours) != len(theirs):
        return False
    return all(is_close(a, b) for a, b in zip(ours, theirs, strict=True))


def normal(text: str) -> Sequence[str]:
    """The words that count."""
    text = GROUPED.sub("", text.casefold()).translate(FOLDED)
    words = re.findall(r"\w+(?:[.,]\d+)*", text)
    without = words[1:] if len(words) > 1 and words[0] in ARTICLES else words
    return [word.replace(",", ".") if word[0].isdigit() else word for word in without]


def is_close(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) < SHORTEST_FORGIVING or any(character.isdigit() for character in a + b):
        return False
    return _one_slip(a, b)


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, make one word the other."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    )
