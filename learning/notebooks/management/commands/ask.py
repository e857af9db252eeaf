import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from hub import commands
from hub.people.owners import get_owner
from hub.refusals import Refusal
from learning.notebooks import asking
from learning.notebooks.commands import add_notebook_arguments, get_notebook


class Command(commands.Command):
    help = "Answers a question from a notebook's sources, with citations. Keeps nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        add_notebook_arguments(parser)
        parser.add_argument("question")
        parser.add_argument("--language", choices=["de", "en"], help="of the frame around the quotes")

    def handle(self, *args: Any, notebook: str, question: str, **options: Any) -> None:
        owner = get_owner(options["owner"])
        language = options["language"] or owner.language
        with translation.override(language):
            try:
                result = asking.answer_question(
                    notebook=get_notebook(notebook, owner), user=owner, question=question, language=language
                )
            except Refusal as refusal:
                raise CommandError(str(refusal.message)) from refusal
            body = asking.as_json(result)
            if options["json"]:
                self.stdout.write(json.dumps(body, ensure_ascii=False))
                return
            if result.refused:
                self.stdout.write(_("The sources in this notebook do not answer that."))
            for sentence in result.sentences:
                markers = "".join(f"[{n}]" for n in sentence.citations)
                self.stdout.write(f"{sentence.text} {markers}".strip())
            for citation in result.citations:
                page = f", p. {citation.page}" if citation.page else ""
                self.stdout.write(f"\n[{citation.n}] {citation.title}{page}, {citation.start}–{citation.end}")
