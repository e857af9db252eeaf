"""What an origin is, and how one types it: pure."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from hub.refusals import Refusal

LONGEST = 200
LOOPBACK = ("127.0.0.1", "localhost")
HOST = re.compile(r"(?=.{1,190}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$")
DEFAULT_PORT = {"https": 443, "http": 80}


def origin_of(typed: str, *, with_loopback: bool) -> str:
    """As a browser writes it in `Origin`, from what somebody typed or copied: a path is left out.

    Raises Refusal. `with_loopback`: plain http is let through on this machine itself.
    """
    typed = typed.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:  # a port that is no number, brackets, labels too long
        raise _unreadable() from None
    if "*" in typed or parts.username is not None or not HOST.match(host):
        raise _unreadable()
    is_http_here = with_loopback and parts.scheme == "http" and host in LOOPBACK
    if parts.scheme != "https" and not is_http_here:
        raise Refusal("not_https", _("Only pages with https:// may show tips."))
    is_plain = port is None or port == DEFAULT_PORT[parts.scheme]
    return f"{parts.scheme}://{host}" if is_plain else f"{parts.scheme}://{host}:{port}"


def _unreadable() -> Refusal:
    return Refusal(
        "no_origin", _("Give one address such as https://intranet.example.com, without signs like * or @.")
    )
