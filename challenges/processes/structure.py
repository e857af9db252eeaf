"""What a BPMN 2.0 document is made of: its pools, lanes, steps and arrows, gathered in one pass over the tree."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from challenges.processes import flow

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"

KIND_OF = {
    "task": "task",
    "userTask": "user",
    "manualTask": "manual",
    "serviceTask": "service",
    "scriptTask": "script",
    "businessRuleTask": "rule",
    "sendTask": "send",
    "receiveTask": "receive",
    "callActivity": "call",
}
SUBPROCESSES = {"subProcess", "transaction", "adHocSubProcess"}
ACTIVITIES = {*KIND_OF, *SUBPROCESSES}
DECISIONS = {"exclusiveGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"}
EVENTS = {"startEvent", "endEvent", "boundaryEvent", "intermediateThrowEvent", "intermediateCatchEvent"}
FLOW_NODES = {*ACTIVITIES, *DECISIONS, *EVENTS, "parallelGateway"}

LONGEST_NAME = 300
LONGEST_LANE = 200
LONGEST_TITLE = 160
OUT = "\0out"  # the far side of an expanded sub-process, in the graph only; no id can hold this character


@dataclass(frozen=True)
class StepRead:
    element_id: str
    name: str
    lane: str
    kind: str


def one_line(text: str | None, longest: int) -> str:
    """A name as it is kept: on one line, and cut with an ellipsis."""
    line = " ".join((text or "").split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def tag_of(element: Element) -> str:
    """The tag without its namespace; empty for what is not BPMN's own."""
    return element.tag[len(MODEL) :] if element.tag.startswith(MODEL) else ""


def id_of(element: Element) -> str:
    return element.get("id", "").strip()


def activities_in(element: Element) -> int:
    """How many steps are drawn somewhere inside, sub-processes not counted themselves."""
    return sum(tag_of(inner) in KIND_OF for inner in element.iter() if inner is not element)


