"""Why a source could not be read, as a sentence."""

from django.utils.translation import gettext as _

from learning.rag.errors import SENTENCES, ReadingError


def failure_sentence(code: str, details: dict[str, str | int]) -> str:
    if code in SENTENCES:
        return str(ReadingError(code, **details))
    return _(
        "Reading was interrupted several times. Try again; if it fails once more, tell an administrator."
    )
