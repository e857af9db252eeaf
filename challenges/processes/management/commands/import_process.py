import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation

from challenges.processes.actions import import_process
from challenges.processes.models import Process
from challenges.processes.serializers import ProcessWithStepsSerializer
from hub import commands
from hub.people.owners import get_owner
from hub.refusals import Refusal


class Command(commands.Command):
    help = (
        "Imports a process from a drawing in BPMN 2.0 or from a table of steps (columns lane, step, kind, "
        "touch_minutes, wait_hours, probability, loop_factor). The same bytes are kept once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a .bpmn or .csv file")
        parser.add_argument(
            "--owner", metavar="EMAIL", help="whose process (default: the first administrator)"
        )
        parser.add_argument("--title", default="", help="default: what the file calls itself")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, file: Path, title: str, **options: Any) -> None:
        owner = get_owner(options["owner"])
        try:
            with file.open("rb") as opened:
                content = opened.read(settings.PROCESS_MAX_BYTES + 1)
            process, is_new = import_process(user=owner, file_name=file.name, content=content, title=title)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or 'cannot be opened'}.") from error
        except Refusal as refusal:
            raise CommandError(f"{file}: {refusal.message}") from refusal
        if options["json"]:
            found = Process.objects.with_counts().get(pk=process.pk)
            with translation.override(owner.language):
                self.stdout.write(json.dumps(ProcessWithStepsSerializer(found).data, default=str))
        else:
            state = "imported" if is_new else "already there"
            count = process.steps.count()
            self.stdout.write(
                f"{state}  {process.pk}  {process.title}  ({count} step{'' if count == 1 else 's'})"
            )
