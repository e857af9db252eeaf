"""The library: stories that are published and hatpins that are solved; searched, filtered and put in order."""

from dataclasses import dataclass

from hub.people.models import User
from hub.stories.models import Hatpin, Story, StoryQuerySet
from hub.stories.places import Place, places_seen_by
from hub.stories.presenting import PinRow, pin_rows

MOST_PINS = 200  # the latest that one reader finds
MOST_PLACES = 2000


def library_for(
    user: User, *, q: str = "", kind: str = "", tool: str = "", language: str = "", order: str = ""
) -> StoryQuerySet:
    found = Story.objects.published().holding(q).with_kudos(user)
    if kind:
        found = found.filter(kind=kind)
    if tool:
        # Only known spellings are chosen from: the folded words would also find it within a sentence.
        named = Story.objects.published().exclude(tool="").values_list("tool", flat=True).distinct()
        found = found.filter(tool__in=[each for each in named if each.casefold() == tool.casefold()])
    if language:
        found = found.filter(language=language)
    first = ["-kudos_count"] if order == "kudos" else []
    return found.order_by(*first, "-published_at", "pk")


@dataclass(frozen=True)
class SolvedPin:
    """A hatpin that is solved, with where it was stuck."""

    row: PinRow
    place: Place


def solved_pins_for(user: User, *, q: str = "", tool: str = "") -> list[SolvedPin]:
    """The latest first: only of places that whoever owns them shows this reader. What became a published story stands
    there. A fixed number of queries, and one for each area that owns places.
    """
    solved = Hatpin.objects.solved().exclude(story__state=Story.State.PUBLISHED)
    places = solved.order_by("place").values_list("place", flat=True).distinct()[:MOST_PLACES]
    seen = places_seen_by(user, list(places))
    if not seen:
        return []
    pins = solved.filter(place__in=seen).order_by("-solved_at", "pk").with_people()[:MOST_PINS]
    words = [*q.casefold().split(), *([tool.casefold()] if tool else [])]
    kept = [pin for pin in pins if all(word in _words_of(pin) for word in words)]
    rows = pin_rows(kept, user)
    return [SolvedPin(row, seen[pin.place]) for pin, row in zip(kept, rows, strict=True)]


def _words_of(pin: Hatpin) -> str:
    return "\n".join([pin.text, *(reply.text for reply in pin.replies.all())]).casefold()
