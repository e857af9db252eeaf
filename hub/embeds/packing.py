"""One script and one archive, made of the same modules in `static/embed/`: no build tool, and nothing kept twice."""

import io
import re
import zipfile
from collections.abc import Iterator
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
    """The modules as one classic script, which a page includes with one tag and which leaves no name behind."""
    parts = (EXPORT.sub("", IMPORT.sub("", (EMBED / f"{name}.js").read_text("utf-8"))) for name in MODULES)
    return (
        '// Made of the modules beside it by `make embed`; change those.\n(() => {\n"use strict";\n'
        + "".join(parts)
        + "})();\n"
    )


def extension_files() -> Iterator[tuple[str, bytes]]:
    """(path in the archive, content): the extension's own files, and the modules that it shares."""
    for path in sorted(EXTENSION.rglob("*")):
        if path.is_file():
            yield path.relative_to(EXTENSION).as_posix(), path.read_bytes()
    for name in SHARED_WITH_EXTENSION:
        yield f"embed/{name}.js", (EMBED / f"{name}.js").read_bytes()


def extension_archive() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in extension_files():
            archive.writestr(zipfile.ZipInfo(path, AT), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
