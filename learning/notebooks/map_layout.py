"""Where the labels of a mind map stand: the notebook in the middle, its branches to both sides. Pure geometry.

All sizes are in units of the drawing's own view box; type is 15 units high.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from uuid import UUID

from learning.notebooks.aid_presenting import ShownItem

LETTER, LINE, PAD = 8.1, 19.0, 9.0  # mean width of a letter, height of a line, room around the text
ROW = 24  # characters
GAP_X, GAP_Y, EDGE = 46.0, 12.0, 16.0


@dataclass(frozen=True)
class Row:
    x: str
    y: str
    text: str


@dataclass
class Node:
    """A label: `x`, `y` of its upper left corner as strings, for no locale may write them with a comma."""

    id: UUID
    parent: UUID | None
    depth: int
    lang: str
    lines: Sequence[str]
    children: list["Node"] = field(default_factory=list)
    left: float = 0.0
    top: float = 0.0
    side: int = 1

    @property
    def wide(self) -> float:
        return max(len(line) for line in self.lines) * LETTER + 2 * PAD

    @property
    def high(self) -> float:
        return len(self.lines) * LINE + 2 * PAD - 4

    @property
    def x(self) -> str:
        return f"{self.left:.1f}"

    @property
    def y(self) -> str:
        return f"{self.top:.1f}"

    @property
    def width(self) -> str:
        return f"{self.wide:.1f}"

    @property
    def height(self) -> str:
        return f"{self.high:.1f}"

    @property
    def rows(self) -> list[Row]:
        return [
            Row(f"{self.left + PAD:.1f}", f"{self.top + PAD + LINE * n + 12:.1f}", line)
            for n, line in enumerate(self.lines)
        ]


@dataclass(frozen=True)
class Drawing:
    width: str
    height: str
    nodes: Sequence[Node]
    lines: Sequence[str]


def draw(items: Sequence[ShownItem]) -> Drawing | None:
    """The map of an outline; None if there is nothing to draw."""
    nodes = _tree([item for item in items if item.heading and not item.is_withdrawn])
    if not nodes:
        return None
    root = nodes[0]
    right, left = _sides(root)
    height = max(_stack(right, 0.0), _stack(left, 0.0), root.high)
    root.left, root.top = -root.wide / 2, (height - root.high) / 2
    for side, branches in ((1, right), (-1, left)):
        used = sum(_tall(node) for node in branches) + GAP_Y * max(0, len(branches) - 1)
        _stack(branches, (height - used) / 2)
        _spread(root, branches, side)
    _shift(nodes)
    return Drawing(
        width=f"{max(node.left + node.wide for node in nodes) + EDGE:.1f}",
        height=f"{max(node.top + node.high for node in nodes) + EDGE:.1f}",
        nodes=nodes,
        lines=[_line(parent, node) for parent in nodes for node in parent.children],
    )


def _tree(items: Sequence[ShownItem]) -> list[Node]:
    """The items as nodes; whatever has no parent hangs on the first."""
    nodes: list[Node] = []
    way: dict[int, Node] = {}
    for item in items:
        depth = 0 if not nodes else max(1, item.depth)
        parent = next((way[level] for level in range(depth - 1, -1, -1) if level in way), None)
        lines = wrap(item.heading, ROW, max_lines=3, placeholder=" …") or [item.heading[:ROW]]
        node = Node(item.id, parent.id if parent else None, depth, item.lang, lines)
        if parent:
            parent.children.append(node)
        way = {level: held for level, held in way.items() if level < depth} | {depth: node}
        nodes.append(node)
    return nodes


def _sides(root: Node) -> tuple[list[Node], list[Node]]:
    """The branches in their order, split where both sides are about equally tall."""
    total = sum(_tall(node) for node in root.children)
    right: list[Node] = []
    used = 0.0
    for node in root.children:
        if right and used + _tall(node) / 2 > total / 2:
            break
        right.append(node)
        used += _tall(node)
    return right, root.children[len(right) :]


def _tall(node: Node) -> float:
    below = sum(_tall(child) for child in node.children) + GAP_Y * max(0, len(node.children) - 1)
    return max(node.high, below)


def _stack(branches: Sequence[Node], top: float) -> float:
    """Places the branches below each other; returns where the last one ends."""
    for node in branches:
        tall = _tall(node)
        node.top = top + (tall - node.high) / 2
        below = sum(_tall(child) for child in node.children) + GAP_Y * max(0, len(node.children) - 1)
        _stack(node.children, top + (tall - below) / 2)
        top += tall + GAP_Y
    return top - GAP_Y if branches else top


def _spread(root: Node, branches: Sequence[Node], side: int) -> None:
    """Columns to one side: each level begins beyond the widest label of the level before."""
    columns: dict[int, list[Node]] = defaultdict(list)
    waiting = list(branches)
    while waiting:
        node = waiting.pop()
        columns[node.depth].append(node)
        waiting += node.children
    edge = root.wide / 2 + GAP_X
    for depth in sorted(columns):
        for node in columns[depth]:
            node.side = side
            node.left = edge if side > 0 else -edge - node.wide
        edge += max(node.wide for node in columns[depth]) + GAP_X


def _shift(nodes: Sequence[Node]) -> None:
    left, top = min(node.left for node in nodes), min(node.top for node in nodes)
    for node in nodes:
        node.left += EDGE - left
        node.top += EDGE - top


def _line(parent: Node, node: Node) -> str:
    x1 = parent.left + (parent.wide if node.side > 0 else 0)
    x2 = node.left + (0 if node.side > 0 else node.wide)
    y1, y2 = parent.top + parent.high / 2, node.top + node.high / 2
    middle = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
