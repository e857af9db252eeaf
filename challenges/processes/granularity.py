"""Whether the steps of one process are drawn too coarse or too fine to be counted against others: pure."""

from collections.abc import Sequence

from challenges.processes.figures import HasNumbers

FEWEST_TIMED = 5  # of fewer steps one may well take longer than all others
SHORTEST = 1  # minute of work: what takes less is a movement of the hand within a step
MOST_COMPARED = 150  # steps of one process; in a comparison a person has to confirm them


def flags_of(steps: Sequence[HasNumbers]) -> dict[str, int]:
    """By kind how many; empty where nothing stands out. Times are those of one execution, where somebody said them.

    coarse: 1 if a step takes longer than all the others together;
    fine: steps that take work, and less than a minute of it;
    many: how many steps there are, where they are too many to be compared.
    """
    times = [step.touch_minutes for step in steps if step.touch_minutes]
    found = {
        "coarse": int(len(times) >= FEWEST_TIMED and max(times) > sum(times) / 2),
        "fine": sum(time < SHORTEST for time in times),
        "many": len(steps) if len(steps) > MOST_COMPARED else 0,
    }
    return {kind: count for kind, count in found.items() if count}
