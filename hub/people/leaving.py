"""When somebody leaves the company, or comes back: areas end what rested on the person's word, and ask anew. Called in
the same transaction.
"""

from collections.abc import Callable

from hub.people.models import User

Tell = Callable[[User], None]

_leaves: list[Tell] = []
_returns: list[Tell] = []


def register_leave(leave: Tell) -> None:
    """Called in an area's `apps.ready()`."""
    if leave not in _leaves:
        _leaves.append(leave)


def register_return(come_back: Tell) -> None:
    """Called in an area's `apps.ready()`."""
    if come_back not in _returns:
        _returns.append(come_back)


def tell_left(user: User) -> None:
    for leave in _leaves:
        leave(user)


def tell_back(user: User) -> None:
    for come_back in _returns:
        come_back(user)
