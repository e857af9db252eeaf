"""Figures wide enough that the share of fewer than k people cannot be narrowed to less than ten points.

The audit rules out that a small group's figure follows exactly. Where nearly nobody or nearly everybody counts it could
still follow nearly: whoever knows that shares lie between 0 and 100 % learns much from sums close to either end. So
every small atom (people who stand in the same groups) needs a proof that its number could as well be another by a tenth
of k people: alone, within the rounding of the groups around it, or in exchange with others of these groups. Where none
is found, the figures in the way become ranges.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from heapq import heappop, heappush
from itertools import count

from hub.disclosure.figures import HUNDRED, Figure, step_of, to_step

PARTNERS_TRIED = 60
LARGEST_EXCHANGE = 6
BREADTH = 12
TRIES = 60
TENTH = 0.1
TOLERANCE = 1e-9
UP, DOWN = 1, -1


@dataclass
class Told:
    """A group's figure, and what is behind it: `counting` of `people`."""

    people: int
    counting: int
    figure: Figure
    k: int

    def slack(self, direction: int) -> Decimal:
        """How many more (or fewer) people could count without another figure."""
        low, high = self.figure.low, self.figure.high or self.figure.low
        half = step_of(self.people, self.k) / 2 if low == high else Decimal(0)
        end = high + half if direction == UP else low - half
        return direction * (end * self.people / HUNDRED - self.counting)

    def widen(self, direction: int, margin: Decimal) -> None:
        """Make it a range that reaches so many people further, and no less far to the other side."""
        step, low, high = step_of(self.people, self.k), self.figure.low, self.figure.high or self.figure.low
        if low == high:
            low, high = low - step, high + step
        end = HUNDRED * (self.counting + direction * margin) / self.people
        if direction == UP:
            high = max(high, to_step(step, end, ROUND_CEILING))
        else:
            low = min(low, to_step(step, end, ROUND_FLOOR))
        self.figure = Figure(max(low, Decimal(0)), min(high, HUNDRED))


@dataclass(frozen=True, eq=False)
class Atom:
    """People who stand in the same groups, given by their numbers."""

    groups: frozenset[int]
    people: int
    counting: int

    def room(self, direction: int) -> int:
        return self.people - self.counting if direction == UP else self.counting


def widen_where_needed(told: Sequence[Told], atoms: Sequence[Atom]) -> int:
    """Turns figures of `told` into ranges where a small atom needs it. Returns how many became wider."""
    before = [one.figure for one in told]
    room = _Room(told, atoms)
    for atom in atoms:
        k = max((told[group].k for group in atom.groups), default=0)
        if atom.people < k:
            room.make(atom, k)
    return sum(one.figure != figure for one, figure in zip(told, before, strict=True))


def _margin(atom: Atom, k: int, direction: int) -> float:
    """Ten points of the largest group too small to be shown; of tiny atoms as much as there is of them."""
    return min(TENTH * (k - 1), atom.room(direction))


@dataclass
class _Exchange:
    """Atoms that go up or down together by one margin; by how many each group does; and whose figure would change."""

    moved: dict[Atom, int]
    net: dict[int, int]
    off: dict[int, int]

    def against(self, atom: Atom) -> int:
        """The people of the smallest atom that goes the other way; a small group may hold it, too."""
        others = [other.people for other, sign in self.moved.items() if sign != self.moved[atom]]
        return min(others, default=sum(other.people for other in self.moved))


NOTHING = _Exchange({}, {}, {})


