"""An attacker who knows every published group and its sum, and looks for groups too small to be published.

It shares no code with the gate: it brute-forces sets of atoms against the row space, in exact arithmetic.
"""

from collections.abc import Sequence
from fractions import Fraction

Groups = Sequence[frozenset[int]]


def recovered(published: Groups, k: int) -> list[frozenset[int]]:
    """Every group of 1 to k-1 people whose sum follows from the published sums."""
    people, kernel = _known(published)
    # A sum follows from others exactly if its row is orthogonal to all that these are orthogonal to.
    return [
        frozenset(person for atom in chosen for person in people[atom])
        for chosen in _small_sets([len(found) for found in people], k)
        if all(sum(vector[atom] for atom in chosen) == 0 for vector in kernel)
    ]


def touched(published: Groups, k: int) -> list[frozenset[int]]:
    """Every group of 1 to k-1 people about whom alone something follows, with whatever factors: one minus another."""
    people, kernel = _known(published)
    return [
        frozenset(person for atom in chosen for person in people[atom])
        for chosen in _small_sets([len(found) for found in people], k)
        if _kernel([[vector[atom] for atom in chosen] for vector in kernel], len(chosen))
    ]


def _known(published: Groups) -> tuple[list[list[int]], list[list[Fraction]]]:
    """The people of each atom, and a basis of what is orthogonal to everything published."""
    standing: dict[tuple[bool, ...], list[int]] = {}
    for person in sorted(frozenset().union(*published)):
        standing.setdefault(tuple(person in group for group in published), []).append(person)
    rows = [[Fraction(atom[number]) for atom in standing] for number in range(len(published))]
    return list(standing.values()), _kernel(rows, len(standing))


def _small_sets(sizes: list[int], k: int) -> list[tuple[int, ...]]:
    """Sets of atoms that hold fewer than k people together."""
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[int, tuple[int, ...], int]] = [(0, (), 0)]
    while waiting:
        start, chosen, people = waiting.pop()
        for atom in range(start, len(sizes)):
            if people + sizes[atom] < k:
                found.append((*chosen, atom))
                waiting.append((atom + 1, (*chosen, atom), people + sizes[atom]))
    return found


def _kernel(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of the vectors orthogonal to all rows, by Gauss and Jordan on fractions."""
    matrix = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(width):
        rank = len(pivots)
        pick = next((number for number in range(rank, len(matrix)) if matrix[number][column]), None)
        if pick is None:
            continue
        matrix[rank], matrix[pick] = matrix[pick], matrix[rank]
        lead = matrix[rank][column]
        matrix[rank] = [value / lead for value in matrix[rank]]
        for number, row in enumerate(matrix):
            if number != rank and row[column]:
                factor = row[column]
                matrix[number] = [a - factor * b for a, b in zip(row, matrix[rank], strict=True)]
        pivots.append(column)
    kernel = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for number, pivot in enumerate(pivots):
            vector[pivot] = -matrix[number][free]
        kernel.append(vector)
    return kernel
