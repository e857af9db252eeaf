"""Colleagues whom a text seems to name. It is a hint: names are also words, and not everybody is written in full."""

import re

from django.db.models import Q

from hub.people.models import User
from hub.words import folded

NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SHORTEST = 3  # letters of a name that stands alone
MOST_WORDS = 500
MOST_NAMES = 5


def named_in(text: str, *, besides: User | None = None) -> list[str]:
    """First, last or full names of people who are here, as the text says them; `besides` may be named."""
    said = NAME.findall(text)[:MOST_WORDS]
    parts = _as_names(said)
    if not parts:
        return []
    people = User.objects.active().filter(Q(first_name__in=parts) | Q(last_name__in=parts))
    if besides:
        people = people.exclude(pk=besides.pk)
    plain, found = f" {folded(text)} ", []
    for first, last in people.values_list("first_name", "last_name").order_by("last_name", "first_name"):
        whole = [f"{first} {last}", f"{last} {first}"]
        if any(f" {folded(name)} " in plain for name in whole):
            found.append(f"{first} {last}")
        else:
            found += [name for name in (first, last) if _stands_alone(name, text)]
    return list(dict.fromkeys(found))[:MOST_NAMES]


def _as_names(said: list[str]) -> set[str]:
    """Each word, pair and three as names are written, also without the s of “Emmas”."""
    parts: set[str] = set()
    for length in (1, 2, 3):
        for start in range(len(said) - length + 1):
            group = said[start : start + length]
            parts |= {" ".join(group), " ".join(_capital(word) for word in group)}
    return parts | {part.removesuffix("s").rstrip("'’") for part in parts}


def _capital(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _stands_alone(name: str, text: str) -> bool:
    """With its capital letter: “mark” is a word, “Mark” may be somebody."""
    if len(name) < SHORTEST:
        return False
    return bool(
        re.search(rf"(?<!\w)(?:{re.escape(name)}|{re.escape(name.upper())})(?:['’]?s|['’]?S)?(?!\w)", text)
    )
