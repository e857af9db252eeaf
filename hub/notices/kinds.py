"""Every kind of notice and its sentence. Areas add theirs in `apps.ready()`."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import pgettext

_sentences: dict[str, str | Promise] = {}
_in_hub_only: set[str] = set()
_details: dict[str, str] = {}
_explained: dict[str, str] = {}


def register_kind(
    kind: str, sentence: str | Promise, *, by_mail: bool = True, details: str = "", explained_at: str = ""
) -> None:
    """`sentence` is a lazily translated %-format over the notice's facts.

    With `by_mail=False` it stays in the inbox, for what comes in numbers or is seen on the page anyway. `details` names
    the fact whose lines a mail brings along, already in the reader's language. `explained_at` is the part of its page
    that says why one got it and what is kept.
    """
    _explained[kind] = explained_at
    _sentences[kind] = sentence
    _details[kind] = details
    (_in_hub_only.discard if by_mail else _in_hub_only.add)(kind)


def goes_by_mail(kind: str) -> bool:
    return kind not in _in_hub_only


def details(kind: str, facts: dict[str, object]) -> tuple[str, ...]:
    """The lines that a mail has besides the sentence."""
    lines = facts.get(_details.get(kind, ""), ())
    return tuple(map(str, lines)) if isinstance(lines, list) else ()


def why_path(kind: str, path: str) -> str:
    """Where the hub says why somebody got this; empty for what says it itself."""
    part = _explained.get(kind, "")
    return f"{path}{part}" if part and path else ""


def sentence(kind: str, facts: dict[str, object]) -> str:
    """In the language and the zone active now. A fact `at`, a moment in ISO 8601, is said as `%(when)s`."""
    return str(_sentences[kind]) % {"when": _when(facts.get("at")), **facts}


def _when(at: object) -> str:
    if not at:
        return ""
    moment = timezone.localtime(datetime.fromisoformat(str(at)))
    day = date_format(moment, pgettext("date format", "l, j F Y"))
    return f": {day}, {date_format(moment, pgettext('time format', 'H:i'))}"
