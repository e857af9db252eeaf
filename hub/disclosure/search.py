"""The exact question where no proof is at hand: does a row, less some of others, touch fewer than k people."""

from hub.disclosure.echelons import Row, TooLarge, divided

SEARCH_ALLOWED = 20_000  # entries touched to decide about one group


def touches_few(row: Row, others: list[Row], weights: list[int], k: int) -> bool:
    """Whether the row plus some combination of the others touches fewer than k people. All are independent.

    Each step takes the heaviest open atom and asks both: what if the sum is zero there, what if it counts.
    Raises TooLarge.
    """
    spent = 0
    waiting: list[tuple[Row, list[Row], frozenset[int], int]] = [(row, others, frozenset(), 0)]
    while waiting:
        row, others, counted, weight = waiting.pop()
        spent += len(row) + sum(map(len, others))
        if spent > SEARCH_ALLOWED:
            raise TooLarge
        if not others:
            if sum(weights[atom] for atom in row) < k:
                return True
            continue
        open_atoms = set(row).union(*others) - counted
        if not open_atoms:
            return True
        atom = max(open_atoms, key=lambda atom: (weights[atom], -atom))
        if (without := _zero_at(atom, row, others)) is not None:
            waiting.append((*without, counted, weight))
        if weight + weights[atom] < k:
            waiting.append((row, others, counted | {atom}, weight + weights[atom]))
    return False


def _zero_at(atom: int, row: Row, others: list[Row]) -> tuple[Row, list[Row]] | None:
    """The same sums as far as they are zero at the atom; None if none is."""
    pivot = next((other for other in others if atom in other), None)
    if pivot is None:
        return None
    return _cleared(atom, row, pivot), [
        _cleared(atom, other, pivot) for other in others if other is not pivot
    ]


def _cleared(atom: int, row: Row, pivot: Row) -> Row:
    if atom not in row:
        return row
    factor = divided(row[atom], pivot[atom])
    reduced = dict(row)
    for other, value in pivot.items():
        if new := reduced.get(other, 0) - factor * value:
            reduced[other] = new
        else:
            reduced.pop(other, None)
    return reduced
