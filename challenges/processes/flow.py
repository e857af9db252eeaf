"""The order of a process and its handoffs, from nodes and arrows alone: pure, stable, and safe with loops."""

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence

Arrows = Mapping[str, Sequence[str]]


def in_flow_order(nodes: Sequence[str], arrows: Arrows) -> list[str]:
    """Each node after those that lead to it, branch by branch; a loop is entered where one gets into it first.

    Nodes that nothing leads to come first in the order given; what cannot be reached from any of them follows.
    """
    led_to = {target for targets in arrows.values() for target in targets}
    starts = [node for node in nodes if node not in led_to]
    seen: set[str] = set()
    reached = _walk(starts, arrows, seen)
    for node in nodes:
        if node not in seen:
            reached += _walk([node], arrows, seen)
    return reached


def _walk(starts: Sequence[str], arrows: Arrows, seen: set[str]) -> list[str]:
    """Depth first, last branch first, so that turning the finished nodes round puts the first branch in front."""
    finished: list[str] = []
    for start in reversed(starts):
        if start in seen:
            continue
        seen.add(start)
        path = [(start, iter(reversed(arrows.get(start, ()))))]
        while path:
            node, targets = path[-1]
            following = next((target for target in targets if target not in seen), None)
            if following is None:
                finished.append(node)
                path.pop()
            else:
                seen.add(following)
                path.append((following, iter(reversed(arrows.get(following, ())))))
    return finished[::-1]


def only_reached_from(
    events: Sequence[str], nodes: Sequence[str], arrows: Arrows, beginnings: Collection[str]
) -> set[str]:
    """These events, and what is reached from them alone: not from the beginnings, nor from what is not behind them."""
    behind = set(_walk(events, arrows, set()))
    others = [*beginnings, *(node for node in nodes if node not in behind)]
    return behind.difference(_walk(others, arrows, set(events)))


def next_steps(step: str, steps: Collection[str], arrows: Arrows) -> set[str]:
    """The steps that may follow directly: over gateways and events, but not over another step."""
    return _next_steps(step, steps, arrows, sys.maxsize)[0]


def _next_steps(step: str, steps: Collection[str], arrows: Arrows, most: int) -> tuple[set[str], int]:
    """And at how many places it looked for them."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(arrows.get(step, ()))
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if len(seen) > most:
            raise TooTangledError
        if node in steps:
            found.add(node)
        else:
            waiting += arrows.get(node, ())
    return found, len(seen)


class TooTangledError(ValueError):
    """More ways lead from step to step than a process can have."""


def handoffs(lane_of: Mapping[str, str], arrows: Arrows, most: int = 2_000_000) -> set[tuple[str, str]]:
    """Pairs of steps that may follow each other and stand in different lanes.

    Raises TooTangledError after looking at `most` places: gateways that join all with all would take quadratic time.
    """
    found: set[tuple[str, str]] = set()
    looked = 0
    for step, lane in lane_of.items():
        following, seen = _next_steps(step, lane_of, arrows, most - looked)
        looked += seen
        found.update((step, other) for other in following if lane_of[other] != lane)
    return found


def arrows_of(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    arrows: dict[str, list[str]] = {}
    for source, target in pairs:
        arrows.setdefault(source, []).append(target)
    return arrows
