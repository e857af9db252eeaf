"""Mails by the outbox, against a bare loop of smtplib over as many connections, to the same server in the same run.

`python -m tests.bench.delivery [mails] [connections]` queues for as many people (2,000 unless told otherwise) first
what concerns them (notices), then a tip each as the planner chooses it, lets threads deliver what is due as those of
the worker do, and between makes as many mails of the same words by the standard library alone (`EmailMessage`,
`SMTP.send_message`, no database and no templates), with as many threads. The outbox's rate may not fall below half of
the bare one, neither of notices nor of tips.
"""

import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tests.bench.bars import Bars
from tests.bench.serving import database, free_port, wait_for

MAILS, CONNECTIONS, TURNS = 2000, 2, 4
LEAST = 0.5
SINK = """
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Sink:
    kept = None
    async def handle_DATA(self, server, session, envelope):
        if Sink.kept is None:
            Sink.kept = envelope.content
            open(sys.argv[2], "wb").write(envelope.content)
        return "250 OK"

async def serve():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Sink()), "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()

asyncio.run(serve())
"""


@contextmanager
def sink(sample: str) -> Iterator[int]:
    """A mail server that takes everything and keeps the first mail as a file; in a process of its own."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SINK, str(port), sample])
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def mailing_to(port: int) -> AbstractContextManager:
    from django.test import override_settings

    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
    )


def make_people(count: int) -> list[int]:
    """Who wants tips by mail, in no quiet hour, and had two tips before; their ids."""
    from datetime import timedelta

    from django.utils import timezone

    from hub.notices.models import Preference
    from hub.nudges.ids import nudge_id
    from hub.nudges.models import Nudge, Tip
    from hub.nudges.starter import load_starter_tips
    from hub.people.models import User

    load_starter_tips()
    rows = [
        User(email=f"p{n}@bench.example", first_name="P", last_name=str(n), password="!")
        for n in range(count)
    ]
    people = User.objects.bulk_create(rows, batch_size=1000)
    Preference.objects.bulk_create(
        [
            Preference(
                user=user,
                quiet_from="08:00",
                quiet_to="08:00",
                working_days=list(range(7)),
                tips_by_mail=True,
            )
            for user in people
        ],
        batch_size=1000,
    )
    tips, at = list(Tip.objects.values_list("pk", flat=True)), timezone.now() - timedelta(days=30)
    Nudge.objects.bulk_create(
        [
            Nudge(
                id=nudge_id(user.subject_key, tip, at.date()),
                user=user, tip_id=tip, shown_on=at.date(), shown_at=at, source="mail", reason="mail",
            )
            for user in people
            for tip in (tips[user.pk % len(tips)], tips[(user.pk + 7) % len(tips)])
        ],
        batch_size=1000,
    )  # fmt: skip
    return [user.pk for user in people]


def queue_notices(ids: list[int]) -> None:
    from django.utils import timezone

    from hub.notices.actions import notify_all
    from hub.notices.models import Delivery

    facts = {"title": "Protokolle, die jemand liest", "at": "2027-01-14T14:00:00+00:00"}
    notify_all(user_ids=ids, kind="session_moved", dedupe_key="bench", facts=facts, path="/hours/")
    assert Delivery.objects.update(not_before=timezone.now()) == len(ids)


def queue_tips(ids: list[int]) -> None:
    from django.utils import timezone

    from hub.nudges.planner import plan

    assert plan(timezone.now()) == len(ids)


def deliver_share(share: list[str]) -> None:
    """What one thread of the worker does with what the sweep gives it."""
    from django.db import connection

    from hub.notices import tasks

    try:
        for start in range(0, len(share), tasks.MAILS_AT_ONCE):
            tasks.deliver_mails(share[start : start + tasks.MAILS_AT_ONCE])
    finally:
        connection.close()


def bare_share(share: list[str], port: int, sample: EmailMessage) -> None:
    text, html = (sample.get_body((kind,)).get_content() for kind in ("plain", "html"))
    with smtplib.SMTP("127.0.0.1", port) as server:
        for name in share:
            mail = EmailMessage()
            mail["Subject"], mail["From"], mail["To"] = (
                sample["Subject"],
                sample["From"],
                f"{name}@bench.example",
            )
            mail["Message-ID"], mail["List-Unsubscribe"] = (
                f"<{name}@bench.example>",
                sample["List-Unsubscribe"],
            )
            mail.set_content(text)
            mail.add_alternative(html, subtype="html")
            server.send_message(mail)


def timed(work: Callable, shares: list[list[str]], *arguments: object) -> float:
    """Seconds, a thread each: the worker has threads too."""
    with ThreadPoolExecutor(len(shares)) as pool:
        began = time.perf_counter()
        list(pool.map(lambda share: work(share, *arguments), shares))
        return time.perf_counter() - began


def measure(kind: str, count: int, connections: int, sample: Path) -> float:
    """The bare rate over the outbox's."""
    from hub.notices.models import Delivery

    ids = [str(pk) for pk in Delivery.objects.filter(is_done=False).values_list("pk", flat=True)]
    assert len(ids) == count
    own = bare = 0.0
    with sink(str(sample)) as port, mailing_to(port):
        # In turns, so that whatever else the machine does falls on both.
        for turn in range(TURNS):
            some = ids[turn::TURNS]
            shares = [some[number::connections] for number in range(connections)]
            own += timed(deliver_share, shares)
            like = message_from_bytes(sample.read_bytes(), policy=default)
            bare += timed(bare_share, shares, port, like)
        assert Delivery.objects.filter(pk__in=ids, state="sent").count() == count
    print(
        f"{count:,} {kind} over {connections} connections: outbox {count / own:6.0f}/s, "
        f"bare {count / bare:6.0f}/s, share {bare / own:.2f}"
    )
    return own / bare


def main() -> None:
    bars = Bars()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MAILS
    connections = int(sys.argv[2]) if len(sys.argv) > 2 else CONNECTIONS
    with database(), tempfile.TemporaryDirectory() as folder:
        from django.db import connection

        people = make_people(count)
        for kind, queue in (("notices", queue_notices), ("tips", queue_tips)):
            queue(people)
            ratio = measure(kind, count, connections, Path(folder) / kind)
            bars.hold(f"bare rate over the outbox's, {kind}", ratio, 1 / LEAST)
        connection.close()
    bars.finish()


if __name__ == "__main__":
    main()
