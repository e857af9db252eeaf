import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from hub import commands
from hub.ai.embeddings import get_embedding_model
from learning.notebooks.question_files import load_question_file, table
from learning.rag.evaluate import evaluate_retrieval


class Command(commands.Command):
    help = (
        "Measures the ranking of paragraphs on SQuAD-format question files, with the product's own reading, "
        "splitting and search. Writes no rows."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="file")
        parser.add_argument("--scope", choices=["file", "document"], default="file")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, files: list[Path], scope: str, **options: Any) -> None:
        results = []
        for path in files:
            try:
                results.append(
                    {
                        "file": path.name,
                        **evaluate_retrieval(
                            load_question_file(path), scope=scope, embedding=get_embedding_model()
                        ),
                    }
                )
            except ValueError as error:
                raise CommandError(f"{path}: {error}") from error
        self.stdout.write(json.dumps(results, ensure_ascii=False) if options["json"] else table(results))
