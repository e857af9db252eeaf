"""Where hatpins are stuck: whoever owns a place says who sees it. Areas add theirs in `apps.ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hub.people.models import User


@dataclass(frozen=True)
class Place:
    title: str
    path: str
    pins: str = ""  # before a hatpin's key: where its author takes it away
    is_over: bool = False  # from then on its workarounds are found in the library


# Of these keys (what stands behind the prefix) those that the person may see now; one query for all.
Seen = Callable[[User, list[str]], dict[str, Place]]

_owners: dict[str, Seen] = {}


def register_places(prefix: str, seen: Seen) -> None:
    """`prefix` is what stands before the colon of `Hatpin.place`."""
    _owners[prefix] = seen


def places_seen_by(user: User, places: Iterable[str]) -> dict[str, Place]:
    """A place that no area answers for is nobody's to see."""
    keys: dict[str, list[str]] = {}
    for place in places:
        prefix, _colon, key = place.partition(":")
        keys.setdefault(prefix, []).append(key)
    return {
        f"{prefix}:{key}": place
        for prefix, wanted in keys.items()
        if prefix in _owners
        for key, place in _owners[prefix](user, wanted).items()
    }
