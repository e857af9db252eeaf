"""The part of a file that a request asks for (RFC 9110, section 14): one range of bytes, or all of it."""

import re

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Unsatisfiable(Exception):
    """The range lies outside the file."""


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole file. Raises Unsatisfiable.

    Several ranges at once, other units and what cannot be read are answered with the whole file, as the
    standard allows.
    """
    found = ONE_RANGE.fullmatch(header.replace(" ", ""))
    if not found or found[0] == "bytes=-":
        return None
    if not found[1]:
        start, stop = max(0, size - int(found[2])), size
    else:
        start, stop = int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)
        if found[2] and int(found[2]) < start:
            return None
    if start >= size or start >= stop:
        raise Unsatisfiable
    return start, stop
