"""Reading and keeping a process of 10,000 steps against bare floors in the same run.

`python -m tests.bench.processes [steps]` prints how much longer reading takes than `defusedxml.ElementTree.fromstring`
on the same bytes (bar: 3 times), and keeping it than one `bulk_create` of as many bare rows (bar: 3 times).
"""

import statistics
import sys
import time
from collections.abc import Callable

from tests.bench.bars import Bars
from tests.bench.serving import database

ROUNDS = 5
MOST = 3.0


def document(steps: int) -> bytes:
    """A drawing with its diagram: steps in five lanes, as `layout` draws a list."""
    from challenges.processes.layout import draw
    from challenges.processes.steps_csv import KINDS, StepLine

    lines = [
        StepLine(f"Bereich {n // 7 % 5}", f"Schritt {n} am Vorgang erledigen", KINDS[n % 8])
        for n in range(steps)
    ]
    return draw("Ein großer Prozess", lines).encode()


def median(act: Callable[[int], object]) -> float:
    seconds = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        act(number)
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def told(what: str, own: float, bare: float, floor: str) -> float:
    print(f"{what:<24}{own:7.3f} s  {floor} {bare:.3f} s  ratio {own / bare:.2f}")
    return own / bare


def main() -> None:
    bars = Bars()
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with database():
        from defusedxml.ElementTree import fromstring
        from django.db import connection, transaction

        from challenges.processes.actions import keep
        from challenges.processes.bpmn import read_bpmn
        from challenges.processes.models import Process, Step
        from tests.factories import make_user

        content, owner = document(steps), make_user("Emma")
        bare_read = median(lambda _n: fromstring(content.decode()))
        own_read = median(lambda _n: read_bpmn(content))
        bars.hold("reading", told(f"reading {steps:,} steps", own_read, bare_read, "defusedxml"), MOST)

        read = read_bpmn(content)
        host = Process.objects.create(owner=owner, title="Boden", origin="bpmn", content_sha256="0")

        def bare(number: int) -> None:
            rows = [
                Step(process=host, position=n + steps * number, element_id=f"{number}-{n}", name="Schritt")
                for n in range(steps)
            ]
            with transaction.atomic():
                Step.objects.bulk_create(rows, batch_size=1000)

        def own(number: int) -> None:
            keep(
                user=owner, read=read, lines=(), content_sha256=str(number + 1), language="de",
                title="Groß", origin="bpmn",
            )  # fmt: skip

        bare_keep = median(bare)
        own_keep = median(own)
        bars.hold("keeping", told(f"keeping {steps:,} steps", own_keep, bare_keep, "bulk_create"), MOST)
        connection.close()
    bars.finish()


if __name__ == "__main__":
    main()
