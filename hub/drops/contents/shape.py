"""The shape of content that comes with the hub: doors with words in both languages."""

from dataclasses import dataclass

from django.utils.translation import get_language

from hub.drops.vocabulary import Kind


@dataclass(frozen=True)
class Door:
    kind: str
    texts: dict[str, tuple[str, str]]

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def title(self) -> str:
        return self._words()[0]

    @property
    def text(self) -> str:
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        return self.texts.get((get_language() or "de")[:2]) or self.texts["de"]


def door(kind: str, *, de: tuple[str, str], en: tuple[str, str]) -> Door:
    """A door of the kind, with (title, text) in each language."""
    return Door(kind, {"de": de, "en": en})


@dataclass(frozen=True)
class Starter:
    """A whole calendar to begin from: titles and first sentences by language, and its doors in their order."""

    key: str
    titles: dict[str, str]
    intros: dict[str, str]
    doors: tuple[Door, ...]
    working_days_only: bool = False

    @property
    def title(self) -> str:
        return self.titles.get((get_language() or "de")[:2]) or self.titles["de"]
