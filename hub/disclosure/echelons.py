"""Rows in echelon form, exactly; and as many bases of different people as a group must have members.

If every combination of the rows that is not zero has to differ from zero on each of k sets of people that share
nobody, it touches k people. So k such sets are a proof, at the cost of k eliminations; a search has no such bound.
"""

from collections import Counter
from fractions import Fraction
from heapq import heapify, heappop, heappush

Row = dict[int, int | Fraction]


class TooLarge(Exception):
    """The audit would take longer than it may; nothing has been proved."""


class Echelon:
    """Independent rows, each zero at the pivots of those before it and one at its own."""

    def __init__(self, steps_allowed: int) -> None:
        self.rows: list[Row] = []
        self.pivots: list[int] = []
        self.order_of: dict[int, int] = {}  # pivot atom -> place of its row
        self.steps_left = steps_allowed

    def copy(self) -> "Echelon":
        twin = Echelon(self.steps_left)
        twin.rows, twin.pivots, twin.order_of = list(self.rows), list(self.pivots), dict(self.order_of)
        return twin

    def remainder(self, row: Row) -> Row:
        """What the row adds to the span; empty if it lies in it. Raises TooLarge."""
        work = dict(row)
        waiting = [self.order_of[atom] for atom in work if atom in self.order_of]
        heapify(waiting)
        while waiting:
            order = heappop(waiting)
            factor = work.get(self.pivots[order])
            if not factor:
                continue
            found = self.rows[order]
            self.steps_left -= len(found)
            if self.steps_left < 0:
                raise TooLarge
            for atom, value in found.items():
                if new := work.get(atom, 0) - factor * value:
                    work[atom] = new
                    later = self.order_of.get(atom, -1)
                    if later > order:
                        heappush(waiting, later)
                else:
                    work.pop(atom, None)
        return work

    def insert(self, rest: Row, pivot: int) -> None:
        scale = rest[pivot]
        row = rest if scale == 1 else {atom: divided(value, scale) for atom, value in rest.items()}
        self.order_of[pivot] = len(self.rows)
        self.rows.append(row)
        self.pivots.append(pivot)


class Packing:
    """k echelon forms of the same rows whose pivots are k different people each time.

    Forms that are still the same are kept once, with how many they stand for.
    """

    def __init__(self, weights: list[int], k: int, steps_allowed: int) -> None:
        self.weights = weights
        self._forms: list[tuple[int, Echelon]] = [(k, Echelon(steps_allowed))]
        self.unproved: list[
            int
        ] = []  # atoms that the row which failed last comes down to in one of the forms
        self._used: Counter[int] = Counter()  # atom -> how many of its people are pivots

    def add(self, row: Row) -> bool:
        """Whether the row could be added in all forms; if not, nothing changed."""
        people = {atom: value for atom, value in row.items() if self.weights[atom]}
        used = self._used.copy()
        planned: list[tuple[Echelon, Row, list[tuple[int, int]]]] = []
        for times, form in self._forms:
            rest = form.remainder(people)
            choices = self._choose(rest, times, used)
            if not choices:
                self.unproved = list(rest)
                return False
            planned.append((form, rest, choices))
        self._used = used
        self._forms = []
        for form, rest, choices in planned:
            twins = [form, *(form.copy() for _more in choices[1:])]
            for twin, (pivot, times) in zip(twins, choices, strict=True):
                twin.insert(rest, pivot)
                self._forms.append((times, twin))
        return True

    def _choose(self, rest: Row, times: int, used: Counter[int]) -> list[tuple[int, int]]:
        """Atoms with people left for so many forms, and how many take each; nothing if there are too few."""
        free = sorted((used[atom] - self.weights[atom], atom) for atom in rest)
        choices = []
        for taken, atom in free:
            if not times or taken >= 0:
                break
            share = min(times, -taken)
            used[atom] += share
            times -= share
            choices.append((atom, share))
        return [] if times else choices


def divided(value: int | Fraction, by: int | Fraction) -> int | Fraction:
    """Whole where it is whole: integers are many times faster."""
    if type(value) is int and type(by) is int and not value % by:
        return value // by
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient
