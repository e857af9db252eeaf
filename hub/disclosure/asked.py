"""How many people did something that belongs to no unit of the company, such as asking a notebook in vain.

There is no group to subtract from, so the number itself has to be large enough, and is rounded down.
"""

from hub.disclosure.gate import MINIMUM_GROUP

STEP = 5


def publishable(people: int) -> int | None:
    """The number rounded down to steps of five; None if it is below the smallest group."""
    return people // STEP * STEP if people >= MINIMUM_GROUP else None
