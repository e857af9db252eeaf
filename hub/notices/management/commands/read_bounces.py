import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.notices import bounces


class Command(commands.Command):
    help = (
        "Reads reports of mail that came back (RFC 3464): the new ones of a Maildir, or one from standard input. "
        "Nothing more is mailed to an address that does not exist, and the inbox of whoever it belongs to says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", help="a Maildir; without one, one report is piped in"
        )
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        if folder is None:
            read, found = 1, int(bounces.take_in(sys.stdin.buffer.read(bounces.LARGEST + 1)))
        elif (folder / "new").is_dir() and (folder / "cur").is_dir():
            read, found = bounces.read_folder(folder)
        else:
            raise CommandError(f"{folder} is no Maildir: it has no folders new and cur.")
        if options["json"]:
            self.stdout.write(json.dumps({"read": read, "came_back": found}))
        else:
            self.stdout.write(f"{read} read, {found} of them about mail of the hub that came back.")
