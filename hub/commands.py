"""What every command of ours does alike: a wrong argument ends in one sentence and exit code 1, in English."""

import sys
from typing import Any, NoReturn

from django.core.management import base
from django.core.management.base import CommandError, CommandParser
from django.utils import translation


class Command(base.BaseCommand):
    """Reasons are in English, whatever the site speaks; what is said to one person is said in theirs."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def refuse(message: str) -> NoReturn:
            """In place of argparse's usage and exit code 2."""
            sentence = f"{message[:1].upper()}{message[1:]}; `{parser.prog} --help` explains it."
            if not parser.called_from_command_line:
                raise CommandError(sentence)
            self.stderr.write(f"CommandError: {sentence}")
            sys.exit(1)

        parser.error = refuse
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        with translation.override("en"):
            return super().execute(*args, **options)
