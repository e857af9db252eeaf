"""Reading BPMN: what is a step, in which order, in which lane; and every real file is read or refused."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from challenges.processes.bpmn import read_bpmn, with_names
from hub.refusals import Refusal
from tests.challenges.processes.drawings import MODEL, arrow, definitions, diagram, process, shape, two_steps

TASKS = {
    "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask",
    "receiveTask", "callActivity",
}  # fmt: skip
GROUPS = {"subProcess", "transaction", "adHocSubProcess"}
FLOW_NODES = TASKS | GROUPS


def names(text: str) -> list[str]:
    return [step.name for step in read_bpmn(text.encode()).steps]


EXCEPTIONS = {
    "errorEventDefinition", "escalationEventDefinition", "cancelEventDefinition", "compensateEventDefinition",
}  # fmt: skip


def only_behind_exceptions(root: ElementTree.Element) -> set[str]:
    """The same rule from the other end: whatever something ordinary leads to is ordinary, over and over."""
    into: dict[str, set[str]] = {}
    for flow in root.iter(f"{{{MODEL}}}sequenceFlow"):
        into.setdefault(flow.get("targetRef", ""), set()).add(flow.get("sourceRef", ""))
    catching = set()
    for event in root.iter(f"{{{MODEL}}}boundaryEvent"):
        into.setdefault(event.get("id", ""), set()).add(event.get("attachedToRef", ""))
        kinds = {
            kind for child in event if (kind := child.tag.rpartition("}")[2]).endswith("EventDefinition")
        }
        if kinds and kinds <= EXCEPTIONS:
            catching.add(event.get("id", ""))
    known = {element.get("id", "") for element in root.iter()}
    ordinary = {node for node in known - catching if not into.get(node, set()) & known}
    while more := {node for node in known - catching - ordinary if into[node] & ordinary}:
        ordinary |= more
    return known - ordinary


def foreign_processes(root: ElementTree.Element, counts: dict[str, int]) -> set[str]:
    """In a file with pools all but the largest; `counts` in the order of the pools."""
    has_pools = any(found.get("processRef") for found in root.iter(f"{{{MODEL}}}participant"))
    return set(sorted(counts, key=counts.__getitem__, reverse=True)[1:]) if has_pools else set()


def counted_by_hand(path: Path) -> int:
    """The same rules in other words: over parents rather than from the top."""
    root = ElementTree.parse(path).getroot()
    parents = {child: parent for parent in root.iter() for child in parent}
    closed = {
        found.get("bpmnElement")
        for found in root.iter()
        if found.tag.endswith("}BPMNShape") and found.get("isExpanded") == "false"
    }

    def kind(element: ElementTree.Element) -> str:
        return element.tag.removeprefix(f"{{{MODEL}}}")

    def is_open(element: ElementTree.Element) -> bool:
        inside = [kind(child) for child in element]
        has_nodes = any(
            tag in FLOW_NODES or tag.endswith(("Event", "Gateway"))
            for tag in inside
            if "Definition" not in tag
        )
        return has_nodes and element.get("id") not in closed

    apart = only_behind_exceptions(root)
    counts: dict[str, int] = {}
    for element in root.iter():
        if kind(element) not in FLOW_NODES or (kind(element) in GROUPS and is_open(element)):
            continue
        above, is_counted, process = element, True, ""
        while above is not root:
            is_exception = above.get("isForCompensation") == "true" or above.get("triggeredByEvent") == "true"
            is_hidden = above is not element and kind(above) in GROUPS and not is_open(above)
            is_counted &= not is_exception and not is_hidden and above.get("id") not in apart
            process = above.get("id", "")
            above = parents[above]
        counts[process] = counts.get(process, 0) + is_counted
    return sum(counts.values()) - sum(counts[process] for process in foreign_processes(root, counts))


def outcome(content: bytes) -> tuple[int, str]:
    """(how many steps, why not)."""
    try:
        return len(read_bpmn(content).steps), ""
    except Refusal as refusal:
        return 0, refusal.code


def test_every_real_file_is_read_or_refused(data_folder: Path) -> None:
    files = sorted((data_folder / "bpmn").rglob("*.bpmn"))
    found = {path: outcome(path.read_bytes()) for path in files}
    by_hand = {path: counted_by_hand(path) for path in files}

    assert {path: count for path, (count, _code) in found.items()} == by_hand
    assert {code for count, code in found.values() if not count} == {"no_step"}
    assert len(files) > 200
    assert sum(count > 0 for count in by_hand.values()) > 100


def test_all_real_drawings_of_camunda_are_read(data_folder: Path) -> None:
    files = sorted((data_folder / "bpmn" / "camunda7").glob("*.bpmn"))
    assert len(files) == 12
    for path in files:
        found = read_bpmn(path.read_bytes())
        assert found.has_drawing
        assert found.title
        assert all(step.name for step in found.steps)


def test_a_real_drawing_is_read_in_lanes_and_in_the_order_of_the_work(data_folder: Path) -> None:
    path = data_folder / "bpmn" / "camunda7" / "one-time-examples__invoice-en__camunda-invoice-en.bpmn"
    found = read_bpmn(path.read_bytes())

    assert found.title == "Invoice Receipt (camunda Modeler)"
    assert [(step.lane, step.name, step.kind) for step in found.steps] == [
        ("Team Assistant", "Assign Approver", "user"),
        ("Approver", "Approve Invoice", "user"),
        ("Team Assistant", "Review Invoice", "user"),
        ("Accountant", "Prepare Bank Transfer", "user"),
        ("Accountant", "Archive Invoice", "service"),
    ]
    assert (len(found.decisions), len(found.handoffs)) == (2, 4)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("task", "task"),
        ("userTask", "user"),
        ("manualTask", "manual"),
        ("serviceTask", "service"),
        ("scriptTask", "script"),
        ("businessRuleTask", "rule"),
        ("sendTask", "send"),
        ("receiveTask", "receive"),
        ("callActivity", "call"),
        ("subProcess", "subprocess"),
    ],
)
def test_each_kind_of_task_is_one_step(tag: str, kind: str) -> None:
    (step,) = read_bpmn(process(f'<{tag} id="x" name="Tun"/>').encode()).steps
    assert (step.element_id, step.name, step.kind) == ("x", "Tun", kind)


def test_gateways_events_and_data_are_no_steps() -> None:
    tags = (
        "startEvent",
        "exclusiveGateway",
        "dataObject",
        "textAnnotation",
        "dataStoreReference",
        "endEvent",
    )
    inside = "".join(f'<{tag} id="{tag}"/>' for tag in tags)
    with pytest.raises(Refusal) as refused:
        read_bpmn(process(inside).encode())
    assert refused.value.code == "no_step"


@pytest.mark.parametrize("tag", ["subProcess", "transaction", "adHocSubProcess"])
def test_an_open_sub_process_is_its_inside_and_a_closed_one_is_one(tag: str) -> None:
    inside = (
        f'<{tag} id="sub" name="Versand"><task id="a" name="Packen"/><task id="b" name="Senden"/></{tag}>'
    )
    is_open = definitions(f'<process id="p">{inside}</process>{diagram(shape("sub"))}')
    closed = definitions(f'<process id="p">{inside}</process>{diagram(shape("sub", expanded="false"))}')

    assert names(is_open) == ["Packen", "Senden"]
    assert names(closed) == ["Versand"]
    assert read_bpmn(closed.encode()).notes == {"collapsed": 1}


def test_exceptions_are_drawn_and_not_counted() -> None:
    found = read_bpmn(
        process(
            '<task id="a" name="Tun"/><task id="undo" name="Zurück" isForCompensation="true"/>'
            '<subProcess id="e" triggeredByEvent="true"><task id="x" name="Melden"/><task id="y"/></subProcess>'
        ).encode()
    )
    assert [step.name for step in found.steps] == ["Tun"]
    assert found.notes == {"exceptions": 3}


CATCHING = ("error", "escalation", "cancel", "compensate")


def caught(definition: str, *, more: str = "", outside: str = "") -> str:
    """a, then b; an event at a leads over c and d back to b."""
    flows = [("a", "b"), ("event", "c"), ("c", "split"), ("split", "d"), ("split", "b"), ("d", "b")]
    tasks = "".join(f'<task id="{name}" name="{name}"/>' for name in "dcba")
    event = f'<boundaryEvent id="event" attachedToRef="a">{definition}</boundaryEvent>'
    flow = "".join(arrow(*pair) for pair in flows)
    inside = f'{tasks}{event}<exclusiveGateway id="split"/>{flow}{more}'
    return definitions(f'{outside}<process id="p">{inside}</process>')


@pytest.mark.parametrize("kind", CATCHING)
def test_what_only_a_caught_exception_leads_to_is_drawn_and_not_counted(kind: str) -> None:
    found = read_bpmn(caught(f"<{kind}EventDefinition/>").encode())

    assert [step.name for step in found.steps] == ["a", "b"]
    assert (found.notes, found.decisions) == ({"exceptions": 2}, ())


@pytest.mark.parametrize("kind", ["timer", "message", "signal", "conditional"])
def test_other_boundary_events_are_ordinary_branches(kind: str) -> None:
    found = read_bpmn(caught(f"<{kind}EventDefinition/>").encode())
    assert sorted(step.name for step in found.steps) == ["a", "b", "c", "d"]
    assert found.notes == {}


def test_an_event_for_an_exception_and_something_else_is_an_ordinary_branch() -> None:
    assert len(names(caught("<errorEventDefinition/><timerEventDefinition/>"))) == 4
    assert len(names(caught(""))) == 4


def test_the_kind_of_an_event_may_stand_outside_of_the_process() -> None:
    outside = '<errorEventDefinition id="shared"/>'
    assert names(caught("<eventDefinitionRef>shared</eventDefinitionRef>", outside=outside)) == ["a", "b"]


def test_what_an_ordinary_way_leads_to_as_well_counts() -> None:
    more = arrow("timer", "d") + '<boundaryEvent id="timer" attachedToRef="b"/>'
    found = read_bpmn(caught("<errorEventDefinition/>", more=more).encode())
    assert [step.name for step in found.steps] == ["a", "b", "d"]


def test_an_exception_that_leads_back_into_a_loop_without_a_beginning_leaves_the_loop_counted() -> None:
    text = process(
        '<task id="a" name="a"/><task id="b" name="b"/><task id="c" name="c"/>'
        '<boundaryEvent id="error" attachedToRef="b"><errorEventDefinition/></boundaryEvent>'
        + "".join(arrow(*pair) for pair in [("a", "b"), ("b", "a"), ("error", "c"), ("c", "a")])
    )
    assert names(text) == ["a", "b"]


def test_what_undoes_a_step_is_found_by_its_association_and_a_sub_process_goes_with_its_inside() -> None:
    text = process(
        '<task id="a" name="a"/><boundaryEvent id="undo" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
        '<task id="back" name="zurück"/><association id="x" sourceRef="undo" targetRef="back"/>'
        '<boundaryEvent id="error" attachedToRef="a"><errorEventDefinition/></boundaryEvent>'
        f'<subProcess id="sub"><task id="i" name="i"/><task id="j" name="j"/>{arrow("i", "j")}</subProcess>'
        + arrow("error", "sub")
    )
    found = read_bpmn(text.encode())
    assert ([step.name for step in found.steps], found.notes) == (["a"], {"exceptions": 3})


def pools(*sizes: int, drawn: str = "") -> str:
    """Pools p0, p1, ... with as many tasks each, and a message from the first task of each to the next pool's."""
    parts = "".join(f'<participant id="x{n}" name="Pool {n}" processRef="p{n}"/>' for n in range(len(sizes)))
    messages = "".join(
        f'<messageFlow id="m{n}" sourceRef="t{n}-0" targetRef="t{n + 1}-0"/>' for n in range(len(sizes) - 1)
    )
    processes = "".join(
        f'<process id="p{n}">'
        + "".join(f'<task id="t{n}-{i}" name="{n}/{i}"/>' for i in range(size))
        + "</process>"
        for n, size in enumerate(sizes)
    )
    return definitions(f'<collaboration id="c">{parts}{messages}</collaboration>{processes}{drawn}')


