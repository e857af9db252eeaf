"""How a number about a group is written down: rounded, and as a range where nearly nobody or nearly everybody counts.

A figure is made once, from the sum that the gate allows; whatever is shown later is the figure, never the sum.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from hub.disclosure.gate import MINIMUM_GROUP

NEARLY_NOBODY = 2  # of these or fewer, and of these or fewer missing, no exact share is shown
LARGE_GROUP = 50
# Nothing narrower than ten points may follow about k-1 people of a group of k (`bounds` in the README): the one left
# and the rounding have to make that up.
WIDE_FROM = 23  # k from which steps of five points no longer do
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


def nearly_nobody(k: int) -> int:
    """A tenth of the largest group too small to be shown, and at least two."""
    return max(NEARLY_NOBODY, -(-(k - 1) // 10))


def figure(
    kind: Kind, *, people: int, counting: int | Decimal, total: int, k: int = MINIMUM_GROUP
) -> Figure | None:
    """`counting` of the group's people have a number other than 0, and `total` is the sum of the numbers.

    Of a share, `counting` may be the sum of parts of people, each between nothing and one.

    `k` is the smallest group that is shown.

    Returns None where not even a range may be said: a mean to which hardly anybody contributed.
    """
    if kind is Kind.SHARE:
        return _share(people, counting, k)
    if kind is Kind.MEAN:
        return _mean(people, counting, total, nearly_nobody(k))
    return Figure(Decimal(total), Decimal(total))


def step_of(people: int, k: int = MINIMUM_GROUP) -> Decimal:
    """Whole percents; five or ten in groups below fifty, or below twice the smallest that is shown."""
    if people >= max(LARGE_GROUP, 2 * k):
        return Decimal(1)
    return Decimal(5 if k < WIDE_FROM else 10)


def _share(people: int, counting: int | Decimal, k: int) -> Figure:
    few, step = nearly_nobody(k), step_of(people, k)
    if counting <= few:
        return Figure(Decimal(0), max(step, to_step(step, HUNDRED * few / people, ROUND_CEILING)))
    if counting >= people - few:
        most = to_step(step, HUNDRED * (people - few) / people, ROUND_FLOOR)
        return Figure(min(most, HUNDRED - step), HUNDRED)
    rounded = to_step(step, HUNDRED * counting / people, ROUND_HALF_UP)
    if rounded == 0:
        return Figure(Decimal(0), step)
    return Figure(rounded, rounded) if rounded < HUNDRED else Figure(HUNDRED - step, HUNDRED)


def _mean(people: int, counting: int, total: int, few: int) -> Figure | None:
    """To tenths, in groups below fifty to halves. Where nearly everybody counts, as if those few had not."""
    step = Decimal("0.1") if people >= LARGE_GROUP else Decimal("0.5")
    if counting <= few:
        return None
    if counting >= people - few:
        low = Decimal(total) * (people - few) / counting / people
        return Figure(to_step(step, low, ROUND_FLOOR), None)
    rounded = to_step(step, Decimal(total) / people, ROUND_HALF_UP)
    return Figure(rounded, rounded)


def to_step(step: Decimal, value: Decimal, rounding: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=rounding) * step
