"""What a message says. Each topic has one writer; an area above registers its own in `apps.ready()`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from hub.people.models import User

if TYPE_CHECKING:
    from hub.notices.models import Delivery


@dataclass(frozen=True)
class Letter:
    """Plain words in the language active when it was written; a channel gives them their form.

    `language`: of title, paragraphs and steps, where they may be in another one; `note` then says so. `action`: an
    address outside the hub at which to do it.
    """

    title: str
    why: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    path: str = ""
    link_label: str = ""
    kind: str = ""
    parts: tuple["Letter", ...] = ()  # of a digest, which says nothing else
    language: str = ""
    note: str = ""
    why_path: str = ""  # the page of the hub that says more about why, and what is kept
    action: str = ""
    action_label: str = ""
    until: datetime | None = None  # from then on it is of no use


@dataclass(frozen=True)
class Message:
    """One letter on its way to one person."""

    id: str
    user: User
    topic: str
    dedupe_key: str
    letter: Letter


@dataclass(frozen=True)
class Writer:
    """`write` gives None for what no longer needs saying; `all_sent` is told what went out.

    `gather` reads at once what `write` needs for many, and leaves it in each row's `gathered`.

    `is_told` says that the person had it in the hub on this day already, so that nothing is sent besides. `openings`
    says for any day to come whether there is anything to send.
    """

    write: Callable[["Delivery", datetime], Letter | None]
    gather: Callable[[Sequence["Delivery"], datetime], None] = lambda deliveries, now: None
    all_sent: Callable[[Sequence["Delivery"], datetime], None] = lambda deliveries, now: None
    is_told: Callable[[User, datetime], bool] = lambda user, now: False
    openings: Callable[[User, datetime], Callable[[date], bool]] = lambda user, now: lambda day: True


_writers: dict[str, Writer] = {}


def register_writer(topic: str, writer: Writer) -> None:
    _writers[topic] = writer


def writer_of(topic: str) -> Writer:
    return _writers[topic]
