"""Reads BPMN 2.0: bytes in, steps in order with their lanes out. Counts what `README.md` says is a step.

Knows no database and fetches nothing; what it cannot accept is a Refusal with a sentence of its own.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import formats
from django.utils.translation import gettext as _

from challenges.processes.elements import ACTIVITIES, FLOW_NODES, MODEL, StepRead, id_of, one_line, tag_of
from challenges.processes.flow import TooTangledError
from challenges.processes.structure import Structure
from challenges.processes.xml_reading import parse
from hub.refusals import Refusal

MOST_STEPS = 10_000
MOST_NODES = 60_000  # steps, events, gateways and arrows together
LONGEST_ID = 200


@dataclass(frozen=True)
class PoolRead:
    """`key` is the id of its process in the file; `element_ids` are those of its steps."""

    key: str
    name: str
    element_ids: frozenset[str]
    counts: bool


@dataclass(frozen=True)
class ProcessRead:
    """`steps` in the order of the flow; `decisions` are (element id, name) of gateways with more than one way out.

    `handoffs` are pairs of element ids. `notes` counts what a person should know: unnamed steps, exceptions and steps
    of foreign pools left out, names that occur more than once, steps that stand for several. `pools` are those with
    steps where a file has more than one. `text` is the document as it is kept.
    """

    title: str
    steps: tuple[StepRead, ...]
    has_drawing: bool
    decisions: tuple[tuple[str, str], ...]
    handoffs: frozenset[tuple[str, str]]
    notes: dict[str, int]
    pools: tuple[PoolRead, ...] = ()
    text: str = field(repr=False, compare=False, default="")


def read_bpmn(content: bytes, own_pools: Collection[str] = ()) -> ProcessRead:
    """`own_pools` are keys of the pools whose steps count; without them it is the pool with most steps."""
    check_bytes(content)
    root, text = parse(content)
    if root.tag != f"{MODEL}definitions":
        raise Refusal("not_bpmn", _("This is XML, but not BPMN 2.0. Export it as BPMN 2.0 and try again."))
    _check_ids(root)
    _check_amount(root)
    structure = Structure(root, own_pools)
    steps = structure.in_flow_order()
    if len(steps) > MOST_STEPS:
        raise too_many_steps(len(steps))
    if not steps:
        raise Refusal("no_step", _("There is no step in this file, so there is nothing to work on."))
    return ProcessRead(
        title=structure.title(),
        steps=tuple(steps),
        has_drawing=any(step.element_id in structure.drawn for step in steps),
        decisions=tuple(structure.decisions),
        handoffs=_handoffs(structure),
        notes=_notes(steps, structure),
        pools=_pools(structure),
        text=text,
    )


def _handoffs(structure: Structure) -> frozenset[tuple[str, str]]:
    try:
        return frozenset(structure.handoffs())
    except TooTangledError as error:
        raise too_many_elements() from error


def with_names(read: ProcessRead, language: str) -> ProcessRead:
    """Steps without a name get a neutral one in the process's language, by their place."""
    word = {"de": "Schritt"}.get(language, "Step")
    steps = tuple(
        step if step.name else replace(step, name=f"{word} {place}")
        for place, step in enumerate(read.steps, 1)
    )
    return replace(read, steps=steps)


def check_bytes(content: bytes) -> None:
    if not content.strip():
        raise Refusal("empty", _("This file is empty. Nothing was kept."))
    if len(content) > settings.PROCESS_MAX_BYTES:
        sentence = _("This file is larger than %(limit)s, the most a process may have. Nothing was kept.")
        limit = filesizeformat(settings.PROCESS_MAX_BYTES)
        raise Refusal("too_large", sentence % {"limit": limit}, status=413)


def grouped(count: int) -> str:
    """The number as its reader writes it: 10.000 or 10,000."""
    return formats.number_format(count, force_grouping=True)


def too_many_steps(count: int) -> Refusal:
    sentence = _("This file holds %(count)s steps, and %(limit)s are the most. Import a part of it.")
    return Refusal("too_many_steps", sentence % {"count": grouped(count), "limit": grouped(MOST_STEPS)})


def too_many_elements() -> Refusal:
    return Refusal("too_many_elements", _("This file holds too much to be one process. Nothing was kept."))


def _check_ids(root: Element) -> None:
    ids: set[str] = set()
    without = 0
    for element in root.iter():
        tag, element_id = tag_of(element), id_of(element)
        if not tag:
            continue
        if not element_id:
            without += tag in ACTIVITIES
            continue
        if element_id in ids:
            sentence = _("The id “%(id)s” occurs twice in this file, so its steps cannot be told apart.")
            raise Refusal("duplicate_id", sentence % {"id": one_line(element_id, 60)})
        if len(element_id) > LONGEST_ID:
            raise Refusal("long_id", _("An id in this file is longer than 200 characters. Nothing was kept."))
        ids.add(element_id)
    if without:
        sentence = _("Steps without an id: %(count)s. Export the file again from your drawing tool.")
        raise Refusal("no_id", sentence % {"count": without})


def _check_amount(root: Element) -> None:
    """Before anything is worked out: what follows takes longer than linear time."""
    tags = Counter(map(tag_of, root.iter()))
    if sum(tags[tag] for tag in (*FLOW_NODES, "sequenceFlow", "messageFlow")) > MOST_NODES:
        steps = sum(tags[tag] for tag in ACTIVITIES)
        if steps > MOST_STEPS:
            raise too_many_steps(steps)
        raise too_many_elements()


def _pools(structure: Structure) -> tuple[PoolRead, ...]:
    """None where there is nothing to choose: a single pool, or processes that stand beside each other in no pool."""
    own = set(structure.own)
    if not structure.has_pools or len(structure.pools) < 2:
        return ()
    return tuple(
        PoolRead(
            key=pool.key,
            name=pool.name or pool.process.get("name", ""),
            element_ids=frozenset(pool.steps),
            counts=pool in own,
        )
        for pool in structure.pools
    )


def _notes(steps: list[StepRead], structure: Structure) -> dict[str, int]:
    names = Counter(step.name.casefold() for step in steps if step.name)
    kinds = Counter(step.kind for step in steps)
    found = {
        "unnamed": sum(not step.name for step in steps),
        "same_name": sum(count for count in names.values() if count > 1),
        "exceptions": structure.exceptions,
        "foreign": sum(len(pool.steps) for pool in structure.foreign),
        "pools": len(structure.own) if structure.has_pools and len(structure.own) > 1 else 0,
        "collapsed": kinds["subprocess"],
        "called": kinds["call"],
    }
    return {name: count for name, count in found.items() if count}
