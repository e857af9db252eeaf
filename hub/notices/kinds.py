"""Every kind of notice and its sentence. Areas add theirs in `apps.ready()`."""

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}
_in_hub_only: set[str] = set()


def register_kind(kind: str, sentence: str | Promise, *, by_mail: bool = True) -> None:
    """`sentence` is a lazily translated %-format over the notice's facts.

    With `by_mail=False` it stays in the inbox, for what comes in numbers or is seen on the page anyway.
    """
    _sentences[kind] = sentence
    (_in_hub_only.discard if by_mail else _in_hub_only.add)(kind)


def goes_by_mail(kind: str) -> bool:
    return kind not in _in_hub_only


def sentence(kind: str, facts: dict[str, object]) -> str:
    return str(_sentences[kind]) % facts
