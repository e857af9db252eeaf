"""The headings of an outline, and what stands below them. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where an item stands in the outline, and whether it stands on something today."""

    kind: str
    depth: int
    is_cited: bool
    stands: bool


OUTLINES = {"section", "node"}


def orphans(places: Sequence[Place]) -> set[int]:
    """Headings of an outline below which nothing is left: they hold a source's words too, without a quote.

    The first node of a map is the notebook's own title and stays.
    """
    found = set()
    for number, place in enumerate(places):
        if place.kind not in OUTLINES or place.is_cited or (place.kind == "node" and number == 0):
            continue
        below = []
        for other in places[number + 1 :]:
            if other.kind == place.kind and other.depth <= place.depth:
                break
            below.append(other)
        if any(other.is_cited for other in below) and not any(other.stands for other in below):
            found.add(number)
    return found
