"""What can go wrong while reading a file or asking a model, each with a sentence for the reader."""

from functools import partial

from django.utils.formats import number_format
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# A number as it is written in the language active when the sentence is read.
_grouped = lazy(partial(number_format, force_grouping=True), str)

SENTENCES: dict[str, Promise] = {
    "unknown_format": _("This kind of file cannot be read yet. Accepted are {accepted}."),
    "mismatch": _(
        "The file is called {extension}, but its content is of another kind. Rename it or save it again."
    ),
    "old_office": _(
        "This is an Office file of the old kind. Save it as .docx, .xlsx or .pptx and upload it again."
    ),
    "empty": _("The file is empty."),
    "encrypted": _("The file is protected by a password. Save it without the password and upload it again."),
    "broken": _("The file is damaged or incomplete and cannot be opened."),
    "no_text": _("The file contains no readable text. If it is a scan, run text recognition (OCR) first."),
    "too_large": _("The file is larger than the limit of {limit} MB."),
    "too_many_words": _("The text is longer than the limit of {limit} words."),
    "too_many_cells": _("A sheet of the file is larger than the limit of {limit} cells."),
    "zip_bomb": _("The file unpacks to far more data than a document needs and was not opened."),
    "wrong_encoding": _(
        "The characters of this text cannot be recognised. Save it as UTF-8 and upload it again."
    ),
    "macro": _(
        "The file contains macros. Save it without macros (.docx, .xlsx or .pptx) and upload it again."
    ),
    "cancelled": _("Reading was stopped."),
    "malware": _(
        "The virus scanner found something harmful in this file, so it was erased. Check where it came from."
    ),
    "scan_limit": _("The file is larger than the virus scanner takes, so it was not opened. Split it."),
    "scanner_unavailable": _(
        "The virus scanner did not answer, so the file was not opened. Try again later, or tell an administrator."
    ),
}


class ReadingError(Exception):
    """A source could not be read; `code` is stable, `message` is the sentence in the reader's language.

    `details` are the sentence's blanks as plain JSON values, so that a row can keep code and details
    and show the sentence later in another language: `ReadingError(code, **details).message`.
    """

    def __init__(self, code: str, **details: str | int) -> None:
        self.code = code
        self.details = details
        shown = {
            name: _grouped(value) if isinstance(value, int) else value for name, value in details.items()
        }
        self.message: Promise = format_lazy(SENTENCES[code], **shown) if shown else SENTENCES[code]
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.message)


class ChatUnavailable(Exception):
    """The chat model did not answer; the extractive answer takes its place."""
