"""Python's collector of cycles, and work that it would slow down."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """For work that holds very many objects and makes no cycles; whatever is let go of is freed all the same.

    The collector walks all that is alive again and again while new objects come: most of the time of reading 175,000
    keys, and a far smaller part of reading a tenth of them. It is the process's, so threads beside it wait for it, too.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