class Structure:
    """`steps` in document order by id, `nodes` and `arrows` for the flow; the rest as `bpmn.ProcessRead` has it."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.participants = [
            participant
            for collaboration in root
            if tag_of(collaboration) in {"collaboration", "choreography"}
            for participant in collaboration
            if tag_of(participant) == "participant"
        ]
        shapes = [shape for shape in root.iter(f"{DI}BPMNShape") if shape.get("bpmnElement")]
        self.collapsed = {shape.get("bpmnElement") for shape in shapes if shape.get("isExpanded") == "false"}
        self.drawn = {shape.get("bpmnElement") for shape in shapes if shape.find(f"{DC}Bounds") is not None}
        self.nodes: list[str] = []
        self.steps: dict[str, StepRead] = {}
        self.expanded: set[str] = set()
        self.arrows: list[tuple[str, str]] = []
        self.decisions: list[tuple[str, str]] = []
        self.exceptions = 0
        self.processes = self._in_order_of_pools()
        for process in self.processes:
            pool = one_line(self._pool_of(process), LONGEST_LANE)
            self._read(process, pool, dict(_lanes(process, pool)))

    def in_flow_order(self) -> list[StepRead]:
        order = flow.in_flow_order(self.nodes, flow.arrows_of(self.arrows))
        return [self.steps[node] for node in order if node in self.steps]

    def title(self) -> str:
        """The name of the only process or pool that has one; else that of the whole file."""
        names = {one_line(process.get("name") or self._pool_of(process), 1000) for process in self.processes}
        names.discard("")
        return one_line(names.pop() if len(names) == 1 else self.root.get("name"), LONGEST_TITLE)

    def handoffs(self) -> set[tuple[str, str]]:
        lanes = {step.element_id: step.lane for step in self.steps.values()}
        return flow.handoffs(lanes, flow.arrows_of([*self.arrows, *self._messages()]))

    def _messages(self) -> Iterator[tuple[str, str]]:
        """Message flows between elements that were read; a pool that is a black box hands nothing over."""
        known = set(self.nodes)
        for element in self.root.iter(f"{MODEL}messageFlow"):
            source, target = element.get("sourceRef", ""), element.get("targetRef", "")
            if source in known and target in known:
                yield self._far_side(source), target

    def _pool_of(self, process: Element) -> str:
        own = id_of(process)
        for participant in self.participants:
            if own and _reference(participant.get("processRef")) == own:
                return participant.get("name", "")
        return ""

    def _in_order_of_pools(self) -> list[Element]:
        pools = [_reference(participant.get("processRef")) for participant in self.participants]
        processes = [element for element in self.root if tag_of(element) == "process"]
        return sorted(
            processes, key=lambda found: pools.index(id_of(found)) if id_of(found) in pools else len(pools)
        )

    def _far_side(self, node: str) -> str:
        return node + OUT if node in self.expanded else node

    def _read(self, container: Element, lane: str, lanes: dict[str, str]) -> tuple[list[str], list[str]]:
        """Take in one process or sub-process; returns where it begins and where it ends."""
        flows = [element for element in container if tag_of(element) == "sequenceFlow"]
        leaving = Counter(element.get("sourceRef") for element in flows)
        own: list[str] = []
        boundary: list[tuple[str, str]] = []
        for element in container:
            tag, element_id = tag_of(element), id_of(element)
            if tag not in FLOW_NODES or not element_id:
                continue
            if element.get("isForCompensation") == "true" or element.get("triggeredByEvent") == "true":
                self.exceptions += activities_in(element) or 1
                continue
            own.append(element_id)
            self.nodes.append(element_id)
            self._take(element, lanes.get(element_id, lane), lanes)
            if tag in DECISIONS and leaving[element_id] > 1:
                self.decisions.append((element_id, one_line(element.get("name"), LONGEST_NAME)))
            if tag == "boundaryEvent":
                boundary.append((element.get("attachedToRef", ""), element_id))
        known = set(own)
        pairs = [(element.get("sourceRef", ""), element.get("targetRef", "")) for element in flows]
        pairs = [
            (source, target) for source, target in [*pairs, *_links(container)] if {source, target} <= known
        ]
        boundary = [(source, target) for source, target in boundary if source in known]
        self.arrows += boundary + [(self._far_side(source), target) for source, target in pairs]
        led_to = {target for _source, target in [*pairs, *boundary]}
        leading = {source for source, _target in pairs}
        beginnings = [node for node in own if node not in led_to]
        return beginnings or own[:1], [node for node in own if node not in leading] or own[-1:]

    def _take(self, element: Element, lane: str, lanes: dict[str, str]) -> None:
        tag, element_id = tag_of(element), id_of(element)
        name = one_line(element.get("name"), LONGEST_NAME)
        if tag in KIND_OF:
            self.steps[element_id] = StepRead(element_id, name, lane, KIND_OF[tag])
        elif tag in SUBPROCESSES:
            is_empty = not any(tag_of(inner) in FLOW_NODES for inner in element)
            if is_empty or element_id in self.collapsed:
                self.steps[element_id] = StepRead(element_id, name, lane, "subprocess")
            else:
                self._open_up(element, lane, lanes)

    def _open_up(self, element: Element, lane: str, lanes: dict[str, str]) -> None:
        """An expanded sub-process is its inside: entered at its beginnings, left from its ends."""
        element_id = id_of(element)
        self.expanded.add(element_id)
        beginnings, ends = self._read(element, lane, {**lanes, **dict(_lanes(element, lane))})
        self.nodes.append(element_id + OUT)
        self.arrows += [(element_id, node) for node in beginnings]
        self.arrows += [(self._far_side(node), element_id + OUT) for node in ends]
        if not ends:
            self.arrows.append((element_id, element_id + OUT))


def _reference(name: str | None) -> str:
    """An id as other elements name it, without the prefix of a namespace."""
    return (name or "").strip().rpartition(":")[2]


def _links(container: Element) -> Iterator[tuple[str, str]]:
    """A thrown link leads to the caught one of the same name."""
    caught: dict[str | None, list[str]] = {}
    thrown: list[tuple[str, str | None]] = []
    for element in container:
        for link in element.findall(f"{MODEL}linkEventDefinition"):
            if tag_of(element) == "intermediateCatchEvent":
                caught.setdefault(link.get("name"), []).append(id_of(element))
            else:
                thrown.append((id_of(element), link.get("name")))
    for source, name in thrown:
        for target in caught.get(name, ()):
            yield source, target


def _lanes(container: Element, outer: str) -> Iterator[tuple[str, str]]:
    """(element id, lane) of all lanes, inner ones last so that they win; one without a name takes the outer's."""
    for lane_set in container:
        if tag_of(lane_set) == "laneSet":
            yield from _lanes_of(lane_set, outer)


def _lanes_of(lane_set: Iterable[Element], outer: str) -> Iterator[tuple[str, str]]:
    for lane in lane_set:
        if tag_of(lane) != "lane":
            continue
        name = one_line(lane.get("name"), LONGEST_LANE) or outer
        for reference in lane.findall(f"{MODEL}flowNodeRef"):
            yield _reference(reference.text), name
        for child in lane.findall(f"{MODEL}childLaneSet"):
            yield from _lanes_of(child, name)
