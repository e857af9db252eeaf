"""The aids that can be made, in the order in which they are offered; adding one is a module and one line here."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.notebooks.aids.drafts import Made


@dataclass(frozen=True)
class AidKind:
    """`what` says in one sentence what one gets; `module` is imported when an aid is made."""

    key: str
    label: Promise
    what: Promise
    module: str

    @property
    def make(self) -> Callable[..., Made]:
        return import_module(self.module).make


def _kind(key: str, label: Promise, what: Promise) -> AidKind:
    return AidKind(key, label, what, f"learning.notebooks.aids.{key}")


KINDS: dict[str, AidKind] = {
    kind.key: kind
    for kind in (
        _kind(
            "guide",
            _("Study guide"),
            _("What matters under each heading, with key terms and questions to check yourself."),
        ),
        _kind("briefing", _("Briefing"), _("The whole material on one page.")),
        _kind(
            "faq", _("Questions and answers"), _("Questions that the sources answer, each with its passage.")
        ),
        _kind("timeline", _("Timeline"), _("What happened or will happen when, in order.")),
        _kind("terms", _("Key terms"), _("The terms that the sources explain, in their own words.")),
        _kind(
            "mind_map",
            _("Mind map"),
            _("The topics and how they hang together, as a drawing and as an outline."),
        ),
        _kind("quiz", _("Quiz"), _("Multiple choice, gaps and short answers, from easy to hard.")),
        _kind("cards", _("Flashcards"), _("Small things to remember, one a card.")),
        _kind(
            "audio",
            _("Audio overview"),
            _("Two voices talk about what matters, with quotes from the sources."),
        ),
    )
}
