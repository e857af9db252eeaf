"""Hatpins in the live room: what hub.stories does with them, only while the room is open."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from hub.stories import pinning
from hub.stories.models import Hatpin
from learning.hours.models import StudySession
from learning.hours.room_actions import refuse_closed


def place_of(session_id: UUID) -> str:
    """How hatpins and stories name an hour."""
    return f"hours:{session_id}"


def pins_of(session: StudySession) -> Hatpin.Pins:
    """Unsolved ones first, each in the order in which they were stuck."""
    pins = Hatpin.objects.at(place_of(session.pk))
    return pins.order_by(F("solved_at").asc(nulls_first=True), "created_at", "pk")


def own_pins(session: StudySession, user: User) -> dict[str, list[str]]:
    """Ids of those the person stuck, and of those the person picked up. One query."""
    pins = Hatpin.objects.at(place_of(session.pk)).filter(Q(author=user) | Q(picked_up_by=user))
    rows = list(pins.values_list("pk", "author_id", "picked_up_by_id"))
    return {
        "pins": [str(pk) for pk, author, _helper in rows if author == user.pk],
        "helps": [str(pk) for pk, _author, helper in rows if helper == user.pk],
    }


def stick(*, session: StudySession, user: User, kind: str, text: str, is_named: bool) -> Hatpin:
    refuse_closed(session, timezone.now())
    return pinning.stick(place=place_of(session.pk), author=user, kind=kind, text=text, is_named=is_named)


def reply(*, session: StudySession, hatpin: Hatpin, user: User, text: str) -> None:
    refuse_closed(session, timezone.now())
    pinning.reply(hatpin=hatpin, author=user, text=text)


def act(*, session: StudySession, hatpin: Hatpin, user: User, do: str) -> None:
    """Pick it up, hand it back, solve it, reopen it or take it away: that also once the room is closed, as a solved one
    stands in the library. Raises Refusal for anything else.
    """
    if do != "withdraw":
        refuse_closed(session, timezone.now())
    runs_place = session.can_be_run_by(user)
    acts: dict[str, Callable[[], object]] = {
        "help": partial(pinning.pick_up, hatpin=hatpin, helper=user),
        "hand-back": partial(pinning.hand_back, hatpin=hatpin, helper=user),
        "solve": partial(pinning.solve, hatpin=hatpin, by=user),
        "reopen": partial(pinning.reopen, hatpin=hatpin, by=user),
        "withdraw": partial(pinning.withdraw, hatpin=hatpin, by=user, runs_place=runs_place),
    }
    if do not in acts:
        raise Refusal("unknown_act", _("This button is unknown here. Reload the page."))
    acts[do]()
