"""Makes the script of other pages anew and packs the browser extension."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from hub import commands
from hub.embeds.packing import SCRIPT, extension_archive, script


class Command(commands.Command):
    help = "Write static/embed/hatpin.js from its modules, and the browser extension as a zip."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--extension", type=Path, help="where to write the zip of the browser extension")

    def handle(self, *args: Any, **options: Any) -> None:
        SCRIPT.write_text(script(), "utf-8")
        self.stdout.write(f"Wrote {SCRIPT.name}.")
        if target := options["extension"]:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(extension_archive())
            self.stdout.write(f"Wrote {target}.")
