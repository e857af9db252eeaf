"""How a number about a group is written down: rounded, and as a range where nearly nobody or nearly everybody counts.

A figure is made once, from the sum that the gate allows; whatever is shown later is the figure, never the sum.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

NEARLY_NOBODY = 2  # of these or fewer, and of these or fewer missing, no exact share is shown
LARGE_GROUP = 50
HUNDRED = Decimal(100)


class Kind(StrEnum):
    SHARE = "share"  # of the group's people, in percent
    MEAN = "mean"  # a member
    SUM = "sum"  # of the group


@dataclass(frozen=True)
class Figure:
    """The true figure lies between `low` and `high`; None: no upper limit is said."""

    low: Decimal
    high: Decimal | None


def figure(kind: Kind, *, people: int, counting: int, total: int) -> Figure | None:
    """`counting` of the group's people have a number other than 0, and `total` is the sum of the numbers.

    Returns None where not even a range may be said: a mean to which hardly anybody contributed.
    """
    if kind is Kind.SHARE:
        return _share(people, counting)
    if kind is Kind.MEAN:
        return _mean(people, counting, total)
    return Figure(Decimal(total), Decimal(total))


def _share(people: int, counting: int) -> Figure:
    """To whole percents, in groups below fifty to steps of five."""
    step = Decimal(1 if people >= LARGE_GROUP else 5)
    if counting <= NEARLY_NOBODY:
        return Figure(Decimal(0), max(step, _to(step, HUNDRED * NEARLY_NOBODY / people, ROUND_CEILING)))
    if counting >= people - NEARLY_NOBODY:
        most = _to(step, HUNDRED * (people - NEARLY_NOBODY) / people, ROUND_FLOOR)
        return Figure(min(most, HUNDRED - step), HUNDRED)
    rounded = _to(step, HUNDRED * counting / people, ROUND_HALF_UP)
    if rounded == 0:
        return Figure(Decimal(0), step)
    return Figure(rounded, rounded) if rounded < HUNDRED else Figure(HUNDRED - step, HUNDRED)


def _mean(people: int, counting: int, total: int) -> Figure | None:
    """To tenths, in groups below fifty to halves. Where nearly everybody counts, as if two had not."""
    step = Decimal("0.1") if people >= LARGE_GROUP else Decimal("0.5")
    if counting <= NEARLY_NOBODY:
        return None
    if counting >= people - NEARLY_NOBODY:
        low = Decimal(total) * (people - NEARLY_NOBODY) / counting / people
        return Figure(_to(step, low, ROUND_FLOOR), None)
    rounded = _to(step, Decimal(total) / people, ROUND_HALF_UP)
    return Figure(rounded, rounded)


def _to(step: Decimal, value: Decimal, rounding: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=rounding) * step
