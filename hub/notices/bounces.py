"""Mail that comes back after it was taken: reports of RFC 3464, recognised by the Message-ID that only the outbox knew.

A mailbox that does not exist ends mail to that address; one that is full or a server that is busy counts, and
the fifth within a month does the same. Whatever is no such report, or about a mail that is not ours, changes nothing.
"""

import mailbox
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hub.notices.actions import mailbox_refused
from hub.notices.models import Delivery
from hub.notices.vocabulary import Channel

# RFC 3463: bad addresses, and a mailbox that is switched off.
FOR_GOOD = re.compile(r"5\.(1\.\d{1,3}|2\.1)")
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
MOST_SOFT, IN_DAYS = 5, timedelta(days=30)
LARGEST = 1_000_000  # bytes; a report is a few thousand


def read_folder(folder: Path, now: datetime | None = None) -> tuple[int, int]:
    """Every new mail of a Maildir, which is then marked as seen. Returns (how many, how many told of one of ours)."""
    box = mailbox.Maildir(folder, factory=None, create=False)
    read = found = 0
    for key in box.keys():  # noqa: SIM118  (a mailbox is no mapping while it changes)
        mail = box.get_message(key)
        if mail.get_subdir() != "new":
            continue
        read += 1
        found += take_in(box.get_bytes(key), now)
        mail.set_subdir("cur")
        mail.add_flag("S")
        box[key] = mail
    return read, found


def take_in(raw: bytes, now: datetime | None = None) -> bool:
    """Whether it reported that one of our mails came back, for the first time."""
    if len(raw) > LARGEST:
        return False
    report = message_from_bytes(raw)
    delivery_id = _our_id(report)
    status = next(_failures(report), None)
    if delivery_id is None or status is None:
        return False
    return _came_back(delivery_id, status, now or timezone.now())


@transaction.atomic
def _came_back(delivery_id: UUID, status: tuple[str, str], now: datetime) -> bool:
    address, code = status
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.filter(pk=delivery_id, channel__in=[Channel.MAIL, Channel.CALENDAR], state="sent").first()
    # A report about an address that the person no longer has says nothing about the new one.
    if row is None or (address and address.lower() != row.user.email.lower()):
        return False
    Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.FAILED, reason=f"bounced_{code}")
    lately = Delivery.objects.filter(
        user=row.user, reason__startswith="bounced_", settled_at__gt=now - IN_DAYS
    )
    if FOR_GOOD.fullmatch(code) or lately.count() >= MOST_SOFT:
        mailbox_refused(user=row.user, now=now)
    return True


def _our_id(report: Message) -> UUID | None:
    """From the headers of the mail that came back, whole or in part."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            headers = str(part.get_payload(0)["Message-ID"] or "") if part.is_multipart() else ""
        elif part.get_content_type() == "text/rfc822-headers":
            headers = str(message_from_bytes(part.get_payload(decode=True) or b"")["Message-ID"] or "")
        else:
            continue
        if found := OURS.search(headers):
            return UUID(found[1])
    return None


def _failures(report: Message) -> Iterator[tuple[str, str]]:
    """(address or "", status) of each recipient who did not get it."""
    if report.get_content_type() != "multipart/report":
        return
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for fields in part.get_payload():
            status = STATUS.match(str(fields["Status"] or ""))
            if str(fields["Action"] or "").strip().lower() == "failed" and status:
                named = str(fields["Original-Recipient"] or fields["Final-Recipient"] or "")
                yield parseaddr(named.rpartition(";")[2].strip())[1], status[1]
