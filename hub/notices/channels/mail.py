"""By mail: text and HTML, with the headers of RFC 8058 to unsubscribe by one click."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hub.notices.channels.errors import DeliveryError
from hub.notices.channels.words import preferences_link, stored_link
from hub.notices.letters import Letter, Message
from hub.notices.unsubscribe import unsubscribe_path
from hub.people.models import User

LONGEST_SUBJECT = 150
# Line ends of every kind, other control characters, and marks that turn the direction of a text.
UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
# The mailbox, and nothing of our own, is what these say no to.
MAILBOX_REFUSED = {550, 551, 553, 556}


_shared: ContextVar[BaseEmailBackend | None] = ContextVar("connection of many mails", default=None)


@contextmanager
def one_connection() -> Iterator[None]:
    """What is handed over inside goes through one connection, which the first mail opens, and anew after an error."""
    connection = get_connection()
    token = _shared.set(connection)
    try:
        yield
    finally:
        _shared.reset(token)
        connection.close()


def one_line(text: str) -> str:
    return " ".join(UNWANTED.sub(" ", text).split())


def build(message: Message) -> EmailMultiAlternatives:
    unsubscribe = settings.SITE_URL + unsubscribe_path(message.user, message.topic)
    mail = compose(message_id=message.id, user=message.user, letter=message.letter, unsubscribe=unsubscribe)
    mail.extra_headers |= {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail


def compose(*, message_id: str, user: User, letter: Letter, unsubscribe: str) -> EmailMultiAlternatives:
    """One letter to one person; at `unsubscribe` one ends mails of this kind."""
    context = {
        "letter": letter,
        "language": get_language(),
        "first_name": one_line(user.first_name),
        "company_name": settings.COMPANY_NAME,
        "link": f"{settings.SITE_URL}{letter.path}" if letter.path else "",
        "site": settings.SITE_URL,
        "preferences": preferences_link(),
        "stored": stored_link(),
        "is_tip": letter.kind == "tip" or bool(letter.parts),
        "unsubscribe": unsubscribe,
    }
    mail = EmailMultiAlternatives(
        subject=one_line(letter.title)[:LONGEST_SUBJECT],
        body=render_to_string("notices/mail.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((one_line(user.get_full_name()), user.email))],
        headers={
            "Message-ID": f"<{message_id}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": get_language(),
        },
        connection=_shared.get() or get_connection(),
    )
    mail.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return mail


def deliver(message: Message) -> None:
    hand_over(build(message))


def preview(letter: Letter, reader: User) -> dict[str, object]:
    mail = compose(
        message_id="preview", user=reader, letter=letter, unsubscribe=f"{settings.SITE_URL}/me/notices/"
    )
    [html] = [part.content for part in mail.alternatives]
    return {"subject": mail.subject, "text": mail.body, "html": html}


def _send(mail: EmailMultiAlternatives) -> None:
    connection = _shared.get()
    try:
        if connection:
            connection.open()
        mail.send()
    except (smtplib.SMTPException, OSError):
        if connection:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()
        raise


def hand_over(mail: EmailMultiAlternatives) -> None:
    """To the mail server. Raises DeliveryError if it does not take it."""
    try:
        _send(mail)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, _text)] = error.recipients.values()
        is_permanent = 500 <= code < 600
        raise DeliveryError(
            f"recipient_refused_{code}", permanent=is_permanent, is_gone=is_permanent
        ) from error
    except smtplib.SMTPResponseException as error:
        # A wrong password, a sender that is not allowed or a full disk is no reason to give up on the person.
        is_permanent = error.smtp_code in MAILBOX_REFUSED and not isinstance(error, smtplib.SMTPSenderRefused)
        raise DeliveryError(
            f"server_answered_{error.smtp_code}", permanent=is_permanent, is_gone=is_permanent
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError("server_unreachable", permanent=False) from error
