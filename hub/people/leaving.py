"""When somebody leaves the company, or comes back: areas end what rested on the person's word, and ask anew. Called in
the same transaction. Those who leave together are told together, so that each area locks once and in its own order.
"""

from collections.abc import Callable, Collection

from hub.people.models import User

Tell = Callable[[User], None]
TellAll = Callable[[Collection[User]], None]

_leaves: list[TellAll] = []
_returns: list[Tell] = []


def register_leave(leave: TellAll) -> None:
    """Called in an area's `apps.ready()`."""
    if leave not in _leaves:
        _leaves.append(leave)


def register_return(come_back: Tell) -> None:
    """Called in an area's `apps.ready()`."""
    if come_back not in _returns:
        _returns.append(come_back)


def tell_left(users: Collection[User]) -> None:
    for leave in _leaves:
        leave(users)


def tell_back(user: User) -> None:
    for come_back in _returns:
        come_back(user)
