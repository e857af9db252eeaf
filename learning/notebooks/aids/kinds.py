"""The kinds of aids there are, in the order in which the studio offers them. Modules are imported on use."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.notebooks.aids.drafts import Made


@dataclass(frozen=True)
class AidKind:
    """`key` is also the module's name; `label` names it, `what` says in a sentence what one gets."""

    key: str
    label: str | Promise
    what: str | Promise

    @property
    def make(self) -> Callable[..., Made]:
        return import_module(f"learning.notebooks.aids.{self.key}").make


KINDS: dict[str, AidKind] = {
    kind.key: kind
    for kind in (
        AidKind(
            "guide", _("Study guide"), _("Key points section by section, and questions to check yourself.")
        ),
        AidKind("briefing", _("Briefing"), _("What matters most, on one page.")),
        AidKind("faq", _("Questions and answers"), _("What people ask, answered from the sources.")),
        AidKind("timeline", _("Timeline"), _("What happened when.")),
        AidKind("terms", _("Key terms"), _("Words the sources define.")),
        AidKind("mind_map", _("Mind map"), _("The material at a glance, drawn and as an outline.")),
        AidKind("quiz", _("Quiz"), _("Find out what you know already.")),
        AidKind("cards", _("Flashcards"), _("Learn for good, a few minutes at a time.")),
        AidKind("audio", _("Audio overview"), _("Two voices talk it over; you listen or read along.")),
    )
}
