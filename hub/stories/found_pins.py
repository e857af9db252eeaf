"""The hatpins of the library: what was solved, and workarounds once it is over where they are stuck."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import overload

from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from hub.people.models import User
from hub.stories.models import Hatpin, HatpinKudos, Story
from hub.stories.places import Place, places_seen_by
from hub.stories.presenting import PinRow, pin_rows

MOST_PLACES = 2000  # where something was stuck last
NAMES = 12  # of those who found one helpful


@dataclass(frozen=True)
class FoundPin:
    """A hatpin of the library, with where it was stuck and who thanks for it: the first NAMES of them."""

    row: PinRow
    place: Place
    kudos_count: int
    is_helpful_to_me: bool
    givers: tuple[str, ...]

    @property
    def more(self) -> int:
        return self.kudos_count - len(self.givers)


class FoundPins:
    """All that one reader finds, in order; only what is looked at is read: counted, a page, or one by its id."""

    def __init__(self, pins: Hatpin.Pins, places: dict[str, Place], reader: User) -> None:
        self._pins, self._places, self._reader = pins, places, reader
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._pins.count()
        return self._count

    def __iter__(self) -> Iterator[FoundPin]:
        return iter(self._rows(self._pins))

    @overload
    def __getitem__(self, which: int) -> FoundPin: ...

    @overload
    def __getitem__(self, which: slice) -> list[FoundPin]: ...

    def __getitem__(self, which: int | slice) -> FoundPin | list[FoundPin]:
        if isinstance(which, slice):
            return self._rows(self._pins[which])
        return self._rows(self._pins[which : which + 1])[0]

    def pins(self) -> Hatpin.Pins:
        return self._pins

    def one(self, pk: object) -> FoundPin:
        """Raises IndexError for one that is not among them."""
        return self._rows(self._pins.filter(pk=pk))[0]

    def _rows(self, pins: Hatpin.Pins) -> list[FoundPin]:
        thanks = HatpinKudos.objects.select_related("giver")[:NAMES]
        shown = list(
            pins.with_people().prefetch_related(models.Prefetch("kudos", queryset=thanks, to_attr="thanks"))
        )
        return [
            FoundPin(
                row,
                self._places[pin.place],
                pin.kudos_count,
                pin.is_helpful_to_me,
                tuple(kudos.giver.get_full_name() for kudos in pin.thanks),
            )
            for pin, row in zip(shown, pin_rows(shown, self._reader), strict=True)
        ]


def found_pins_for(
    user: User, *, q: str = "", tool: str = "", language: str = "", order: str = ""
) -> FoundPins:
    """The latest first: only of places that whoever owns them shows this reader. What became a published story stands
    there. `language` leaves out what was stuck by whoever uses the other one. A fixed number of queries, and one for
    each area that owns places.
    """
    kept = Hatpin.objects.filter(Q(kind=Hatpin.Kind.WORKAROUND) | ~Q(solved_at=None))
    kept = kept.exclude(story__state=Story.State.PUBLISHED)
    latest = kept.order_by().values("place").annotate(latest=Max("created_at")).order_by("-latest", "place")
    seen = places_seen_by(user, latest.values_list("place", flat=True)[:MOST_PLACES])
    over = [name for name, place in seen.items() if place.is_over]
    found = kept.filter(Q(place__in=seen) & ~Q(solved_at=None) | Q(place__in=over)).holding(f"{q} {tool}")
    if language:
        found = found.filter(language__in=(language, ""))
    first = ["-kudos_count"] if order == "kudos" else []
    found = found.with_kudos(user).order_by(*first, Coalesce("solved_at", "created_at").desc(), "pk")
    return FoundPins(found, seen, user)
