"""Friday at nine: check-ins at 64 connections against a bare view, on PostgreSQL, by two web processes each.

`python -m tests.bench.check_ins [people]` prints the rates of fifteen rounds each, in turn, and the median of the
rounds' ratios: what slows the machine for a while slows both of a round; then how long after the last answer all
points were in the ledger (a worker posts them meanwhile), and counts rows, duplicates and the ledger's sum. The floor
is a Django view on the same server that reads the session, checks CSRF and makes one INSERT.
"""

import asyncio
import statistics
import sys
import time
from uuid import UUID

from tests.bench.bars import Bars
from tests.bench.serving import database, make_people, served, worker

CONNECTIONS, ROUNDS, PEOPLE = 64, 15, 2000
SECRET = "s" * 32


async def press(ports: list[int], path: str, keys: list[str], body: object) -> tuple[float, int]:
    """All of them POST once over 64 connections kept open; (seconds, how many were answered by a redirect)."""
    from django.conf import settings

    waiting, done, cookie = iter(keys), 0, settings.SESSION_COOKIE_NAME

    async def one(port: int) -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for key in waiting:
            content = body().encode()
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Cookie: {cookie}={key}; csrftoken={SECRET}\r\nX-CSRFToken: {SECRET}\r\n"
                f"Content-Length: {len(content)}\r\n\r\n".encode()
                + content
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            if length:
                await reader.readexactly(int(length[0].split(b":")[1]))
            elif b"transfer-encoding: chunked" in head.lower():
                await reader.readuntil(b"0\r\n\r\n")
            done += head.startswith(b"HTTP/1.1 302")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(ports[n % len(ports)]) for n in range(CONNECTIONS)))
    return time.perf_counter() - began, done


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    bars = Bars()
    with database():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, person text)")
        keys = make_people(count)
        with connection.cursor() as cursor:  # Django's own table of sessions, for the floor
            cursor.execute(
                "CREATE TABLE django_session AS "
                "SELECT session_key, session_data, expire_date FROM people_browsersession"
            )
            cursor.execute("ALTER TABLE django_session ADD PRIMARY KEY (session_key)")
        hours = [make_hour(n) for n in range(ROUNDS)]
        connection.close()
        rates: dict[str, list[float]] = {"check-in": [], "bare": []}
        lags = []
        with worker(), served() as product, served("tests.bench.bare_settings") as floor:
            for ports, path in ((product, "/healthz"), (floor, "/bare/")):
                asyncio.run(press(ports, path, keys[:200], lambda: ""))  # warm
            for hour, secret in hours:
                seconds, done = asyncio.run(press(floor, "/bare/", keys, lambda: "code=123456"))
                assert done == count, f"the bare view answered {done} of {count}"
                rates["bare"].append(count / seconds)
                seconds, done = asyncio.run(
                    press(
                        product,
                        f"/hours/{hour}/check-in/",
                        keys,
                        lambda secret=secret: f"code={code(secret)}",
                    )
                )
                assert done == count, f"{done} of {count} check-ins succeeded"
                rates["check-in"].append(count / seconds)
                lags.append(posted_after(hour, count))
        for name, found in rates.items():
            print(f"{name:<10}{'  '.join(f'{rate:7.0f}/s' for rate in found)}")
        ratio = statistics.median(own / bare for own, bare in zip(*rates.values(), strict=True))
        print(f"ratio     {ratio:.2f} of the bare view's rate (bar: 0.6)")
        bars.hold("a check-in, in bare views,", 1 / ratio, 1 / 0.6)
        bars.hold("seconds until all points are there", max(lags), 5)
        print(f"points    all in the ledger {max(lags):.1f} s after the last answer, at the latest")
        check(count)
    bars.finish()


def make_hour(number: int) -> tuple[UUID, str]:
    from hub.people.models import User
    from tests.factories import make_session

    facilitator = User.objects.order_by("pk").last()
    hour = make_session(facilitator, title=f"Stunde {number}")
    return hour.pk, hour.code_secret


def posted_after(hour: UUID, count: int) -> float:
    """Seconds until the ledger holds an entry for everybody."""
    from hub.points.models import PointEntry

    began = time.perf_counter()
    while PointEntry.objects.filter(source_key__startswith=f"attended:{hour}").count() < count:
        assert time.perf_counter() - began < 60, "the points did not follow"
        time.sleep(0.05)
    return time.perf_counter() - began


def code(secret: str) -> str:
    from django.utils import timezone

    from learning.hours import codes

    return codes.code_at(secret, timezone.now())


def check(count: int) -> None:
    """Rows are successes, none twice, and the ledger adds up."""
    from django.db.models import Sum

    from hub.points.models import PointEntry
    from hub.points.rules import RULES
    from learning.hours.models import Attendance

    wanted = ROUNDS * count
    assert Attendance.objects.count() == wanted
    assert Attendance.objects.values("session", "user").distinct().count() == wanted
    points = wanted * RULES["attended"].points + ROUNDS * RULES["facilitated"].points
    assert PointEntry.objects.aggregate(sum=Sum("points"))["sum"] == points
    print(f"rows      {wanted} attendances, none twice, {points} points in the ledger")


if __name__ == "__main__":
    main()
