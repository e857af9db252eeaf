"""What a file really is: by its first bytes, then by its extension. The two have to agree."""

import zipfile
from pathlib import Path, PurePath

from django.utils.translation import gettext_lazy as _

from learning.rag.errors import ReadingError
from learning.rag.readers import archive

FORMATS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "pptx": (".pptx",),
    "html": (".html", ".htm", ".xhtml"),
    "markdown": (".md", ".markdown"),
    "text": (".txt", ".text"),
}
ACCEPTED: tuple[str, ...] = tuple(extension for extensions in FORMATS.values() for extension in extensions)
TEXTUAL = ("html", "markdown", "text")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Pictures, archives, programs, databases: nothing that could be text under a text extension.
FOREIGN = (
    *(b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x89PNG", b"\xff\xd8\xff"),
    *(b"GIF8", b"RIFF", b"OggS", b"ID3", b"\x7fELF", b"MZ\x90", b"SQLite format 3", b"{\\rtf", b"%!PS", b"\xca\xfe\xba\xbe"),
)
HEAD = 1024  # bytes; PDF allows rubbish before its signature
NAMES = {
    "pdf": _("a PDF"),
    "docx": _("a Word document"),
    "pptx": _("a presentation"),
    "": _("something else"),
}


def identify(path: Path, *, name: str) -> str:
    """The format as a key of FORMATS; raises ReadingError for everything that is not to be parsed."""
    extension = PurePath(name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise ReadingError("empty")
    found = binary_format(path, head)
    expected = next((format for format, extensions in FORMATS.items() if extension in extensions), "")
    if found == expected or (found == "text" and expected in TEXTUAL):
        return expected
    if not expected:
        raise unknown()
    if found == "text":
        found = ""
    raise ReadingError("mismatch", extension=extension, content=NAMES[found])


def binary_format(path: Path, head: bytes) -> str:
    """The key of FORMATS by content, "text" if it may be text, "" if it is something foreign."""
    if head.startswith(OLE2):
        raise ReadingError("encrypted" if archive.holds(path, ENCRYPTED_PACKAGE) else "old_office")
    if head.startswith(ZIP):
        return packed_format(path)
    if head.startswith(FOREIGN):
        raise unknown()
    if b"%PDF-" in head:
        return "pdf"
    return "text"


def packed_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            archive.check(package)
            names = set(package.namelist())
            if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
                raise ReadingError("macro")
    except ReadingError:
        raise
    except Exception as error:
        raise ReadingError("broken") from error
    if "word/document.xml" in names:
        return "docx"
    if "ppt/presentation.xml" in names:
        return "pptx"
    raise unknown()


def unknown() -> ReadingError:
    return ReadingError("unknown_format", accepted=", ".join(ACCEPTED))
