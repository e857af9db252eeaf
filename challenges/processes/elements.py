"""The elements of BPMN 2.0: which of them are steps, decisions or events, and what an element is called."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

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

EXCEPTIONS = {
    "errorEventDefinition",
    "escalationEventDefinition",
    "cancelEventDefinition",
    "compensateEventDefinition",
}

LONGEST_NAME = 300
LONGEST_LANE = 200
LONGEST_TITLE = 160


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


def reference(name: str | None) -> str:
    """An id as other elements name it, without the prefix of a namespace."""
    return (name or "").strip().rpartition(":")[2]
