"""Into any other messenger, through an address of apprise: plain text.

Only kinds of address of a closed list, and of those that name a host of their own only hosts of another. Apprise
says whether a message was taken, and not why it was not, so the answer is overheard and judged as that of any webhook.
What was not taken without one may have arrived, and is not sent again. It is loaded on use.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from hub.notices.channels.errors import DeliveryError
from hub.notices.channels.overheard import overheard
from hub.notices.channels.webhooks import check_not_left_alone, judge, leave_alone
from hub.notices.channels.words import plain, shortened
from hub.notices.destinations import address_of, one_of, tried
from hub.notices.letters import Letter, Message
from hub.notices.models import Destination
from hub.outbound import LONGEST_ADDRESS, Answer, NotPublic, is_inside, is_listed, public_address
from hub.people.models import User
from hub.refusals import Refusal

if TYPE_CHECKING:
    from apprise import NotifyBase
    from requests import Response

# These never ask another host than this one, whatever the address says.
FIXED_HOSTS = {"tgram": "api.telegram.org", "discord": "discord.com", "gchat": "chat.googleapis.com"}
HTTPS = 443
LONGEST_BODY = 1800  # what Discord, the strictest of them, takes in one message


def check(address: str) -> str:
    return _opened(address)[1]


def _opened(address: str) -> tuple["NotifyBase", str]:
    """The service that an address is of, and the host that it asks. Raises Refusal."""
    from apprise import Apprise, AppriseAsset

    schema, mark, _rest = address.partition("://")
    if not mark or len(address) > LONGEST_ADDRESS or schema not in settings.MESSENGER_SCHEMAS:
        raise Refusal(
            "messenger_not_listed",
            _("The hub takes addresses that begin with %(kinds)s.")
            % {"kinds": ", ".join(f"{one}://" for one in settings.MESSENGER_SCHEMAS)},
        )
    # Options behind a question mark can turn off the check of certificates, or name a file of the server.
    if "?" in address or not address.isascii() or not address.isprintable():
        raise Refusal("address_with_options", _("Leave out what stands from the question mark on."))
    asset = AppriseAsset(http_redirects=False, async_mode=False, app_id="Hatpin")
    service = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
    if service is None:
        raise Refusal("address_unreadable", _("This is no address that can be read."))
    if len(service) != 1:
        raise Refusal("one_recipient", _("The address has to name one recipient, and no more."))
    host = FIXED_HOSTS.get(schema) or str(getattr(service, "host", "") or "").lower()
    if schema not in FIXED_HOSTS and not is_listed(host, settings.MESSENGER_HOSTS):
        raise Refusal("host_not_listed", _("This host is not on the list of those that the hub may post to."))
    port = getattr(service, "port", None)
    if schema not in FIXED_HOSTS and port not in (None, HTTPS) and not is_inside(host):
        raise Refusal("port_not_allowed", _("An address with a port of its own is not taken."))
    return service, host


def deliver(message: Message) -> None:
    send(one_of(message.user, "apprise"), message)


def send(destination: Destination, message: Message) -> None:
    with tried(destination):
        address = address_of(destination)
        try:
            service, host = _opened(address)
            public_address(host, getattr(service, "port", None) or HTTPS)
        except Refusal as error:
            raise DeliveryError(error.code, permanent=True) from error
        except NotPublic as error:
            raise DeliveryError("address_not_public", permanent=True) from error
        except OSError as error:
            raise DeliveryError("host_unreachable", permanent=False) from error
        check_not_left_alone(address, host)
        title, body = message.letter.title, text(message.letter)
        with overheard() as heard:
            is_taken = service.notify(body=body, title=title, body_format="text")
        if not is_taken:
            _judge(heard, address, host)


def _judge(heard: "list[Response | Exception]", address: str, host: str) -> None:
    """Raises DeliveryError for what the other side said last. Whoever could not be reached has nothing of it."""
    from requests import ConnectionError as NotConnected
    from requests import ConnectTimeout, Response, Timeout

    last = heard[-1] if heard else None
    if isinstance(last, Response):
        headers = {name.lower(): value for name, value in last.headers.items()}
        judge(Answer(status=last.status_code, headers=headers, body=b""))
    if isinstance(last, Timeout):
        leave_alone(address, host)
    if isinstance(last, ConnectTimeout):
        raise DeliveryError("host_too_slow", permanent=False)
    if isinstance(last, NotConnected) and _is_refused(last):
        raise DeliveryError("host_unreachable", permanent=False)
    code = "no_answer" if isinstance(last, Timeout | NotConnected) else "not_taken"
    raise DeliveryError(code, permanent=True, is_unsure=True)


def _is_refused(error: Exception) -> bool:
    """Whether no connection came about; one that broke later may have carried the message."""
    from urllib3.exceptions import MaxRetryError, NewConnectionError

    [cause, *_rest] = error.args or (None,)
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return {"text": f"{letter.title}\n\n{text(letter)}"}


def text(letter: Letter) -> str:
    """Where it is too long, steps are left out and never why it came, nor the links."""
    whole, end = plain(letter), plain(replace(letter, note="", paragraphs=(), steps=()))
    if len(whole) <= LONGEST_BODY or len(end) >= LONGEST_BODY:
        return shortened(whole, LONGEST_BODY)
    start = plain(letter).removesuffix(end)
    return f"{shortened(start.rstrip(), LONGEST_BODY - len(end) - 2)}\n\n{end}"