class _Room:
    """Looks for other numbers of people that would have given the same figures."""

    def __init__(self, told: Sequence[Told], atoms: Sequence[Atom]) -> None:
        self._told = told
        self._slack: dict[tuple[int, int], float] = {}
        self._atoms_in: defaultdict[int, list[Atom]] = defaultdict(list)
        for atom in sorted(atoms, key=lambda atom: -atom.people):
            for group in atom.groups:
                self._atoms_in[group].append(atom)

    def make(self, atom: Atom, k: int) -> None:
        """See that the atom's number could be another, by widening as few figures as can be found."""
        margins = {direction: _margin(atom, k, direction) for direction in (UP, DOWN)}
        enough = min(TENTH * (k - 1), atom.people)
        nearest: list[tuple[int, int, float, _Exchange]] = []
        for direction, margin in margins.items():
            if margin < enough and margin < margins[-direction]:
                continue
            best = self._search(atom, k, direction, margin)
            if best is None:
                return
            nearest.append((len(best.off), -direction, margin, best))
        _off, _direction, margin, best = min(nearest, key=lambda found: found[:3])
        for group, amount in best.off.items():
            self._told[group].widen(UP if amount > 0 else DOWN, Decimal(abs(amount) * margin))
            self._slack.pop((group, UP), None)
            self._slack.pop((group, DOWN), None)

    def _slack_of(self, group: int, direction: int) -> float:
        key = (group, direction)
        if key not in self._slack:
            self._slack[key] = float(self._told[group].slack(direction)) + TOLERANCE
        return self._slack[key]

    def _search(self, atom: Atom, k: int, direction: int, margin: float) -> _Exchange | None:
        """None if the atom is free: alone, or in exchanges that share nobody and hold k people with it, so that no
        small group holds a part of each. Else what would make it free with the fewest figures changed.
        """
        people, spent = atom.people, {atom}
        nearest = self._with(NOTHING, atom, direction, margin)
        while (found := self._nearest(atom, k, direction, margin, spent)) is not None:
            if found.off:
                return min(nearest, found, key=lambda one: len(one.off))
            people += found.against(atom)
            if people >= k or len(found.moved) == 1:
                return None
            spent |= found.moved.keys()
        return nearest

    def _nearest(
        self, atom: Atom, k: int, direction: int, margin: float, spent: set[Atom]
    ) -> _Exchange | None:
        """An exchange that changes no figure, else the one that changes fewest and is enough alone.

        What is most promising is tried first, and worked out only then.
        """
        numbers = count()
        waiting: list[tuple[int, int, _Exchange, Atom, int]] = []
        heappush(waiting, (0, next(numbers), NOTHING, atom, direction))
        nearest = None
        for _try in range(TRIES):
            if not waiting:
                break
            *_order, before, other, sign = heappop(waiting)
            exchange = self._with(before, other, sign, margin)
            if not exchange.off:
                return exchange
            is_enough = len(exchange.moved) == 1 or atom.people + exchange.against(atom) >= k
            if is_enough and (nearest is None or len(exchange.off) < len(nearest.off)):
                nearest = exchange
            if len(exchange.moved) < LARGEST_EXCHANGE:
                for left, more, way in self._one_more(exchange, margin, spent):
                    heappush(waiting, (left, next(numbers), exchange, more, way))
        return nearest

    def _with(self, exchange: _Exchange, other: Atom, sign: int, margin: float) -> _Exchange:
        net, off = exchange.net.copy(), exchange.off.copy()
        for group in other.groups:
            amount = net[group] = net.get(group, 0) + sign
            if amount and abs(amount) * margin > self._slack_of(group, UP if amount > 0 else DOWN):
                off[group] = amount
            else:
                off.pop(group, None)
        return _Exchange({**exchange.moved, other: sign}, net, off)

    def _one_more(self, exchange: _Exchange, margin: float, spent: set[Atom]) -> list[tuple[int, Atom, int]]:
        """Atoms that bring a group back, and how many would be left: those that bring back most, the largest first."""
        off = exchange.off
        group = min(off, key=lambda group: (len(self._atoms_in[group]), group))
        sign = DOWN if off[group] > 0 else UP
        wanted = {group for group, amount in off.items() if amount * sign < 0}
        fitting = [
            (len(off) - len(wanted & other.groups), number, other)
            for number, other in enumerate(self._atoms_in[group][:PARTNERS_TRIED])
            if other not in exchange.moved and other not in spent and other.room(sign) >= margin
        ]
        fitting.sort(key=lambda found: found[:2])
        return [(left, other, sign) for left, _number, other in fitting[:BREADTH]]
