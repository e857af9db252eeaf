"""Compiles the translations; a faulty one stops it before anything is written."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from hub import commands
from hub.catalogues import BrokenCatalogue, compile_catalogues


class Command(commands.Command):
    help = "Compile the catalogues of all languages (.po to .mo) without gettext."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = [path for folder in settings.LOCALE_PATHS for path in compile_catalogues(Path(folder))]
        except BrokenCatalogue as error:
            raise CommandError(f"Nothing was compiled, these translations are broken:\n{error}") from error
        if options["verbosity"]:
            self.stdout.write(f"Compiled {len(written)} catalogue(s).")
