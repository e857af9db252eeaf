import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser

from challenges.contests.models import Challenge
from challenges.sealed.commitments import Verdict, verify
from challenges.sealed.models import Commitment
from hub import commands


class Command(commands.Command):
    help = "Recomputes a bet's commitment from its claims and says whether one was added or changed after the deadline."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("challenge", help="the bet's id, as in its address")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, challenge: str, json: bool = False, **options: Any) -> None:
        try:
            pk = UUID(challenge)
        except ValueError:
            raise CommandError("There is no such bet.") from None
        commitment = Commitment.objects.select_related("challenge").filter(challenge=pk).first()
        if commitment is None:
            there = Challenge.objects.filter(pk=pk).exists()
            raise CommandError("This bet has no commitment yet." if there else "There is no such bet.")
        self._say(verify(commitment), as_json=json)

    def _say(self, verdict: Verdict, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({**asdict(verdict), "intact": verdict.is_intact}))
        elif verdict.is_intact:
            self.stdout.write(f"Intact: {verdict.matching} of {verdict.leaves} claims match {verdict.root}")
        if not verdict.is_intact:
            raise CommandError(f"Not intact: {'; '.join(verdict.faults)}.")
