import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.people.directory import import_people
from hub.people.roster import COLUMNS, BadPeopleFile


class Command(commands.Command):
    help = (
        "Creates and updates people from a CSV file (UTF-8 or Excel's), all or nothing. "
        f"Columns: {', '.join(COLUMNS)}. Roles are separated by spaces."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            outcome = import_people(content=content, dry_run=dry_run)
        except BadPeopleFile as error:
            if options["json"]:
                self.stdout.write(json.dumps({"errors": [asdict(fault) for fault in error.faults]}))
            else:
                for fault in error.faults:
                    self.stderr.write(f"line {fault.line}: {fault.reason}")
            raise CommandError(f"Nothing was imported: {len(error.faults)} bad rows.") from error
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(outcome), "dry_run": dry_run}))
        else:
            verb = "would be" if dry_run else "were"
            self.stdout.write(
                f"{outcome.created} people {verb} created, {outcome.updated} updated, "
                f"{outcome.unchanged} unchanged; {outcome.left} have left."
            )
