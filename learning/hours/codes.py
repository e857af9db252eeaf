"""Check-in codes: six digits that change every five minutes, derived from the session's secret.

A truncated HMAC-SHA256 over the number of the five-minute window, after RFC 6238 (TOTP). The window
before is accepted too, so that nobody is too slow for the screen.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import Enum

WINDOW = timedelta(minutes=5)
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
    """Seconds until the screen shows the next code."""
    return int(WINDOW.total_seconds() - at.timestamp() % WINDOW.total_seconds())


def match(secret: str, given: str, at: datetime, opened_at: datetime) -> Match:
    """Compare in constant time; an earlier code of the same session is told apart from a wrong one."""
    digits = "".join(character for character in given if character.isdigit())
    now = _window(at)
    for window in range(now, _window(opened_at) - 2, -1):
        if hmac.compare_digest(_code(secret, window), digits):
            return Match.VALID if window >= now - 1 else Match.EXPIRED
    return Match.WRONG
