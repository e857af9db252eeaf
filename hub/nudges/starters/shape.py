"""What a tip that comes with the hub is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`saves_source` is empty where nobody measured it: the saving is then our own estimate, and shown as one."""

    title: str
    body: str
    steps: list[str]
    saves_source: str = ""


@dataclass(frozen=True)
class StarterTip:
    """`roles` is empty for what helps everybody. The area follows from the module that a tip stands in.

    `pages`: patterns of widely used tools, see `places.py`. `hub_page`: the page of the hub, as a path, where one
    does it at once. Any other tool is another one in every company, so no other link comes with the hub.
    """

    key: str
    tool: str
    minutes: int
    moments: tuple[str, ...]
    de: Words
    en: Words
    roles: tuple[str, ...] = ()
    saves_minutes: int | None = None
    pages: tuple[str, ...] = ()
    hub_page: str = ""

    @property
    def words(self) -> dict[str, Words]:
        return {"de": self.de, "en": self.en}
