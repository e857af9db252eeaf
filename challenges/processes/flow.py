"""The order of a process and its handoffs, from nodes and arrows alone: pure, stable, and safe with loops."""

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


def next_steps(step: str, steps: Collection[str], arrows: Arrows) -> set[str]:
    """The steps that may follow directly: over gateways and events, but not over another step."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(arrows.get(step, ()))
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in steps:
            found.add(node)
        else:
            waiting += arrows.get(node, ())
    return found


def handoffs(lane_of: Mapping[str, str], arrows: Arrows) -> set[tuple[str, str]]:
    """Pairs of steps that may follow each other and stand in different lanes."""
    return {
        (step, following)
        for step, lane in lane_of.items()
        for following in next_steps(step, lane_of, arrows)
        if lane_of[following] != lane
    }


def arrows_of(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    arrows: dict[str, list[str]] = {}
    for source, target in pairs:
        arrows.setdefault(source, []).append(target)
    return arrows
