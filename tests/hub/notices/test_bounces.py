"""Mail that comes back later: known by its id, hard or soft, once, and nobody else's report changes anything."""

import mailbox
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command

from hub.notices import bounces, delivering
from hub.notices.actions import notify, set_preferences
from hub.notices.models import Delivery, Notice, Preference
from hub.people.models import User
from tests.hub.notices.conftest import WEDNESDAY


def report(
    message_id: object, to: str, status: str = "5.1.1", *, action: str = "failed", part: str = "rfc822"
) -> bytes:
    original = "text/rfc822-headers" if part == "headers" else "message/rfc822"
    return f"""From: MAILER-DAEMON@mx.example
To: hub@hatpin.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 said no

--b
Content-Type: {original}

From: hub@hatpin.example
To: {to}
Message-ID: <{message_id}@127.0.0.1>
Subject: Etwas

--b--
""".encode()


def sent_to(user: User) -> Delivery:
    return Delivery.objects.create(
        user=user, channel="mail", topic="own", dedupe_key=str(uuid4()), not_before=WEDNESDAY, state="sent",
        is_done=True, settled_at=WEDNESDAY,
    )  # fmt: skip


@pytest.mark.parametrize("part", ["rfc822", "headers"])
def test_an_address_that_does_not_exist_gets_no_more_mail_and_its_owner_is_told_once(
    part: str, cast: Any, sign_in: Any, post_office: Any
) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "remind_of_hours": True})
    first, second = sent_to(cast.emma), sent_to(cast.emma)
    assert bounces.take_in(report(first.pk, cast.emma.email.upper(), part=part), WEDNESDAY)
    assert not bounces.take_in(report(first.pk, cast.emma.email, part=part), WEDNESDAY), "once"
    assert bounces.take_in(report(second.pk, cast.emma.email), WEDNESDAY)
    preference = Preference.of(cast.emma)
    assert (preference.push_channels, preference.reminder_channels(in_private=True)) == ([], ["in_app"])
    assert Notice.objects.filter(user=cast.emma, kind="mailbox_refused").count() == 1
    notify(user=cast.emma, kind="session_moved", dedupe_key="x", facts={"title": "X"}, path="/hours/")
    assert not Delivery.objects.filter(user=cast.emma, dedupe_key="x").exists()
    assert "E-Mails an dich kamen zurück" in sign_in(cast.emma).get("/me/notices/").content.decode()
    set_preferences(user=cast.emma, changes={})
    assert Preference.of(cast.emma).takes_mail


def test_another_address_is_mailed_to_again(cast: Any) -> None:
    assert bounces.take_in(report(sent_to(cast.emma).pk, cast.emma.email), WEDNESDAY)
    assert not Preference.of(cast.emma).takes_mail
    User.objects.filter(pk=cast.emma.pk).update(email="emma.neu@hatpin.example")
    assert Preference.of(User.objects.get(pk=cast.emma.pk)).takes_mail


def test_a_full_mailbox_counts_and_the_fifth_within_a_month_ends_it(cast: Any) -> None:
    for number in range(5):
        assert Preference.of(cast.emma).takes_mail
        row = sent_to(cast.emma)
        status = "4.2.2" if number % 2 else "5.2.2"
        assert bounces.take_in(report(row.pk, cast.emma.email, status), WEDNESDAY + timedelta(days=number))
    assert not Preference.of(cast.emma).takes_mail


@pytest.mark.parametrize(
    "fault", ["unknown", "other_address", "delayed", "no_status", "no_report", "not_sent", "huge", "garbage"]
)
def test_what_is_no_report_of_ours_changes_nothing(fault: str, cast: Any) -> None:
    row, to = sent_to(cast.emma), cast.emma.email
    raw = report(row.pk, to)
    match fault:
        case "unknown":
            raw = report(uuid4(), to)
        case "other_address":
            raw = report(row.pk, cast.otto.email)
        case "delayed":
            raw = report(row.pk, to, "4.4.1", action="delayed")
        case "no_status":
            raw = raw.replace(b"Status: 5.1.1", b"Status: nonsense")
        case "no_report":
            raw = raw.replace(b"multipart/report", b"multipart/mixed")
        case "not_sent":
            Delivery.objects.update(state="failed", reason="recipient_refused_550")
        case "huge":
            raw += b"x" * bounces.LARGEST
        case "garbage":
            raw = bytes(range(256)) * 20
    assert not bounces.take_in(raw, WEDNESDAY)
    assert Preference.of(cast.emma).takes_mail
    assert not Notice.objects.exists()


def test_a_folder_is_read_once_and_what_went_out_is_recognised(
    tmp_path: Path, cast: Any, post_office: Any, capsys: Any
) -> None:
    notify(user=cast.emma, kind="session_moved", dedupe_key="1", facts={"title": "X"}, path="/hours/")
    row = Delivery.objects.get()
    Delivery.objects.update(not_before=WEDNESDAY)
    delivering.deliver(row.pk, WEDNESDAY)
    [mail] = post_office.mails
    came_back = mail["Message-ID"].strip("<>").partition("@")[0]
    box = mailbox.Maildir(tmp_path / "bounces")
    box.add(message_from_bytes(report(came_back, cast.emma.email)))
    box.add(message_from_bytes(b"Subject: Spam\n\nBuy!"))
    for expected in ("2 read, 1 of them", "0 read, 0 of them"):
        call_command("read_bounces", str(tmp_path / "bounces"))
        assert expected in capsys.readouterr().out
    assert Delivery.objects.get().reason == "bounced_5.1.1"
