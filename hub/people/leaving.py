"""When somebody leaves the company: areas end what rested on the person's word, called in the same transaction."""

from collections.abc import Callable

from hub.people.models import User

Leave = Callable[[User], None]

_leaves: list[Leave] = []


def register_leave(leave: Leave) -> None:
    """Called in an area's `apps.ready()`."""
    if leave not in _leaves:
        _leaves.append(leave)


def tell_left(user: User) -> None:
    for leave in _leaves:
        leave(user)
