"""A thousand dead webhooks at once, in front of living ones.

`python -m tests.bench.dead_webhooks [dead] [living]` queues a tip for each (1,000 and 200 unless told otherwise), the
dead first, and lets two threads deliver what each sweep puts up, as the worker does. Every dead one is disabled once
and its owner told once; and it keeps the living waiting for no longer than two of their own kind would, which is
measured in the same run.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

from tests.bench.bars import Bars
from tests.bench.serving import database

DEAD, LIVING, THREADS = 1000, 200, 2
MOST = 2.0


def queue(dead: int, living: int, url: str, first: int) -> None:
    from django.utils import timezone

    from hub.encryption import encrypt
    from hub.notices.models import PURPOSE, Delivery, Destination, Preference
    from hub.people.models import User

    count, now = dead + living, timezone.now()
    rows = [
        User(email=f"p{first + n}@bench.example", first_name="P", last_name=str(n), password="!")
        for n in range(count)
    ]
    people = User.objects.bulk_create(rows)
    whole_week = {"quiet_from": "08:00", "quiet_to": "08:00", "working_days": list(range(7))}
    Preference.objects.bulk_create([Preference(user=user, **whole_week) for user in people])
    addresses = [f"{url}/{'dead' if n < dead else 'ok'}/{first + n}" for n in range(count)]
    Destination.objects.bulk_create(
        [
            Destination(
                user=user, channel="slack", host="127.0.0.1", secret=encrypt(address, purpose=PURPOSE)
            )
            for user, address in zip(people, addresses, strict=True)
        ]
    )
    Delivery.objects.bulk_create(
        [
            Delivery(
                user=user, channel="slack", topic="tips", dedupe_key=f"tip:{n}", queued_at=now,
                not_before=now - timedelta(hours=1) + timedelta(seconds=n),
            )
            for n, user in enumerate(people)
        ]
    )  # fmt: skip


def work(pk: object) -> None:
    from django.db import connection

    from hub.notices import delivering

    try:
        delivering.deliver(pk)
    finally:
        connection.close()


def sweep() -> int:
    """What the sweep puts up, done by as many threads as the worker has."""
    from django.utils import timezone

    from hub.notices import tasks

    put_up: list[object] = []
    with mock.patch.object(tasks.deliver, "apply_async", lambda args, **how: put_up.append(args[0])):
        tasks.wake_deliveries(timezone.now())
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, put_up))
    return len(put_up)


@contextmanager
def any_words() -> Iterator[None]:
    from hub.notices.letters import Letter, Writer, register_writer, writer_of

    before, letter = writer_of("tips"), Letter(title="Ein Tipp", why="So gewollt.", kind="tip", path="/tips/")
    register_writer("tips", Writer(lambda row, now: letter))
    yield
    register_writer("tips", before)


def worked_off() -> float:
    """Seconds of work until nothing waits."""
    from hub.notices.models import Delivery

    began = time.perf_counter()
    while Delivery.objects.filter(is_done=False).exists():
        sweep()
    return time.perf_counter() - began


def main() -> None:
    bars = Bars()
    dead = int(sys.argv[1]) if len(sys.argv) > 1 else DEAD
    living = int(sys.argv[2]) if len(sys.argv) > 2 else LIVING
    with database():
        from django.db import connection
        from django.test import override_settings

        from hub.notices.models import Delivery, Destination, Notice
        from tests.hub.notices.chat_server import chat_server

        with chat_server() as chat, any_words():
            chat.answers = {f"/dead/{living + n}": (410, {}) for n in range(dead)}
            url = f"http://127.0.0.1:{chat.port}"
            with override_settings(OUTBOUND_INSIDE=["127.0.0.1"], SLACK_HOSTS=["127.0.0.1"]):
                queue(0, living, url, first=0)
                alone = worked_off() / living
                queue(dead, living, url, first=living)
                among = (worked_off() - alone * living) / dead
            posts = Counter(got.path for got in chat.got)
        told = Counter(Notice.objects.filter(kind="destination_disabled").values_list("user", flat=True))
        disabled = Destination.objects.exclude(disabled_at=None).count()
        sent = Delivery.objects.filter(state="sent").count()
        connection.close()
        print(
            f"{dead:,} dead and {living:,} living: {disabled:,} disabled, {len(told):,} people told, {sent:,} sent; "
            f"a dead one takes {among * 1000:.1f} ms, a living one {alone * 1000:.1f} ms, ratio {among / alone:.2f}"
        )
        assert (disabled, len(told), sent) == (dead, dead, 2 * living)
        assert {*told.values(), *posts.values()} == {1}, "once each"
        bars.hold("a dead webhook in living ones", among / alone, MOST)
    bars.finish()


if __name__ == "__main__":
    main()
