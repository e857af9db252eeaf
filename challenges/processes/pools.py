"""One pool of a drawing: its lanes, steps, arrows and decisions, gathered in one pass over its process."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from challenges.processes import flow
from challenges.processes.elements import (
    DECISIONS,
    EXCEPTIONS,
    FLOW_NODES,
    KIND_OF,
    LONGEST_LANE,
    LONGEST_NAME,
    MODEL,
    SUBPROCESSES,
    StepRead,
    activities_in,
    id_of,
    one_line,
    reference,
    tag_of,
)

OUT = "\0out"  # the far side of an expanded sub-process, in the graph only; no id can hold this character


class Pool:
    """`steps` by id, `nodes` and `arrows` for the flow: what belongs to exceptions is only in the count `exceptions`.

    An exception path is what can be reached from boundary events that catch an error, an escalation, a cancellation
    or a compensation, and in no other way. Timers, messages and signals are ordinary branches.
    """

    def __init__(
        self, process: Element, name: str, *, collapsed: Collection[str], definitions: Mapping[str, str]
    ) -> None:
        """`definitions` are the tags of event definitions that stand outside of processes, by id."""
        self.process, self.name = process, name
        self.collapsed, self.definitions = collapsed, definitions
        self.nodes: list[str] = []
        self.steps: dict[str, StepRead] = {}
        self.expanded: set[str] = set()
        self.arrows: list[tuple[str, str]] = []
        self.decisions: list[tuple[str, str]] = []
        self.exceptions = 0
        self._catching: list[str] = []
        lane = one_line(name, LONGEST_LANE)
        beginnings, _ends = self._read(process, lane, dict(_lanes(process, lane)))
        if self._catching:
            self._set_apart(beginnings)

    @property
    def key(self) -> str:
        return id_of(self.process)

    def far_side(self, node: str) -> str:
        return node + OUT if node in self.expanded else node

    def _set_apart(self, beginnings: Collection[str]) -> None:
        apart = flow.only_reached_from(self._catching, self.nodes, flow.arrows_of(self.arrows), beginnings)
        self.exceptions += sum(node in self.steps for node in apart)
        self.nodes = [node for node in self.nodes if node not in apart]
        self.arrows = [arrow for arrow in self.arrows if apart.isdisjoint(arrow)]
        self.steps = {node: step for node, step in self.steps.items() if node not in apart}
        self.decisions = [decision for decision in self.decisions if decision[0] not in apart]

    def _catches_exception(self, event: Element) -> bool:
        kinds = {tag_of(inner) for inner in event if tag_of(inner).endswith("EventDefinition")}
        shared = event.findall(f"{MODEL}eventDefinitionRef")
        kinds |= {self.definitions.get(reference(found.text), "") for found in shared}
        return bool(kinds) and kinds <= EXCEPTIONS

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
                if self._catches_exception(element):
                    self._catching.append(element_id)
        known = set(own)
        pairs = [(element.get("sourceRef", ""), element.get("targetRef", "")) for element in flows]
        pairs += [*_links(container), *_handlers(container)]
        pairs = [(source, target) for source, target in pairs if {source, target} <= known]
        boundary = [(source, target) for source, target in boundary if source in known]
        self.arrows += boundary + [(self.far_side(source), target) for source, target in pairs]
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
        self.arrows += [(self.far_side(node), element_id + OUT) for node in ends]
        if not ends:
            self.arrows.append((element_id, element_id + OUT))


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


def _handlers(container: Element) -> Iterator[tuple[str, str]]:
    """A caught compensation leads to what undoes the step, by an association rather than an arrow."""
    caught = {
        id_of(event)
        for event in container.findall(f"{MODEL}boundaryEvent")
        if event.find(f"{MODEL}compensateEventDefinition") is not None
    }
    for association in container.findall(f"{MODEL}association"):
        if (source := association.get("sourceRef", "")) in caught:
            yield source, association.get("targetRef", "")


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
        for node in lane.findall(f"{MODEL}flowNodeRef"):
            yield reference(node.text), name
        for child in lane.findall(f"{MODEL}childLaneSet"):
            yield from _lanes_of(child, name)
