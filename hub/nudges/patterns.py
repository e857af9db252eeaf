"""Patterns of pages on which a tip is offered: https://host/path, with * for anything in the path. Pure.

`https://*.example.com/` stands for every host below example.com, as makers give each of their customers one; the
embedded script (`static/embed/core.js`) reads patterns alike.

Everybody may read them, and nothing is ever fetched from them.
"""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from hub.refusals import Refusal

MOST_PATTERNS = 20
LONGEST_PATTERN = 300
# Below a star at least two parts: one alone would be a whole top-level domain.
HOST = re.compile(
    r"(\*\.(?=[^.]+\.))?(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*(:[0-9]{1,5})?"
)
PATH = re.compile(r"/[A-Za-z0-9/._~!$&'()+,;=:@%*-]*")


def checked(patterns: list[str]) -> list[str]:
    """Each once, its host in small letters. Raises Refusal for what is no pattern, and for too many."""
    found = list(dict.fromkeys(_checked(pattern.strip()) for pattern in patterns if pattern.strip()))
    if len(found) > MOST_PATTERNS:
        sentence = _("These are more than %(most)s pages. Use * for what they have in common.")
        raise Refusal("too_many_patterns", sentence % {"most": MOST_PATTERNS})
    return found


def _checked(pattern: str) -> str:
    scheme, _colon, rest = pattern.partition("://")
    host, slash, path = rest.partition("/")
    host, path = host.lower(), slash + path
    is_good = scheme.lower() == "https" and HOST.fullmatch(host) and PATH.fullmatch(path)
    if not is_good or len(pattern) > LONGEST_PATTERN:
        sentence = _(
            "“%(pattern)s” is no page. Write https://host/path; * stands for anything in the path, "
            "*. before a host for all below it."
        )
        raise Refusal("bad_pattern", sentence % {"pattern": pattern[:80]})
    return f"https://{host}{path}"


def matches(pattern: str, address: str) -> bool:
    """Whether an address without query and fragment is one of the pattern's pages.

    Walks through the parts between the stars, so that no pattern can make it slow.
    """
    wanted, page = urlsplit(pattern), urlsplit(address)
    if page.scheme != "https" or not _is_host(wanted.netloc, page.netloc.lower()):
        return False
    first, *others = wanted.path.split("*")
    path = page.path or "/"
    if not others:
        return path == first
    if not path.startswith(first):
        return False
    at, last = len(first), others.pop()
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(path) - len(last) >= at and path.endswith(last)


def _is_host(wanted: str, host: str) -> bool:
    if not wanted.startswith("*."):
        return host == wanted
    return host.endswith(wanted[1:]) and len(host) > len(wanted) - 1