def test_steps_of_other_pools_are_drawn_and_not_counted() -> None:
    found = read_bpmn(pools(2, 3, 1).encode())

    assert [step.name for step in found.steps] == ["1/0", "1/1", "1/2"]
    assert (found.notes, found.handoffs, found.title) == ({"foreign": 3}, frozenset(), "Pool 1")
    told = [(pool.key, pool.name, len(pool.element_ids), pool.counts) for pool in found.pools]
    assert told == [("p0", "Pool 0", 2, False), ("p1", "Pool 1", 3, True), ("p2", "Pool 2", 1, False)]


def test_of_pools_with_as_many_steps_the_first_counts_and_empty_ones_are_none() -> None:
    assert names(pools(1, 1)) == ["0/0"]
    found = read_bpmn(pools(0, 2).encode())
    assert (len(found.steps), found.notes, found.pools) == (2, {}, ())


def test_several_pools_count_together_where_they_are_chosen() -> None:
    found = read_bpmn(pools(2, 3, 1).encode(), ["p0", "p2"])
    assert [step.name for step in found.steps] == ["0/0", "0/1", "2/0"]
    assert (found.notes, found.handoffs) == ({"foreign": 3, "pools": 2}, frozenset())
    assert read_bpmn(pools(1, 1).encode(), ["p0", "p1"]).handoffs == {("t0-0", "t1-0")}


