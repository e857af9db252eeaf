"""Hatpins as plain rows: what whoever owns their place may show to one viewer, and nothing of who stays unnamed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.stories.models import Hatpin


@dataclass(frozen=True)
class ReplyRow:
    text: str
    who: str | Promise
    created_at: datetime


@dataclass(frozen=True)
class PinRow:
    """`helper` is "" while nobody helps; the flags are the viewer's own. Who has no name is named when it is shown."""

    id: UUID
    kind: str
    text: str
    who: str | Promise
    helper: str | Promise
    is_solved: bool
    created_at: datetime
    replies: tuple[ReplyRow, ...]
    is_mine: bool
    is_helped_by_me: bool


def pin_rows(pins: Iterable[Hatpin], viewer: User | None = None) -> list[PinRow]:
    """Pass `Hatpin.objects.at(place).with_people()`: two queries, however many there are.

    Without a viewer they are as everybody sees them alike.
    """
    return [_row(pin, viewer) for pin in pins]


def _row(pin: Hatpin, viewer: User | None) -> PinRow:
    return PinRow(
        id=pin.pk,
        kind=pin.kind,
        text=pin.text,
        who=_name(pin.author, is_named=pin.is_named),
        helper=_name(pin.picked_up_by) if pin.picked_up_by else "",
        is_solved=pin.is_solved,
        created_at=pin.created_at,
        replies=tuple(
            # Whoever stuck it without a name is not given away by their own reply.
            ReplyRow(
                each.text,
                _name(each.author, is_named=pin.is_named or each.author_id != pin.author_id),
                each.created_at,
            )
            for each in pin.replies.all()
        ),
        is_mine=viewer is not None and pin.author_id == viewer.pk,
        is_helped_by_me=viewer is not None and pin.picked_up_by_id == viewer.pk,
    )


def _name(person: User | None, *, is_named: bool = True) -> str | Promise:
    return person.get_full_name() if person and is_named else _("Somebody")
