"""An attacker with a linear programme: between which limits the share of a small group must lie, given every figure.

A person's fact is anything between 0 and 1. A rounded figure says that the true one lies within half a step of it.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

import highspy
import numpy as np

from hub.disclosure.figures import Figure

Published = tuple[
    frozenset[int], Figure, float
]  # the people, what is said in percent, and the step it is rounded to


class Limits:
    """Everything published as constraints over atoms, people who stand in the same groups."""

    def __init__(self, published: list[Published]) -> None:
        standing: dict[tuple[bool, ...], list[int]] = {}
        everybody = frozenset().union(*(people for people, _figure, _step in published))
        for person in sorted(everybody):
            standing.setdefault(tuple(person in people for people, *_rest in published), []).append(person)
        self.people = list(standing.values())
        self.sizes = [len(people) for people in self.people]
        self._possible: list[np.ndarray] = []  # what the solver found that fits every figure
        self._solver = highspy.Highs()
        self._solver.silent()
        self._costly: list[int] = []
        for size in self.sizes:
            self._solver.addVar(0.0, float(size))
        for number, (people, figure, step) in enumerate(published):
            slack = step / 2 if figure.low == figure.high else 0.0
            inside = [atom for atom, stands in enumerate(standing) if stands[number]]
            low, high = float(figure.low) - slack, float(figure.high) + slack
            self._solver.addRow(
                low / 100 * len(people), high / 100 * len(people), len(inside), inside, [1.0] * len(inside)
            )

    def width(self, atoms: Iterable[int]) -> float:
        """How many points apart the lowest and the highest possible share of these people are."""
        chosen = list(atoms)
        for atom in self._costly:
            self._solver.changeColCost(atom, 0.0)
        for atom in chosen:
            self._solver.changeColCost(atom, 1.0)
        self._costly = chosen
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self._solver.changeObjectiveSense(sense)
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise ValueError("The published figures contradict each other.")
            ends.append(self._solver.getObjectiveValue())
            self._possible.append(np.asarray(self._solver.getSolution().col_value))
        return 100 * (ends[1] - ends[0]) / sum(self.sizes[atom] for atom in chosen)

    def narrowest(self, k: int, enough: float, named: frozenset[int] = frozenset()) -> float:
        """The least width of atoms of fewer than k people and of pairs of them, or `enough` if none is below it.

        Whoever is `named` agreed to be known, and is asked about no more.
        Two possible worlds that lie that far apart spare the programme: the width is at least their distance.
        """
        found = enough
        few = [
            atom
            for atom, size in enumerate(self.sizes)
            if size < k and not named.issuperset(self.people[atom])
        ]
        for atom in few:
            found = min(found, self.width([atom]))
        worlds = np.array(self._possible).reshape(-1, len(self.sizes))
        for first, second in combinations(few, 2):
            people = self.sizes[first] + self.sizes[second]
            if people < k and np.ptp(worlds[:, first] + worlds[:, second]) * 100 < enough * people:
                found = min(found, self.width([first, second]))
        return found

    def small(self, k: int) -> Iterator[tuple[int, ...]]:
        """Atoms of fewer than k people, and pairs of them."""
        few = [atom for atom, size in enumerate(self.sizes) if size < k]
        yield from ((atom,) for atom in few)
        yield from (pair for pair in combinations(few, 2) if sum(self.sizes[atom] for atom in pair) < k)