def test_processes_beside_each_other_in_no_pool_are_all_counted() -> None:
    text = definitions(
        '<process id="p"><task id="a" name="A"/></process><process id="q"><task id="b" name="B"/></process>'
    )
    found = read_bpmn(text.encode())
    assert ([step.name for step in found.steps], found.notes, found.pools) == (["A", "B"], {}, ())


def test_a_pool_and_an_exception_path_are_told_apart_in_one_file() -> None:
    text = definitions(
        '<collaboration id="c"><participant id="x" name="Customer" processRef="q"/>'
        '<participant id="y" name="Firma" processRef="p"/></collaboration>'
        '<process id="q"><task id="k1" name="K1"/><task id="k2" name="K2"/></process>'
        '<process id="p"><task id="a" name="A"/><task id="b" name="B"/><task id="e" name="E"/>'
        '<boundaryEvent id="error" attachedToRef="a"><errorEventDefinition/></boundaryEvent>'
        f"{arrow('a', 'b')}{arrow('error', 'e')}</process>"
    )
    found = read_bpmn(text.encode())
    assert ([step.name for step in found.steps], found.notes) == (["A", "B"], {"exceptions": 1, "foreign": 2})


def test_a_step_that_calls_another_process_is_noticed() -> None:
    found = read_bpmn(process('<callActivity id="a" name="Prüfen"/><task id="b" name="Buchen"/>').encode())
    assert (len(found.steps), found.notes) == (2, {"called": 1})


