"""Inert uploads: measured and fingerprinted before anything is kept, and never served as a page."""

import hashlib
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from hub.malware import ScanLimit, ScannerUnavailable, scan
from hub.refusals import Refusal


def fingerprint(file: File) -> str:
    """SHA-256 of the content, read in chunks; leaves the file at its start."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def check_size(file: File, *, limit: int | None = None) -> None:
    """Raises Refusal: 413 when larger than `limit` bytes (default: the site's), 422 when empty."""
    limit = limit or settings.UPLOAD_MAX_BYTES
    if not file.size:
        raise Refusal("empty", _("This file is empty. Nothing was kept."))
    if file.size > limit:
        sentence = _("This file has %(size)s, and %(limit)s is the most the hub takes. Nothing was kept.")
        sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        raise Refusal("too_large", sentence % sizes, status=413)


def check_clean(file: File) -> None:
    """Ask the malware scanner, where one is configured; leaves the file at its start.

    Raises Refusal for what it finds, and when it gives no verdict.
    """
    if not settings.CLAMD_ADDRESS:
        return
    with NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        try:
            found = scan(Path(copy.name))
        except (ScannerUnavailable, ScanLimit, OSError) as error:
            sentence = _("The scanner for malware gave no verdict. Try again later. Nothing was kept.")
            raise Refusal("scanner", sentence, status=503) from error
    if found:
        raise Refusal("malware", _("The scanner found malware in this file. Nothing was kept."))


def one_line(text: str) -> str:
    """What somebody typed as a title: its blanks single, without control characters and signs of direction."""
    line = " ".join(text.split())
    return "".join(character for character in line if character.isprintable()).strip()


def plain_name(name: str, *, longest: int = 200) -> str:
    """The last part of a path, without control characters, short enough for its column; keeps the extension."""
    base = PurePath(name.replace("\\", "/")).name
    printable = "".join(character for character in base if character.isprintable()).strip() or "file"
    suffix = PurePath(printable).suffix[:20]
    return printable[: longest - len(suffix)].removesuffix(suffix) + suffix if suffix else printable[:longest]
