"""What a BPMN 2.0 document is made of: its pools, which of them count, and the steps and arrows of those."""

from collections.abc import Collection, Iterator, Sequence
from xml.etree.ElementTree import Element

from challenges.processes import flow
from challenges.processes.elements import (
    DC,
    DI,
    LONGEST_TITLE,
    MODEL,
    StepRead,
    id_of,
    one_line,
    reference,
    tag_of,
)
from challenges.processes.pools import Pool


class Structure:
    """`pools` are those with steps, `own` those that count, `foreign` the others.

    `steps` and the rest are those of `own`, as `bpmn.ProcessRead` has them. `chosen` are ids of processes of the file,
    or none for the rule of `own_among`.
    """

    def __init__(self, root: Element, chosen: Collection[str] = ()) -> None:
        self.root = root
        self.participants = [
            participant
            for collaboration in root
            if tag_of(collaboration) in {"collaboration", "choreography"}
            for participant in collaboration
            if tag_of(participant) == "participant"
        ]
        self.has_pools = any(participant.get("processRef") for participant in self.participants)
        shapes = [shape for shape in root.iter(f"{DI}BPMNShape") if shape.get("bpmnElement")]
        self.drawn = {shape.get("bpmnElement") for shape in shapes if shape.find(f"{DC}Bounds") is not None}
        self.pools = self._read_pools(
            {shape.get("bpmnElement", "") for shape in shapes if shape.get("isExpanded") == "false"}
        )
        self.own = own_among(self.pools, chosen) if self.has_pools else self.pools
        own = set(self.own)
        self.foreign = [pool for pool in self.pools if pool not in own]
        self.nodes = [node for pool in self.own for node in pool.nodes]
        self.steps = {node: step for pool in self.own for node, step in pool.steps.items()}
        self.arrows = [arrow for pool in self.own for arrow in pool.arrows]
        self.decisions = [decision for pool in self.own for decision in pool.decisions]
        self.exceptions = sum(pool.exceptions for pool in self.own)

    def in_flow_order(self) -> list[StepRead]:
        order = flow.in_flow_order(self.nodes, flow.arrows_of(self.arrows))
        return [self.steps[node] for node in order if node in self.steps]

    def title(self) -> str:
        """The name of the only process or pool that counts and has one; else that of the whole file."""
        names = {one_line(pool.process.get("name") or pool.name, 1000) for pool in self.own}
        names.discard("")
        return one_line(names.pop() if len(names) == 1 else self.root.get("name"), LONGEST_TITLE)

    def handoffs(self) -> set[tuple[str, str]]:
        lanes = {step.element_id: step.lane for step in self.steps.values()}
        return flow.handoffs(lanes, flow.arrows_of([*self.arrows, *self._messages()]))

    def _messages(self) -> Iterator[tuple[str, str]]:
        """Message flows between elements that count; a foreign pool hands nothing over, as one that is a black box."""
        pool_of = {node: pool for pool in self.own for node in pool.nodes}
        for element in self.root.iter(f"{MODEL}messageFlow"):
            source, target = element.get("sourceRef", ""), element.get("targetRef", "")
            if source in pool_of and target in pool_of:
                yield pool_of[source].far_side(source), target

    def _read_pools(self, collapsed: Collection[str]) -> list[Pool]:
        definitions = {
            id_of(element): tag_of(element)
            for element in self.root
            if tag_of(element).endswith("EventDefinition")
        }
        pools = [
            Pool(process, self._name_of(process), collapsed=collapsed, definitions=definitions)
            for process in self._in_order_of_pools()
        ]
        return [pool for pool in pools if pool.steps]

    def _name_of(self, process: Element) -> str:
        own = id_of(process)
        for participant in self.participants:
            if own and reference(participant.get("processRef")) == own:
                return participant.get("name", "")
        return ""

    def _in_order_of_pools(self) -> list[Element]:
        pools = [reference(participant.get("processRef")) for participant in self.participants]
        processes = [element for element in self.root if tag_of(element) == "process"]
        return sorted(
            processes, key=lambda found: pools.index(id_of(found)) if id_of(found) in pools else len(pools)
        )


def own_among(pools: Sequence[Pool], chosen: Collection[str]) -> list[Pool]:
    """The chosen ones; else the one with most steps, exceptions included, and of equal ones the first."""
    picked = [pool for pool in pools if pool.key in chosen]
    return picked or sorted(pools, key=lambda pool: -len(pool.steps) - pool.exceptions)[:1]
