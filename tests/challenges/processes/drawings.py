"""BPMN documents for tests, written as short as they can be."""

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"


def definitions(inside: str, *, attributes: str = "") -> str:
    return f'<definitions xmlns="{MODEL}" xmlns:di="{DI}" xmlns:dc="{DC}" {attributes}>{inside}</definitions>'


def process(inside: str, *, name: str = "Bestellung") -> str:
    return definitions(f'<process id="p" name="{name}">{inside}</process>')


def arrow(source: str, target: str) -> str:
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'


def shape(element: str, *, expanded: str = "") -> str:
    more = f'isExpanded="{expanded}"' if expanded else ""
    bounds = '<dc:Bounds x="0" y="0" width="100" height="80"/>'
    return f'<di:BPMNShape id="{element}-shape" bpmnElement="{element}" {more}>{bounds}</di:BPMNShape>'


def diagram(*shapes: str) -> str:
    plane = "".join(shapes)
    return f'<di:BPMNDiagram id="d"><di:BPMNPlane id="dp" bpmnElement="p">{plane}</di:BPMNPlane></di:BPMNDiagram>'


def two_steps(first: str = "Prüfen", second: str = "Buchen") -> str:
    return process(f'<task id="a" name="{first}"/>{arrow("a", "b")}<userTask id="b" name="{second}"/>')


def many_steps(count: int) -> bytes:
    tasks = "".join(f'<task id="t{number}"/>' for number in range(count))
    flows = "".join(arrow(f"t{number}", f"t{number + 1}") for number in range(count - 1))
    return process(tasks + flows).encode()
