"""What a file really is: by its first bytes, then by its extension. The two have to agree."""

import zipfile
from pathlib import Path, PurePath

from learning.rag.errors import ReadingError
from learning.rag.readers import archive

FORMATS: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "pptx": (".pptx",),
    "xlsx": (".xlsx",),
    "epub": (".epub",),
    "html": (".html", ".htm", ".xhtml"),
    "markdown": (".md", ".markdown"),
    "text": (".txt", ".text"),
    "csv": (".csv",),
    "transcript": (".vtt", ".srt"),
}
ACCEPTED: tuple[str, ...] = tuple(extension for extensions in FORMATS.values() for extension in extensions)
TEXTUAL = ("html", "markdown", "text", "csv", "transcript")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Pictures, archives, programs, databases: nothing that could be text under a text extension.
FOREIGN = (
    *(b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"),
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"OggS", b"ID3"),
    *(b"\x7fELF", b"MZ\x90", b"\xca\xfe\xba\xbe", b"SQLite format 3", b"{\\rtf", b"%!PS"),
)
MAIN_PARTS = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "xlsx",
    "META-INF/container.xml": "epub",
}
HEAD = 1024  # bytes; PDF allows rubbish before its signature


def identify(path: Path, *, name: str) -> str:
    """The format as a key of FORMATS; raises ReadingError for everything that is not to be parsed."""
    extension = PurePath(name).suffix.lower()
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise ReadingError("empty")
    expected = next((format for format, extensions in FORMATS.items() if extension in extensions), "")
    found = binary_format(path, head, may_start_late=expected == "pdf")
    if found == expected or (found == "text" and expected in TEXTUAL):
        return expected
    if not expected:
        raise unknown()
    raise ReadingError("mismatch", extension=extension)


def binary_format(path: Path, head: bytes, *, may_start_late: bool) -> str:
    """The key of FORMATS by content, or "text" if it may be text; raises for what is neither."""
    if head.startswith(OLE2):
        raise ReadingError("encrypted" if archive.holds(path, ENCRYPTED_PACKAGE) else "old_office")
    if head.startswith(ZIP):
        return packed_format(path)
    if head.startswith(FOREIGN):
        raise unknown()
    if head.lstrip().startswith(b"%PDF-") or (may_start_late and b"%PDF-" in head):
        return "pdf"
    return "text"


def packed_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            archive.check_declared(package)
            names = set(package.namelist())
            if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
                raise ReadingError("macro")
            format = next((format for part, format in MAIN_PARTS.items() if part in names), None)
            if format is None:
                raise unknown()
            archive.check_real(package)
    except zipfile.BadZipFile as error:
        raise ReadingError("broken") from error
    return format


def unknown() -> ReadingError:
    return ReadingError("unknown_format", accepted=", ".join(ACCEPTED))
