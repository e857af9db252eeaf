"""What happens to a process: it is imported, made from a template, shared, and deleted. Lists: `list_actions.py`."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes import consent
from challenges.processes.bpmn import ProcessRead, read_bpmn, with_names
from challenges.processes.elements import LONGEST_TITLE, one_line
from challenges.processes.layout import draw
from challenges.processes.models import Process, Step
from challenges.processes.steps_csv import StepLine, read_csv
from challenges.processes.templates import get_template
from challenges.processes.variants import hold_family, join_families
from hub.people.models import User
from hub.refusals import Refusal
from hub.uploads import check_size, plain_name

BPMN_ENDINGS = (".bpmn", ".xml")
ENDINGS = (*BPMN_ENDINGS, ".csv")
NUMBERS = ("touch_minutes", "wait_hours", "probability", "loop_factor", "value")


def import_file(
    *,
    user: User,
    file: File,
    title: str = "",
    audience: str = Process.Audience.PRIVATE,
    language: str = "",
) -> tuple[Process, bool]:
    """`import_process` for an upload, which is measured before it is read."""
    check_size(file, limit=settings.PROCESS_MAX_BYTES)
    return import_process(
        user=user,
        file_name=file.name or "",
        content=file.read(),
        title=title,
        audience=audience,
        language=language,
    )


def import_process(
    *,
    user: User,
    file_name: str,
    content: bytes,
    title: str = "",
    audience: str = Process.Audience.PRIVATE,
    language: str = "",
) -> tuple[Process, bool]:
    """Read a file and keep it. Returns (process, whether it is new): the same bytes are kept once a person.

    Raises Refusal for what cannot be read.
    """
    path = PurePath(plain_name(file_name))
    title = plain(title)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        sentence = _("Only these kinds of file are read: %(endings)s. Nothing was kept.")
        raise Refusal("unknown_format", sentence % {"endings": ", ".join(ENDINGS)})
    called = plain(path.stem.removesuffix(".bpmn20").replace("_", " "))
    lines: Sequence[StepLine] = ()
    if ending == ".csv":
        lines, origin = read_csv(content), Process.Origin.CSV
        read = drawn(title or called, lines)
    else:
        read, origin = read_bpmn(content), Process.Origin.BPMN
    return keep(
        user=user,
        read=read,
        lines=lines,
        origin=origin,
        title=title or read.title or called,
        audience=audience,
        language=language or user.language,
        content_sha256=hashlib.sha256(content).hexdigest(),
    )


def create_from_template(
    *, user: User, key: str, language: str, audience: str = Process.Audience.PRIVATE
) -> tuple[Process, bool]:
    """Returns (process, whether it is new): a template is kept once a person. Raises Refusal for an unknown one."""
    template = get_template(key, language)
    if template is None:
        raise Refusal("unknown_template", _("There is no such template."))
    return keep(
        user=user,
        read=drawn(template.title, template.lines),
        lines=template.lines,
        origin=Process.Origin.TEMPLATE,
        title=template.title,
        cases_per_week=template.cases_per_week,
        audience=audience,
        language=language,
        content_sha256=hashlib.sha256(f"template:{key}:{language}".encode()).hexdigest(),
    )


@transaction.atomic
def change_process(*, process: Process) -> Process:
    """Save title, language, audience, site, deputy, and whose variant it is; what was read stays as it is.

    Raises Refusal for hiding a process that somebody entered a bet with.
    """
    placed = ("site_id", "variant_of_id", "audience")
    before = hold_family(process, only=("is_baseline", *placed))
    if before.is_baseline and process.audience != Process.Audience.COMPANY:
        raise Refusal(
            "in_use", _("This process takes part in a bet, so everybody goes on seeing it."), status=409
        )
    fields = ["title", "language", "audience", "site", "variant_of", "deputy"]
    if any(getattr(before, name) != getattr(process, name) for name in placed):
        process.changed_at = timezone.now()
        fields.append("changed_at")
    process.save(update_fields=fields)
    join_families(process)
    if before.audience != process.audience == Process.Audience.COMPANY:
        consent.ask_anew(process)
    return process


def delete_process(*, process: Process) -> None:
    """For good. Raises Refusal while something stands on it."""
    try:
        with transaction.atomic():
            process.delete()
    except ProtectedError as error:
        sentence = _("This process takes part in a bet and cannot be deleted.")
        raise Refusal("in_use", sentence, status=409) from error


def plain(text: str) -> str:
    """One line without control characters, which no drawing can hold."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return one_line(printable, LONGEST_TITLE)


def drawn(title: str, lines: Sequence[StepLine]) -> ProcessRead:
    """Along the same path as any other drawing, so that list and drawing cannot differ."""
    return read_bpmn(draw(title, lines).encode())


def keep(
    *,
    user: User,
    read: ProcessRead,
    lines: Sequence[StepLine],
    content_sha256: str,
    language: str,
    **columns: Any,
) -> tuple[Process, bool]:
    """Returns (process, whether it is new). `lines` are the list that `read` was drawn from, if it was."""
    own = Process.objects.filter(owner=user, content_sha256=content_sha256)
    existing = own.first()
    if existing:
        return existing, False
    try:
        with transaction.atomic():
            process = Process.objects.create(
                owner=user, language=language, content_sha256=content_sha256, **read_columns(read), **columns
            )
            Step.objects.bulk_create(steps_of(process, read, lines), batch_size=1000)
    except IntegrityError:
        return own.get(), False
    return process, True


def read_columns(read: ProcessRead) -> dict[str, Any]:
    return {
        "bpmn": read.text,
        "has_drawing": read.has_drawing,
        "handoff_count": len(read.handoffs),
        "decision_count": len(read.decisions),
        "notes": read.notes,
    }


def steps_of(process: Process, read: ProcessRead, lines: Sequence[StepLine]) -> list[Step]:
    """Not saved. What was drawn from a list stands in its order, so its numbers are those of the same place."""
    steps = with_names(read, process.language).steps
    numbers: list[dict[str, Any]] = [numbers_of(line) for line in lines] or [{} for _step in steps]
    return [
        Step(
            process=process,
            position=position,
            element_id=step.element_id,
            name=step.name,
            lane=step.lane,
            kind=step.kind,
            **values,
        )
        for position, (step, values) in enumerate(zip(steps, numbers, strict=True), 1)
    ]


def numbers_of(line: StepLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in NUMBERS}
