"""Posting to an address that a person typed in: only to hosts of a list, never into our own network.

The name is looked up once and the connection goes to the address that was judged, so that a name cannot point
elsewhere a moment later. No redirect is followed, no proxy is asked, an answer is read to a limit, and the whole
exchange has one deadline. Hosts in `OUTBOUND_INSIDE` are the company's own: they may have private addresses and
speak plain http.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.refusals import Refusal

TIMEOUT_SECONDS = 10.0
CONNECT_SECONDS = 3.0  # a host that is there takes a connection at once
LONGEST_ADDRESS = 2000
LONGEST_ANSWER = 64 * 1024


class NotSent(Exception):
    """No answer came. `is_unsure`: all of it went out before, so it may have arrived. `is_slow`: it was waited for."""

    def __init__(self, code: str, *, is_unsure: bool = False, is_slow: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.is_unsure = is_unsure
        self.is_slow = is_slow


class NotPublic(Exception):
    """The name leads into a network that is nobody's business."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


def is_listed(host: str, hosts: Iterable[str]) -> bool:
    """`hooks.slack.com` stands for itself, `*.logic.azure.com` for everything below it."""
    return any(
        host == one or (one.startswith("*.") and host.endswith(one[1:]) and len(host) > len(one) - 1)
        for one in (listed.strip().lower() for listed in hosts)
    )


def is_inside(host: str) -> bool:
    return is_listed(host, settings.OUTBOUND_INSIDE)


def check_address(url: str, hosts: Iterable[str]) -> str:
    """The host of an address that may be posted to. Raises Refusal, in a sentence that does not repeat the address."""
    if len(url) > LONGEST_ADDRESS:
        raise _refused("address_too_long", _("This address is too long to be one."))
    if not url.isascii() or any(character.isspace() or not character.isprintable() for character in url):
        raise _refused("address_unreadable", _("This is no address: copy it once more, whole and alone."))
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise _refused("address_unreadable", _("This is no address that can be read.")) from error
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise _refused("address_with_name", _("An address with a name or a password in it is not taken."))
    inside = is_inside(host)
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise _refused("address_not_https", _("The address has to begin with https://."))
    if not is_listed(host, hosts):
        raise _refused(
            "host_not_listed", _("This host is not on the list of those that the hub may post to.")
        )
    if port not in (None, 443) and not inside:
        raise _refused("port_not_allowed", _("An address with a port of its own is not taken."))
    return host


def _refused(code: str, sentence: str | Promise) -> Refusal:
    return Refusal(code, sentence)


def post(
    url: str, *, hosts: Iterable[str], body: bytes, headers: dict[str, str], seconds: float = TIMEOUT_SECONDS
) -> Answer:
    """Raises Refusal for an address that may not be posted to, and NotSent if no answer came."""
    check_address(url, hosts)
    network = _GuardedNetwork(time.monotonic() + seconds)
    try:
        return _exchange(urlsplit(url), body, headers, network)
    except NotPublic as error:
        raise Refusal(
            "address_not_public", _("This host is inside a private network, where the hub does not post.")
        ) from error
    except httpcore.ConnectError as error:
        raise NotSent("host_unreachable") from error
    except httpcore.ConnectTimeout as error:
        raise NotSent("host_too_slow", is_slow=True) from error
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        is_slow = isinstance(error, httpcore.TimeoutException)
        raise NotSent("no_answer", is_unsure=network.has_written, is_slow=is_slow) from error


def _exchange(parts: SplitResult, body: bytes, headers: dict[str, str], network: "_GuardedNetwork") -> Answer:
    target = httpcore.URL(
        scheme=parts.scheme.encode(),
        host=(parts.hostname or "").encode(),
        port=parts.port,
        target=_target(parts).encode(),
    )
    named = {"Host": parts.netloc, **headers}
    fields = [(name.encode("ascii"), value.encode("ascii")) for name, value in named.items()]
    pool = httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=network, max_connections=1)
    with pool, pool.stream("POST", target, headers=fields, content=body) as response:
        received = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
        }
        return Answer(status=response.status, headers=received, body=_bounded(response))


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _bounded(response: httpcore.Response) -> bytes:
    """The beginning of the answer; that it was taken is said by the status."""
    body = b""
    for chunk in response.iter_stream():
        body += chunk
        if len(body) >= LONGEST_ANSWER:
            break
    return body[:LONGEST_ANSWER]


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


# --- The network, seen through a guard ------------------------------------------------------------
def public_address(host: str, port: int) -> str:
    """One address of the host. Raises NotPublic if any of them is not, and OSError if there is none."""
    found = [row[4][0] for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not is_inside(host) and not all(is_public(address) for address in found):
        raise NotPublic(host)
    return found[0]


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # Ways to write a private IPv4 address as a public IPv6 one.
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if wrapped:
            return is_public(str(wrapped))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connects to judged addresses only, and to none after the deadline."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._network = httpcore.SyncBackend()
        self.has_written = False

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        try:
            address = public_address(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        kwargs["timeout"] = min(CONNECT_SECONDS, self.left(httpcore.ConnectTimeout))
        return _TimedStream(self._network.connect_tcp(address, port, *args, **kwargs), self)

    def left(self, error: type[Exception]) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise error("The time for this exchange is over.")
        return left


class _TimedStream(httpcore.NetworkStream):
    """A peer that sends a byte now and then would otherwise never run into a time-out."""

    def __init__(self, stream: httpcore.NetworkStream, network: _GuardedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(httpcore.WriteTimeout))
        self._network.has_written = True

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._network.left(httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
