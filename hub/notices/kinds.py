"""Every kind of notice and its sentence. Areas add theirs in `apps.ready()`."""

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def register_kind(kind: str, sentence: str | Promise) -> None:
    """`sentence` is a lazily translated %-format over the notice's facts."""
    _sentences[kind] = sentence


def sentence(kind: str, facts: dict[str, object]) -> str:
    return str(_sentences[kind]) % facts
