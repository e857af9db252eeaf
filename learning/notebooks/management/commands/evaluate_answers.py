import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.ai.embeddings import get_embedding_model
from learning.notebooks.question_files import load_question_file, table
from learning.rag.evaluate import evaluate_answers


class Command(commands.Command):
    help = (
        "Measures extractive answers on a SQuAD-format question file: whether a citation holds the answer, "
        "whether quotes are exact, and whether unanswerable questions are refused. Writes no rows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="file")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        results = []
        for path in files:
            try:
                results.append(
                    {
                        "file": path.name,
                        **evaluate_answers(load_question_file(path), embedding=get_embedding_model()),
                    }
                )
            except ValueError as error:
                raise CommandError(f"{path}: {error}") from error
        self.stdout.write(json.dumps(results, ensure_ascii=False) if options["json"] else table(results))
