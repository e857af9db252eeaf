"""Compiles translations with Babel, so that no machine needs gettext to run the site."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


class BrokenCatalogue(Exception):
    """A translation would fail when shown; the text lists file, line and reason of each."""


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], domain=path.stem)


def _errors(path: Path, catalogue: Catalog) -> list[str]:
    return [
        f"{path}:{message.lineno}: {error}"
        for message, errors in catalogue.check()
        for error in errors
        if not message.fuzzy
    ]


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile every `<language>/LC_MESSAGES/*.po` below the folder; returns what was written.

    Fuzzy and empty entries are left out. Raises BrokenCatalogue before anything is written.
    """
    catalogues = {path: _read(path) for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))}
    if errors := [error for path, catalogue in catalogues.items() for error in _errors(path, catalogue)]:
        raise BrokenCatalogue("\n".join(errors))
    written = []
    for path, catalogue in catalogues.items():
        target = path.with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        written.append(fresh.replace(target))
    return written
