"""Draws a list of steps: one pool, its lanes one below the other, the steps from left to right, as BPMN 2.0 with
its diagram. A hand-over to a free place straight below or above stays in its column; long lists wrap into rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from challenges.processes.steps_csv import StepLine

TAG_OF = {
    "task": "task",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "script": "scriptTask",
    "rule": "businessRuleTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "subprocess": "subProcess",
}
NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
MOST_COLUMNS = 10
WIDE, HIGH = 120, 90  # a step
ACROSS, DOWN = 160, 120  # from one to the next
HEAD = 30  # of the pool and of each lane
EVENT = 36
MARGIN = 40
START_ROOM = 96  # between a lane's head and its first column

Point = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    lane: int
    band: int
    column: int


def draw(title: str, lines: Sequence[StepLine]) -> str:
    """The document for the list, in which every step has the id `step-<place>`."""
    lanes = list(dict.fromkeys(line.lane for line in lines))
    cells = place([lanes.index(line.lane) for line in lines])
    return _document(title, lines, lanes, cells)


def place(lanes: Sequence[int]) -> list[Cell]:
    """A cell for each step, given the lane of each; wraps evenly where one row would be too long."""
    cells = _place(lanes, len(lanes))
    columns = max(cell.column for cell in cells) + 1
    if columns > MOST_COLUMNS:
        bands = -(-columns // MOST_COLUMNS)
        cells = _place(lanes, -(-columns // bands))
    return cells


def _place(lanes: Sequence[int], columns: int) -> list[Cell]:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()  # (lane, column) with a step or an arrow in the first row of lanes
    crossed: defaultdict[int, set[int]] = defaultdict(set)  # by lane: columns an upright arrow runs through
    band = column = 0
    for number, lane in enumerate(lanes):
        before = lanes[number - 1] if number else lane
        span = range(min(lane, before), max(lane, before) + 1)
        is_free = lane != before and not any((row, column) in taken for row in span if row != before)
        # Each lane keeps a column for the steps of its later rows, else they would find no place at all.
        if is_free and not band and all(len(crossed[row]) + 1 < columns for row in span):
            for row in span:
                crossed[row].add(column)
                taken.add((row, column))
        elif number:
            column += 1
            while column >= columns or (band and column in crossed[lane]):
                band, column = (band + 1, 0) if column >= columns else (band, column + 1)
        taken.add((lane, column))
        cells.append(Cell(lane, band, column))
    return cells


@dataclass(frozen=True)
class _Grid:
    """From cells to points. A lane is as high as the rows that it uses."""

    rows: tuple[tuple[int, int], ...]  # (lane, band), from top to bottom
    columns: int

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> "_Grid":
        return cls(
            tuple(sorted({(cell.lane, cell.band) for cell in cells})), max(cell.column for cell in cells) + 1
        )

    @cached_property
    def _row_of(self) -> dict[tuple[int, int], int]:
        return {row: number for number, row in enumerate(self.rows)}

    def row(self, cell: Cell) -> int:
        return self._row_of[cell.lane, cell.band]

    def corner(self, cell: Cell) -> Point:
        left = MARGIN + 2 * HEAD + START_ROOM + cell.column * ACROSS
        return left, MARGIN + self.row(cell) * DOWN + (DOWN - HIGH) // 2

    def middle(self, cell: Cell) -> Point:
        left, top = self.corner(cell)
        return left + WIDE // 2, top + HIGH // 2

    @property
    def width(self) -> int:
        return 2 * HEAD + START_ROOM + self.columns * ACROSS + EVENT + 24

    def lane_box(self, lane: int) -> tuple[int, int, int, int]:
        rows = [number for number, (found, _band) in enumerate(self.rows) if found == lane]
        return MARGIN + HEAD, MARGIN + rows[0] * DOWN, self.width - HEAD, len(rows) * DOWN

    def arrow(self, source: Cell, target: Cell) -> list[Point]:
        (from_x, from_y), (to_x, to_y) = self.middle(source), self.middle(target)
        right, left = from_x + WIDE // 2, to_x - WIDE // 2
        if source.column == target.column and source.band == target.band:
            side = HIGH // 2 if to_y > from_y else -HIGH // 2
            return [(from_x, from_y + side), (to_x, to_y - side)]
        if from_y == to_y and target.column > source.column:
            return [(right, from_y), (left, to_y)]
        turn = right + (ACROSS - WIDE) // 2
        if source.band == target.band:
            return [(right, from_y), (turn, from_y), (turn, to_y), (left, to_y)]
        # Back to the left: between the rows, where nothing stands.
        between = to_y - DOWN // 2 + 7 if to_y > from_y else to_y + DOWN // 2 - 7
        back = left - (ACROSS - WIDE) // 2
        return [(right, from_y), (turn, from_y), (turn, between), (back, between), (back, to_y), (left, to_y)]


def _document(title: str, lines: Sequence[StepLine], lanes: Sequence[str], cells: Sequence[Cell]) -> str:
    grid = _Grid.of(cells)
    root = Element("bpmn:definitions", {**NAMESPACES, "id": "definitions", "targetNamespace": "urn:hatpin"})
    collaboration = SubElement(root, "bpmn:collaboration", {"id": "collaboration"})
    SubElement(collaboration, "bpmn:participant", {"id": "pool", "name": title, "processRef": "process"})
    process = SubElement(root, "bpmn:process", {"id": "process", "name": title, "isExecutable": "false"})
    lane_set = SubElement(process, "bpmn:laneSet", {"id": "lanes"})
    for number, name in enumerate(lanes, 1):
        lane = SubElement(lane_set, "bpmn:lane", {"id": f"lane-{number}", **({"name": name} if name else {})})
        for node in _nodes_in(number - 1, cells):
            SubElement(lane, "bpmn:flowNodeRef").text = node
    SubElement(process, "bpmn:startEvent", {"id": "start"})
    for number, line in enumerate(lines, 1):
        SubElement(process, f"bpmn:{TAG_OF[line.kind]}", {"id": f"step-{number}", "name": line.name})
    SubElement(process, "bpmn:endEvent", {"id": "end"})
    nodes = ["start", *(f"step-{number}" for number in range(1, len(lines) + 1)), "end"]
    for number, (source, target) in enumerate(pairwise(nodes)):
        ends = {"sourceRef": source, "targetRef": target}
        SubElement(process, "bpmn:sequenceFlow", {"id": f"arrow-{number}", **ends})
    _diagram(root, grid, lines, len(lanes), cells)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _nodes_in(lane: int, cells: Sequence[Cell]) -> Iterator[str]:
    if cells[0].lane == lane:
        yield "start"
    yield from (f"step-{number}" for number, cell in enumerate(cells, 1) if cell.lane == lane)
    if cells[-1].lane == lane:
        yield "end"


def _diagram(
    root: Element, grid: _Grid, lines: Sequence[StepLine], lane_count: int, cells: Sequence[Cell]
) -> None:
    diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = SubElement(diagram, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    pool = (MARGIN, MARGIN, grid.width, len(grid.rows) * DOWN)
    _shape(plane, "pool", pool, isHorizontal="true")
    for lane in range(lane_count):
        _shape(plane, f"lane-{lane + 1}", grid.lane_box(lane), isHorizontal="true")
    (first_x, first_y), (last_x, last_y) = grid.middle(cells[0]), grid.middle(cells[-1])
    start_left, end_left = MARGIN + 2 * HEAD + 24, last_x + ACROSS - WIDE // 2
    _shape(plane, "start", (start_left, first_y - EVENT // 2, EVENT, EVENT))
    for number, (line, cell) in enumerate(zip(lines, cells, strict=True), 1):
        more = {"isExpanded": "false"} if line.kind == "subprocess" else {}
        _shape(plane, f"step-{number}", (*grid.corner(cell), WIDE, HIGH), **more)
    _shape(plane, "end", (end_left, last_y - EVENT // 2, EVENT, EVENT))
    arrows = [[(start_left + EVENT, first_y), (first_x - WIDE // 2, first_y)]]
    arrows += [grid.arrow(source, target) for source, target in pairwise(cells)]
    arrows.append([(last_x + WIDE // 2, last_y), (end_left, last_y)])
    for number, points in enumerate(arrows):
        edge = SubElement(
            plane, "bpmndi:BPMNEdge", {"id": f"arrow-{number}-edge", "bpmnElement": f"arrow-{number}"}
        )
        for x, y in points:
            SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})


def _shape(plane: Element, element: str, box: tuple[int, int, int, int], **more: str) -> None:
    shape = SubElement(plane, "bpmndi:BPMNShape", {"id": f"{element}-shape", "bpmnElement": element, **more})
    SubElement(shape, "dc:Bounds", dict(zip(("x", "y", "width", "height"), map(str, box), strict=True)))
