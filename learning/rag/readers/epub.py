"""EPUB: the chapters in reading order through the HTML reader; nothing outside the package is read."""

import posixpath
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from learning.rag.errors import ReadingError
from learning.rag.readers import html
from learning.rag.readers.text import decode
from learning.rag.reading import Composer

CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    with zipfile.ZipFile(path) as package:
        place = package_place(package)
        book = parse(package.read(place))
        chapters = [name for name in chapters_of(book, place) if name in package.NameToInfo]
        if not chapters:
            raise ReadingError("broken")
        # Fonts are often scrambled in books that anybody may read.
        if locked(package) & {place, *chapters}:
            raise ReadingError("encrypted")
        for done, name in enumerate(chapters):
            progress(done, len(chapters))
            add_chapter(composer, decode(package.read(name), declared=True))
        progress(len(chapters), len(chapters))
    title = book.find("{*}metadata/{http://purl.org/dc/elements/1.1/}title")
    return "".join(title.itertext()) if title is not None else ""


def parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    root = etree.fromstring(data, parser)
    if root is None:
        raise ReadingError("broken")
    return root


def package_place(package: zipfile.ZipFile) -> str:
    """The name of the part that lists all others."""
    for rootfile in parse(package.read(CONTAINER)).iter("{*}rootfile"):
        place = unquote(rootfile.get("full-path", ""))
        if place in package.NameToInfo:
            return place
    raise ReadingError("broken")


def chapters_of(book: etree._Element, place: str) -> list[str]:
    """Names of the parts of the spine, each once."""
    folder = posixpath.dirname(place)
    parts = {}
    for item in book.iterfind("{*}manifest/{*}item"):
        if "html" in item.get("media-type", ""):
            address = unquote(item.get("href", "").partition("#")[0])
            parts[item.get("id")] = posixpath.normpath(posixpath.join(folder, address))
    places = [parts.get(entry.get("idref")) for entry in book.iterfind("{*}spine/{*}itemref")]
    return list(dict.fromkeys(name for name in places if name is not None))


def locked(package: zipfile.ZipFile) -> set[str]:
    if ENCRYPTION not in package.NameToInfo:
        return set()
    references = parse(package.read(ENCRYPTION)).iter("{*}CipherReference")
    return {posixpath.normpath(unquote(reference.get("URI", ""))).lstrip("/") for reference in references}


def add_chapter(composer: Composer, markup: str) -> None:
    root = html.parse(markup)
    if root is None:
        return
    for aside in root.iter("aside"):
        # On a web page this is a side bar; in a book it is a box or a note.
        aside.tag = "div"
    html.add_tree(composer, root)