def test_steps_stand_in_the_order_of_the_flow_whatever_the_file_says() -> None:
    inside = (
        '<task id="c" name="drei"/><task id="b" name="zwei"/><startEvent id="s"/><task id="a" name="eins"/>'
    )
    assert names(process(inside + arrow("b", "c") + arrow("a", "b") + arrow("s", "a"))) == [
        "eins",
        "zwei",
        "drei",
    ]


def test_branches_come_one_after_the_other_and_join_behind_both() -> None:
    inside = "".join(f'<task id="{name}" name="{name}"/>' for name in ("end", "right", "left", "first"))
    inside += '<exclusiveGateway id="split"/><exclusiveGateway id="join"/>'
    flows = [("first", "split"), ("split", "left"), ("split", "right"), ("left", "join"), ("right", "join")]
    found = read_bpmn(process(inside + "".join(arrow(*pair) for pair in [*flows, ("join", "end")])).encode())

    assert [step.name for step in found.steps] == ["first", "left", "right", "end"]
    assert [element for element, _name in found.decisions] == ["split"]


def test_loops_end_and_unreached_steps_follow_in_the_order_of_the_file() -> None:
    inside = "".join(f'<task id="{name}" name="{name}"/>' for name in "zyab") + '<startEvent id="s"/>'
    flows = [("s", "a"), ("a", "b"), ("b", "a"), ("z", "y"), ("y", "z")]
    assert names(process(inside + "".join(arrow(*pair) for pair in flows))) == ["a", "b", "z", "y"]


def test_the_flow_runs_through_sub_processes_links_and_boundary_events() -> None:
    link = '<linkEventDefinition name="L"/>'
    flows = [("a", "sub"), ("sub", "out"), ("in", "last"), ("timer", "late"), ("late", "last")]
    text = process(
        f'<task id="last" name="5"/><intermediateCatchEvent id="in">{link}</intermediateCatchEvent>'
        f'<intermediateThrowEvent id="out">{link}</intermediateThrowEvent>'
        f'<subProcess id="sub"><task id="i2" name="3"/><task id="i1" name="2"/>{arrow("i1", "i2")}</subProcess>'
        '<task id="late" name="4"/><boundaryEvent id="timer" attachedToRef="sub"/><task id="a" name="1"/>'
        + "".join(arrow(*pair) for pair in flows)
    )
    order = names(text)

    assert sorted(order) == ["1", "2", "3", "4", "5"]
    assert (order[0], order[-1], order.index("3") - order.index("2")) == ("1", "5", 1)


