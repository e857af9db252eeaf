"""The linear audit: what can be computed from everything published together, by adding and subtracting.

Each published group is a row of zeros and ones over atoms (people with the same memberships). A group may be
published only if no combination of the rows, with whatever factors, touches some and fewer than k people.
Arithmetic is exact; a question too large to answer counts as answered badly.
"""

from collections.abc import Iterable
from fractions import Fraction
from heapq import heapify, heappop, heappush

Row = dict[int, int | Fraction]

STEPS_ALLOWED = 20_000_000  # entries touched in one audit: some ten seconds
SEARCH_ALLOWED = 20_000  # entries touched to decide about one group


class TooLarge(Exception):
    """The audit would take longer than it may; nothing has been proved."""


class Audit:
    """The span of the published rows, in echelon form with pivots on atoms of k people or more where there are.

    Rows without such an atom span everything computable about small atoms alone, so only they are searched.
    """

    def __init__(self, weights: list[int], k: int) -> None:
        self.weights = weights
        self.k = k
        self._rows: list[Row] = []
        self._pivots: list[int] = []
        self._order_of: dict[int, int] = {}  # pivot atom -> place of its row
        self._small: list[Row] = []
        self._steps = 0

    def add_fact(self, atoms: Iterable[int]) -> bool:
        """A group that is known already. Returns whether everything known together is still safe."""
        rest = self._remainder(atoms)
        is_safe = self._is_safe_with(rest)
        self._insert(rest)
        return is_safe

    def admit(self, atoms: Iterable[int]) -> bool:
        """Publish the group if that is safe; returns whether it was published."""
        rest = self._remainder(atoms)
        if not self._is_safe_with(rest):
            return False
        self._insert(rest)
        return True

    def _remainder(self, atoms: Iterable[int]) -> Row:
        """What the group adds to the span; empty if it could be computed already."""
        work: Row = dict.fromkeys(atoms, 1)
        waiting = [self._order_of[atom] for atom in work if atom in self._order_of]
        heapify(waiting)
        while waiting:
            order = heappop(waiting)
            factor = work.get(self._pivots[order])
            if not factor:
                continue
            row = self._rows[order]
            self._count(len(row))
            for atom, value in row.items():
                if new := work.get(atom, 0) - factor * value:
                    work[atom] = new
                    later = self._order_of.get(atom, -1)
                    if later > order:
                        heappush(waiting, later)
                else:
                    work.pop(atom, None)
        return work

    def _insert(self, rest: Row) -> None:
        if not rest:
            return
        pivot = max(rest, key=lambda atom: (self.weights[atom], -atom))
        scale = rest[pivot]
        row = rest if scale == 1 else {atom: _divided(value, scale) for atom, value in rest.items()}
        self._order_of[pivot] = len(self._rows)
        self._rows.append(row)
        self._pivots.append(pivot)
        if self.weights[pivot] < self.k:
            self._small.append(row)

    def _is_safe_with(self, rest: Row) -> bool:
        """A row that touches an atom of k people or more adds nothing about smaller atoms alone."""
        if not rest or any(self.weights[atom] >= self.k for atom in rest):
            return True
        try:
            return not _touches_few(_connected(rest, self._small), self.weights, self.k)
        except TooLarge:
            return False

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > STEPS_ALLOWED:
            raise TooLarge


def _divided(value: int | Fraction, by: int | Fraction) -> int | Fraction:
    """Whole where it is whole: integers are many times faster."""
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def _connected(row: Row, others: list[Row]) -> list[Row]:
    """The row and those of the others that share atoms with it, directly or through one another."""
    found, atoms, left = [row], set(row), list(others)
    while True:
        near = [other for other in left if not atoms.isdisjoint(other)]
        if not near:
            return found
        left = [other for other in left if atoms.isdisjoint(other)]
        found += near
        atoms.update(*near)


def _touches_few(rows: list[Row], weights: list[int], k: int) -> bool:
    """Whether the span of these independent rows holds a vector, not zero, that touches fewer than k people.

    Each step takes the heaviest open atom and asks both: what if the vector is zero there, what if it counts.
    """
    spent = 0
    waiting: list[tuple[list[Row], frozenset[int], int]] = [(rows, frozenset(), 0)]
    while waiting:
        span, counted, weight = waiting.pop()
        spent += sum(map(len, span))
        if spent > SEARCH_ALLOWED:
            raise TooLarge
        if len(span) == 1:
            if sum(weights[atom] for atom in span[0]) < k:
                return True
            continue
        open_atoms = set().union(*span) - counted
        if not open_atoms:
            return True
        atom = max(open_atoms, key=lambda atom: (weights[atom], -atom))
        waiting.append((_zero_at(atom, span), counted, weight))
        if weight + weights[atom] < k:
            waiting.append((span, counted | {atom}, weight + weights[atom]))
    return False


def _zero_at(atom: int, span: list[Row]) -> list[Row]:
    """A basis of those vectors of the span that are zero at the atom."""
    pivot = next(row for row in span if atom in row)
    result = []
    for row in span:
        if row is pivot:
            continue
        if atom not in row:
            result.append(row)
            continue
        factor = _divided(row[atom], pivot[atom])
        reduced = dict(row)
        for other, value in pivot.items():
            if new := reduced.get(other, 0) - factor * value:
                reduced[other] = new
            else:
                reduced.pop(other, None)
        result.append(reduced)
    return result
