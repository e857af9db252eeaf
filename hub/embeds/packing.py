"""The script of pages and the browser extension, made of the same modules in `static/embed/` without a build tool."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

EMBED = Path(settings.BASE_DIR) / "static" / "embed"
EXTENSION = Path(settings.BASE_DIR) / "static" / "extension"
SCRIPT = EMBED / "hatpin.js"
# In the order in which they need each other.
MODULES = ("core", "words", "look", "widget", "client", "page")
SHARED_WITH_EXTENSION = ("core", "words", "look", "widget")
IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) )", re.MULTILINE)
# The same bytes whenever it is packed.
AT = (2026, 1, 1, 0, 0, 0)


def script() -> str:
    """What a page includes with one tag."""
    return _classic([EMBED / f"{name}.js" for name in MODULES])


def _classic(modules: Iterable[Path]) -> str:
    """Modules as one script that is none and leaves no name behind: without imports and exports, in a function."""
    parts = (EXPORT.sub("", IMPORT.sub("", path.read_text("utf-8"))) for path in modules)
    head = '// Made of several modules by `make embed`; change those.\n(() => {\n"use strict";\n'
    return head + "".join(parts) + "})();\n"


def extension_files() -> Iterator[tuple[str, bytes]]:
    """(path in the archive, content): its own files, the modules that it shares, and the script for pages."""
    source = EXTENSION / "content_source.js"
    shared = [EMBED / f"{name}.js" for name in SHARED_WITH_EXTENSION]
    for path in sorted(EXTENSION.rglob("*")):
        if path.is_file() and path != source:
            yield path.relative_to(EXTENSION).as_posix(), path.read_bytes()
    for path in shared:
        yield f"embed/{path.name}", path.read_bytes()
    yield "content.js", _classic([*shared, source]).encode()


def extension_archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in extension_files():
            archive.writestr(zipfile.ZipInfo(path, AT), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