def test_lanes_may_be_nested_and_pools_stand_for_missing_ones() -> None:
    inner = (
        '<childLaneSet id="cl"><lane id="l2" name="Lager"><flowNodeRef>b</flowNodeRef></lane></childLaneSet>'
    )
    references = "<flowNodeRef>a</flowNodeRef><flowNodeRef>b</flowNodeRef>"
    text = definitions(
        '<collaboration id="c"><participant id="x" name="Kunde" processRef="q"/>'
        '<participant id="y" name="Firma" processRef="p"/>'
        '<messageFlow id="m" sourceRef="k" targetRef="a"/></collaboration>'
        f'<process id="p"><laneSet id="ls"><lane id="l1" name="Werk">{references}{inner}</lane></laneSet>'
        '<task id="a" name="A"/><task id="b" name="B"/><task id="c2" name="C"/>'
        f'{arrow("a", "b")}{arrow("b", "c2")}</process><process id="q"><sendTask id="k" name="K"/></process>'
    )
    found = read_bpmn(text.encode())

    lanes = [(step.name, step.lane) for step in found.steps]
    assert lanes == [("A", "Werk"), ("B", "Lager"), ("C", "Firma")]
    assert found.handoffs == {("a", "b"), ("b", "c2")}
    together = read_bpmn(text.encode(), ["p", "q"])
    assert [step.lane for step in together.steps] == ["Kunde", "Werk", "Lager", "Firma"]
    assert together.handoffs == {("k", "a"), ("a", "b"), ("b", "c2")}


def test_a_step_without_a_name_is_called_by_its_place_in_the_language_of_the_process() -> None:
    found = read_bpmn(process(f'<task id="a" name="Tun"/><task id="b" name=" "/>{arrow("a", "b")}').encode())

    assert found.notes == {"unnamed": 1}
    assert [step.name for step in with_names(found, "de").steps] == ["Tun", "Schritt 2"]
    assert [step.name for step in with_names(found, "en").steps] == ["Tun", "Step 2"]


def test_names_are_one_line_and_not_longer_than_their_column() -> None:
    found = read_bpmn(two_steps("Zeile&#10;eins &#9; zwei", "x" * 400).encode())
    assert found.steps[0].name == "Zeile eins zwei"
    assert (len(found.steps[1].name), found.steps[1].name[-1]) == (300, "…")


def test_the_same_name_twice_is_noticed() -> None:
    assert read_bpmn(two_steps("Prüfen", "prüfen").encode()).notes == {"same_name": 2}


def test_a_file_without_a_diagram_has_steps_and_no_drawing() -> None:
    assert not read_bpmn(two_steps().encode()).has_drawing
    drawn = definitions(f'<process id="p"><task id="a"/></process>{diagram(shape("a"))}')
    assert read_bpmn(drawn.encode()).has_drawing


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("UTF-16", "utf-16"),
        ("UTF-16LE", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
        ("utf-8", "utf-8"),
    ],
)
def test_the_usual_encodings_are_read_and_kept_as_utf_8(declared: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    found = read_bpmn((head + two_steps("Prüfen", "Größe")).encode(encoding))

    assert [step.name for step in found.steps] == ["Prüfen", "Größe"]
    assert found.text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert found.text.count("<?xml") == 1
    again = read_bpmn(found.text.encode())
    assert (again, again.text) == (found, found.text)


def test_odd_prefixes_and_extensions_of_vendors_do_not_disturb() -> None:
    text = (
        f'<q:definitions xmlns:q="{MODEL}" xmlns:v="urn:vendor"><q:process id="p"><q:task id="a" name="Tun">'
        '<q:extensionElements><v:task id="a"/><v:task/></q:extensionElements></q:task><v:task id="b"/></q:process>'
        "</q:definitions>"
    )
    assert names(text) == ["Tun"]
