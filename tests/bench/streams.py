"""Two thousand people watch one room: open event streams on one machine, by two web processes on PostgreSQL.

`python -m tests.bench.streams [people] [seconds]` changes what the room shows every other second and prints how long
each change took to reach each stream, how often a process computed the room a second, and the memory a stream takes.
"""

import asyncio
import itertools
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from tests.bench.bars import Bars
from tests.bench.serving import PROCESSES, database, make_people, served

PEOPLE, SECONDS, EVERY = 2000, 30, 2.0
MARK = re.compile(rb"mark-([0-9]{4})")
AT_ONCE = 64  # connections opened at the same time


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class Watchers:
    """Streams that stay open; `delays` are the seconds from each change to each stream that brought it."""

    def __init__(self, ports: list[int], path: str) -> None:
        self.ports, self.path = itertools.cycle(ports), path
        self.changed: list[float] = []
        self.delays: list[float] = []
        self.open = 0

    async def watch(self, key: str, gate: asyncio.Semaphore) -> None:
        from django.conf import settings

        async with gate:
            port = next(self.ports)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n"
                f"Cookie: {settings.SESSION_COOKIE_NAME}={key}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            await reader.readuntil(b"retry:")
        self.open += 1
        kept, last = b"", 0
        while chunk := await reader.read(2**18):
            now = time.perf_counter()
            # The last event may still be cut in the middle of the mark.
            marks, kept = MARK.findall(kept + chunk), (kept + chunk)[-32:]
            if marks and (number := int(marks[-1])) > last:
                last = number
                self.delays.append(now - self.changed[number - 1])


async def measure(
    ports: list[int], hour: UUID, keys: list[str], seconds: float, change: Callable[[int], None]
) -> Watchers:
    watchers, gate = Watchers(ports, f"/hours/{hour}/room/stream/"), asyncio.Semaphore(AT_ONCE)
    tasks = [asyncio.create_task(watchers.watch(key, gate)) for key in keys]
    while watchers.open < len(keys):
        await asyncio.sleep(0.1)
        for task in tasks:
            if task.done():
                task.result()
    await asyncio.sleep(3)
    for number in range(1, round(seconds / EVERY) + 1):
        watchers.changed.append(time.perf_counter())
        await asyncio.to_thread(change, number)
        await asyncio.sleep(EVERY)
    await asyncio.sleep(EVERY)
    for task in tasks:
        task.cancel()
    return watchers


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    with database(), tempfile.TemporaryDirectory() as counts:
        os.environ["COUNTS"] = counts
        from hub.people.models import User
        from tests.lived import lived_hour

        keys = make_people(count)
        room = lived_hour(User.objects.order_by("pk").first()).fill()
        question = room.question

        def change(number: int) -> None:
            question.text = f"mark-{number:04d}"
            question.save()

        with served(application="tests.bench.counted:application") as ports:
            files = list(Path(counts).iterdir())
            before = [resident_bytes(int(file.name)) for file in files]
            began, began_with = time.perf_counter(), [file.stat().st_size for file in files]
            watchers = asyncio.run(measure(ports, room.session.pk, keys, seconds, change))
            lasted = time.perf_counter() - began
            computed = [file.stat().st_size - n for file, n in zip(files, began_with, strict=True)]
            after = [resident_bytes(int(file.name)) for file in files]
        report(watchers, count, lasted, computed, sum(after) - sum(before))


def report(watchers: Watchers, count: int, lasted: float, computed: list[int], grown: int) -> None:
    expected = count * len(watchers.changed)
    delays = sorted(watchers.delays)
    assert len(delays) == expected, f"{len(delays)} of {expected} changes arrived"
    assert len(computed) == PROCESSES
    middle, p95 = statistics.median(delays), delays[int(0.95 * len(delays))]
    print(
        f"streams   {count} by {len(computed)} processes, {len(watchers.changed)} changes, all arrived everywhere"
    )
    print(f"delivery  median {middle:.2f} s, p95 {p95:.2f} s, last {delays[-1]:.2f} s (bar: p95 2 s)")
    rates = ", ".join(f"{n / lasted:.2f}" for n in computed)
    print(f"computed  {rates} times a second by each process (bar: 1)")
    print(f"memory    {grown / count / 1024:.0f} KiB a stream")
    bars = Bars()
    bars.hold("delivery, p95 in seconds,", p95, 2)
    bars.hold("computations a second and process", max(computed) / lasted, 1.1)
    bars.finish()


if __name__ == "__main__":
    main()
