"""The linear audit: what can be computed from everything published together, by adding and subtracting.

Each published group is a row of zeros and ones over atoms (people with the same memberships). A group may be
published only if no combination of the rows, with whatever factors, touches some and fewer than k people because of it.
Arithmetic is exact; a question too large to answer counts as answered badly.
"""

from collections.abc import Iterable

from hub.disclosure.echelons import Echelon, Packing, Row, TooLarge
from hub.disclosure.search import touches_few

STEPS_ALLOWED = 20_000_000  # entries touched in one audit: some ten seconds


class Audit:
    """The span of the published rows, in echelon form with pivots on atoms of k people or more where there are.

    Rows without such an atom span everything computable about small atoms alone, so only they are asked about: first
    whether k bases of different people prove it safe at once (`Packing`), and only if not, by a search.
    An atom of weight 0 stands for people who were erased: they are known of no more, and count for nobody.
    """

    def __init__(self, weights: list[int], k: int) -> None:
        self.weights = weights
        self.k = k
        self._all = Echelon(STEPS_ALLOWED)
        self._packing = Packing(weights, k, STEPS_ALLOWED)
        self._parts = _Parts()

    def add_fact(self, atoms: Iterable[int]) -> bool:
        """A group that is known already. Returns whether everything known together is still safe."""
        return self._add(self._all.remainder(dict.fromkeys(atoms, 1)), is_fact=True)

    def admit(self, atoms: Iterable[int]) -> bool:
        """Publish the group if that is safe; returns whether it was published."""
        return self._add(self._all.remainder(dict.fromkeys(atoms, 1)), is_fact=False)

    def add_proved(self, atoms: Iterable[int]) -> list[int]:
        """A group that was shown to be safe when it was decided. Returns the atoms about which that cannot be proved
        at once again, now that they are finer; nothing if it can, or if it adds nothing.
        """
        rest = self._all.remainder(dict.fromkeys(atoms, 1))
        if not rest:
            return []
        pivot = max(rest, key=lambda atom: (self.weights[atom], -atom))
        is_packed = self.weights[pivot] >= self.k or self._packing.add(rest)
        self._all.insert(rest, pivot)
        if self.weights[pivot] and self.weights[pivot] < self.k:
            self._parts.add(rest, is_loose=not is_packed)
        return [] if is_packed else self._packing.unproved

    def _add(self, rest: Row, *, is_fact: bool) -> bool:
        """`rest` is what the group adds to the span; empty if it could be computed already."""
        if not rest:
            return True
        pivot = max(rest, key=lambda atom: (self.weights[atom], -atom))
        if self.weights[pivot] >= self.k:  # it adds nothing about smaller atoms alone
            self._all.insert(rest, pivot)
            return True
        is_packed = not self._parts.is_loose(rest) and self._packing.add(rest)
        is_safe = is_packed or self._is_safe(rest)
        if is_safe or is_fact:
            self._all.insert(rest, pivot)
            if self.weights[pivot]:
                self._parts.add(rest, is_loose=not is_packed)
        return is_safe

    def _is_safe(self, rest: Row) -> bool:
        if sum(self.weights[atom] for atom in rest) < self.k:
            return False
        try:
            return not touches_few(rest, self._parts.rows_near(rest), self.weights, self.k)
        except TooLarge:
            return False


class _Parts:
    """The rows over small atoms, in parts that share no atom. A loose part holds a row that could not be packed."""

    def __init__(self) -> None:
        self._part_of: dict[int, int] = {}  # atom -> part
        self._rows: dict[int, list[Row]] = {}
        self._loose: set[int] = set()

    def _near(self, row: Row) -> set[int]:
        return {self._part_of[atom] for atom in row if atom in self._part_of}

    def is_loose(self, row: Row) -> bool:
        return not self._loose.isdisjoint(self._near(row))

    def rows_near(self, row: Row) -> list[Row]:
        return [other for part in sorted(self._near(row)) for other in self._rows[part]]

    def add(self, row: Row, *, is_loose: bool) -> None:
        """Joins the parts that the row touches into the largest of them."""
        near = self._near(row)
        into = max(near, key=lambda part: len(self._rows[part]), default=len(self._part_of))
        rows = self._rows.setdefault(into, [])
        for part in near - {into}:
            gone = self._rows.pop(part)
            for other in gone:
                self._part_of.update(dict.fromkeys(other, into))
            rows += gone
        rows.append(row)
        self._part_of.update(dict.fromkeys(row, into))
        if is_loose or not self._loose.isdisjoint(near):
            self._loose = (self._loose - near) | {into}
