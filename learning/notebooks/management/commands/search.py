import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import translation

from hub import commands
from hub.people.owners import get_owner
from hub.refusals import Refusal
from learning.notebooks import asking
from learning.notebooks.commands import add_notebook_arguments, get_notebook


class Command(commands.Command):
    help = "Finds the passages of a notebook that match a query best."

    def add_arguments(self, parser: CommandParser) -> None:
        add_notebook_arguments(parser)
        parser.add_argument("query")
        parser.add_argument(
            "--top-k", type=int, default=10, metavar="N", help=f"how many, from 1 to {asking.MOST_HITS}"
        )

    def handle(self, *args: Any, notebook: str, query: str, top_k: int, **options: Any) -> None:
        if not 1 <= top_k <= asking.MOST_HITS:
            raise CommandError(f"--top-k must be from 1 to {asking.MOST_HITS}, not {top_k}.")
        owner = get_owner(options["owner"])
        with translation.override(owner.language):
            try:
                hits = asking.search(
                    notebook=get_notebook(notebook, owner), user=owner, query=query, top_k=top_k
                )
            except Refusal as refusal:
                raise CommandError(str(refusal.message)) from refusal
        if options["json"]:
            self.stdout.write(
                json.dumps({"results": [asking.hit_as_json(hit) for hit in hits]}, ensure_ascii=False)
            )
            return
        if not hits:
            self.stdout.write("No passage matches.")
        for rank, hit in enumerate(hits, start=1):
            page = f", p. {hit.passage.page}" if hit.passage.page else ""
            self.stdout.write(
                f"{rank}. [{hit.score:.2f}] {hit.passage.title}{page}\n   {' '.join(hit.passage.text.split())}\n"
            )
