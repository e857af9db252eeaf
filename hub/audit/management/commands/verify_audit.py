import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.audit.actions import seal_pending, verify


class Command(commands.Command):
    help = "Recomputes the audit's chain of hashes and says whether an entry was changed or is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, json: bool = False, **options: Any) -> None:
        verdict = verify()
        if verdict.is_intact and verdict.pending:
            seal_pending()
            verdict = verify()
        self._say(verdict, as_json=json)

    def _say(self, verdict: Any, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({**asdict(verdict), "intact": verdict.is_intact}))
        elif verdict.is_intact:
            self.stdout.write(
                f"Intact: {verdict.entries} entries in {verdict.batches} batches, head {verdict.head}"
            )
        if not verdict.is_intact:
            raise CommandError(f"Not intact: {verdict.fault}.")
