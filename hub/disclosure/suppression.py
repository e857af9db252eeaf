"""What one table hides by itself: groups that are too small, and so many others that these cannot be worked out."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

Label = Hashable
REST = "rest"  # the label of a table's hidden groups taken together


class Reason(StrEnum):
    """Why a group is not shown."""

    SMALL = "small"  # fewer than k people
    PAGE = "page"  # the page would describe too few people
    COMPLEMENT = "complement"  # it would let a smaller group beside it be worked out
    AUDIT = "audit"  # together with what is published it would
    DOUBT = "doubt"  # it could not be proved safe
    STEADY = "steady"  # too few people joined or left since the last figure about it


@dataclass(frozen=True)
class Cell:
    label: Label
    members: frozenset[int]

    @property
    def people(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Table:
    """Groups that stand side by side.

    `has_total`: their sum is published or known, so that one hidden group alone could be worked out.
    `page`: how many people the page describes on which the table stands; by default the table's own.
    `rank`: tables of a lower rank are decided first; where both cannot be shown, those of a higher one are hidden.
    `merges`: show the hidden groups together as one, where that is safe.
    """

    name: Label
    cells: tuple[Cell, ...]
    has_total: bool = True
    merges: bool = False
    page: int | None = None
    rank: int = 0

    def people_of_page(self) -> int:
        return len(union(self.cells)) if self.page is None else self.page


def union(cells: Iterable[Cell]) -> frozenset[int]:
    return frozenset().union(*(cell.members for cell in cells))


def by_size(cell: Cell) -> tuple[int, str]:
    """The same order whoever asks: by people, then by label."""
    return cell.people, repr(cell.label)


def too_small(table: Table, k: int) -> dict[Label, Reason]:
    return {cell.label: Reason.SMALL for cell in table.cells if cell.people < k}


def complement(table: Table, hidden: dict[Label, Reason], k: int) -> dict[Label, Reason]:
    """Hide the next smallest groups until at least two are hidden that hold k people together."""
    hidden = dict(hidden)
    if not table.has_total or not any(cell.people and cell.label in hidden for cell in table.cells):
        return hidden
    for cell in sorted(table.cells, key=by_size):
        gone = [other for other in table.cells if other.label in hidden and other.people]
        if len(gone) >= 2 and len(union(gone)) >= k:
            break
        hidden.setdefault(cell.label, Reason.COMPLEMENT)
    return hidden


def rest_of(table: Table, hidden: dict[Label, Reason], k: int) -> Cell | None:
    """The hidden groups as one, if that is a group of k people and not simply everybody."""
    gone = [cell for cell in table.cells if cell.label in hidden and cell.people]
    together = union(gone)
    if not table.merges or len(gone) < 2 or len(gone) == len(table.cells) or len(together) < k:
        return None
    return Cell((table.name, REST), together)
