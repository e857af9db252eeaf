import json
import time
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import CommandError, CommandParser
from django.utils import translation

from hub import commands
from hub.people.models import User
from hub.people.owners import get_owner
from hub.refusals import Refusal
from learning.notebooks import actions
from learning.notebooks.commands import add_notebook_arguments, get_or_make_notebook
from learning.notebooks.models import Notebook, Source
from learning.notebooks.reading import read_source
from learning.notebooks.serializers import SourceSerializer

POLL_SECONDS = 0.2


class Command(commands.Command):
    help = (
        "Adds files to a notebook and waits until each is ready or failed; prints one result each. "
        "Reads them itself unless a worker was quicker. Exit code 1 if any failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_notebook_arguments(parser)
        parser.add_argument("files", nargs="+", type=Path, metavar="file")

    def handle(self, *args: Any, notebook: str, files: list[Path], **options: Any) -> None:
        owner = get_owner(options["owner"])
        with translation.override(owner.language):
            target = get_or_make_notebook(notebook, owner)
            results = []
            for path in files:
                result = self._ingest(target, owner, path)
                results.append(result)
                if not options["json"]:
                    self.stdout.write(f"{result['state']}  {path}  {result['error']}".rstrip())
                    self.stdout.flush()
        if options["json"]:
            self.stdout.write(json.dumps(results, ensure_ascii=False))
        failed = sum(result["state"] != Source.State.READY for result in results)
        if failed:
            raise CommandError(f"{failed} of {len(files)} files could not be read.")

    def _ingest(self, notebook: Notebook, owner: User, path: Path) -> dict[str, Any]:
        try:
            with path.open("rb") as file:
                source = actions.add_file(notebook=notebook, user=owner, file=File(file, name=path.name))
        except OSError as error:
            return {
                "file": str(path),
                "state": "failed",
                "error": error.strerror or "cannot be opened",
                "id": None,
            }
        except Refusal as refusal:
            if refusal.code != "already_there":
                return {"file": str(path), "state": "failed", "error": str(refusal.message), "id": None}
            with path.open("rb") as file:
                content = actions.fingerprint(File(file, name=path.name))
            source = notebook.sources.current().get(content_sha256=content)
        self._wait(source)
        return {"file": str(path), **json.loads(json.dumps(SourceSerializer(source).data, default=str))}

    def _wait(self, source: Source) -> None:
        while not source.is_done:
            try:
                read_source(source.pk)
            except Exception as error:
                self.stderr.write(f"{source.title}: {error}")
            source.refresh_from_db()
            if not source.is_done:
                time.sleep(POLL_SECONDS)
