"""The library one pulls from: every tip in use, with what the person answered, searched and filtered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from hub.nudges.contexts import fits
from hub.nudges.models import Dismissal, Favourite, Nudge, Tip, TipText, local_day
from hub.nudges.selection import NOT_AGAIN_FOR
from hub.people.models import User

ASIDE = "aside"


@dataclass(frozen=True)
class Entry:
    tip: Tip
    mine: str  # tried | later | aside | ""
    is_favourite: bool = False
    rests_until: date | None = None

    @property
    def text(self) -> TipText:
        return self.tip.text


def entries_for(user: User, now: datetime | None = None) -> list[Entry]:
    """All tips by title, with what the person has of each; five queries, however many there are."""
    now = now or timezone.now()
    aside, kept = Dismissal.objects.tip_ids_of(user), Favourite.objects.tip_ids_of(user)
    answers: dict[object, str] = {}
    rests: dict[object, date] = {}
    today = local_day(user, now)
    shown = Nudge.objects.visible_to(user).order_by("responded_at", "shown_on")
    for tip_id, response, shown_on, is_recalled in shown.values_list(
        "tip_id", "response", "shown_on", "is_recalled"
    ):
        if response:
            answers[tip_id] = response
        until = shown_on + NOT_AGAIN_FOR
        if not is_recalled and until > max(today, rests.get(tip_id, today)):
            rests[tip_id] = until
    entries = [
        Entry(
            tip,
            ASIDE if tip.pk in aside else answers.get(tip.pk, ""),
            is_favourite=tip.pk in kept,
            rests_until=None if tip.pk in aside else rests.get(tip.pk),
        )
        for tip in Tip.objects.visible_to(user, now)
    ]
    return sorted(entries, key=lambda entry: entry.text.title.casefold().lstrip('„“"'))


def found(
    entries: list[Entry],
    *,
    q: str = "",
    area: str = "",
    tool: str = "",
    role: str = "",
    moment: str = "",
    mine: str = "",
    place: str = "",
) -> list[Entry]:
    """Those that hold every word of `q` and are all of the rest. Without a role named, a tip helps everybody."""
    words = q.casefold().split()
    fits_here = fits(place) if place else None
    return [
        entry
        for entry in entries
        if (not area or entry.tip.area == area)
        and (not tool or entry.tip.tool == tool)
        and (not role or not entry.tip.roles or role in entry.tip.roles)
        and (not moment or moment in entry.tip.moments)
        and (not mine or _is_mine(entry, mine))
        and (fits_here is None or fits_here(entry.tip))
        and all(word in _searchable(entry) for word in words)
    ]


def _is_mine(entry: Entry, mine: str) -> bool:
    if mine == "favourites":
        return entry.is_favourite
    if mine == "resting":
        return entry.rests_until is not None
    return entry.mine == mine


def _searchable(entry: Entry) -> str:
    text, tip = entry.text, entry.tip
    labels = [str(tip.get_tool_display()), str(tip.get_area_display()), *tip.moment_names, *tip.role_names]
    return " ".join([text.title, text.body, *text.steps, *labels]).casefold()
