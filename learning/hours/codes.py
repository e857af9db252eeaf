"""Check-in codes: six digits that change every ten seconds, derived from the session's secret.

A truncated HMAC-SHA256 over the number of the window, after RFC 6238 (TOTP). It counts on for eight seconds after its
window, so that nobody is too slow for the screen, and from two seconds before it, as the clocks of several servers may
differ by as much: 20 seconds in all. All times are the server's.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import Enum
from math import ceil

WINDOW = timedelta(seconds=10)
CLOCKS_DIFFER = timedelta(seconds=2)
# How long a code that no longer counts is still told apart from a wrong one.
REMEMBERED = timedelta(minutes=2)
DIGITS = 6


class Match(Enum):
    VALID = "valid"
    EXPIRED = "expired"
    WRONG = "wrong"


def _window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def _code(secret: str, window: int) -> str:
    digest = hmac.new(secret.encode(), str(window).encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"


def code_at(secret: str, at: datetime) -> str:
    return _code(secret, _window(at))


def seconds_left(at: datetime) -> int:
    """Seconds until the screen shows the next code, counted up: never none."""
    return ceil(WINDOW.total_seconds() - at.timestamp() % WINDOW.total_seconds())


def seconds_valid(at: datetime) -> int:
    """Seconds during which the code shown now still counts: what somebody who joins from afar has to type it in."""
    return seconds_left(at) + int((WINDOW - CLOCKS_DIFFER).total_seconds())


def match(secret: str, given: str, at: datetime, opened_at: datetime) -> Match:
    """Compare in constant time; an earlier code of the last two minutes is told apart from a wrong one.

    At most 15 comparisons. A code of the next window counts only if it begins within CLOCKS_DIFFER.
    """
    digits = "".join(character for character in given if character.isdigit())
    now = _window(at)
    earliest = max(_window(at - REMEMBERED), _window(opened_at) - 1)
    for window in range(_window(at + CLOCKS_DIFFER), earliest - 1, -1):
        if hmac.compare_digest(_code(secret, window).encode(), digits.encode()):
            counts = window >= now or (window == now - 1 and now == _window(at + CLOCKS_DIFFER))
            return Match.VALID if counts else Match.EXPIRED
    return Match.WRONG
