"""Choosing and queueing a tip for everybody, against a bare insert in the same run.

`python -m tests.bench.nudges [people]` prints how much longer planning takes than one `bulk_create` of the same rows of
the outbox (bar: 5 times), for a tenth of the people and for all (175,000 unless told otherwise), each the middle one
of three rounds; what one person costs may not grow by more than half.
"""

import sys
import time
from datetime import UTC, datetime

from tests.bench.bars import Bars
from tests.bench.serving import database

EVERYBODY = 175_000
MOST, MOST_GROWTH = 5.0, 1.5
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
BATCH = 2000


def make_people(count: int, first: int) -> None:
    """Each wants tips in the inbox; half said what they do, a third which fields of work. Everybody had a dozen tips in
    the last twelve weeks, said something to three or four of them, had four messages sent, and put two tips aside.
    """
    from datetime import timedelta

    from hub.notices.models import Delivery, Preference
    from hub.notices.vocabulary import Area, RoleGroup
    from hub.nudges.models import Dismissal, Nudge, Tip
    from hub.people.models import User

    tips, roles, areas = list(Tip.objects.values_list("pk", flat=True)), RoleGroup.values, Area.values
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        users = User.objects.bulk_create(
            [
                User(email=f"p{n}@bench.example", first_name="P", last_name=str(n), password="!")
                for n in numbers
            ]
        )
        Preference.objects.bulk_create(
            [
                Preference(
                    user=user,
                    tips_in_inbox=True,
                    role=roles[user.pk % len(roles)] if user.pk % 2 else "",
                    topics=[areas[(user.pk + n) % len(areas)] for n in range(6)] if user.pk % 3 == 0 else [],
                )
                for user in users
            ]
        )
        showings, sent, aside = [], [], []
        for user in users:
            later = "later" if user.pk % 5 == 0 else ""
            for number, answer in enumerate(["tried", later, "not_for_me", "tried", *[""] * 8]):
                at = MONDAY - timedelta(days=9 + 6 * number)
                tip = tips[(user.pk * 7 + number) % len(tips)]
                said = {"response": answer, "responded_at": at} if answer else {}
                showings.append(
                    Nudge.of(user, tip, at.date(), shown_at=at, source="in_app", reason="in_app", **said)
                )
                if number < 4:
                    sent.append(
                        Delivery(
                            user=user, channel="in_app", topic="tips", facts={"tip": str(tip), "propensity": 0.1},
                            dedupe_key=f"tip:{at.date()}:{user.pk}", not_before=at, queued_at=at, settled_at=at,
                            state="sent", is_done=True,
                        )
                    )  # fmt: skip
            aside += [
                Dismissal(user=user, tip_id=tips[(user.pk * 7 + number) % len(tips)]) for number in (2, 20)
            ]
        for rows in (showings, sent, aside):
            type(rows[0]).objects.bulk_create(rows, batch_size=1000)


def bare_insert() -> float:
    """As many rows as were planned, with the same values, by one `bulk_create`."""
    from hub.notices.models import Delivery

    planned = Delivery.objects.filter(state="waiting")
    rows = list(planned)
    planned.delete()
    for row in rows:
        row._state.adding = True
    began = time.perf_counter()
    Delivery.objects.bulk_create(rows, batch_size=1000)
    seconds = time.perf_counter() - began
    planned.delete()
    return seconds


def measure(people: int) -> tuple[float, float]:
    """(seconds of planning, of the bare insert)."""
    from hub.notices.models import Delivery
    from hub.nudges.planner import plan

    began = time.perf_counter()
    planned = plan(MONDAY)
    own = time.perf_counter() - began
    assert planned == Delivery.objects.filter(state="waiting").count() == people
    return own, bare_insert()


def main() -> None:
    bars = Bars()
    everybody = int(sys.argv[1]) if len(sys.argv) > 1 else EVERYBODY
    with database():
        from django.db import connection

        from hub.nudges.outcomes import tally
        from hub.nudges.starter import load_starter_tips

        load_starter_tips()
        costs, made = [], 0
        for people in (everybody // 10, everybody):
            make_people(people - made, made)
            made = people
            tally(MONDAY)
            # The middle one of three by its ratio: beside other work a single one says little.
            own, bare = sorted((measure(people) for _each in range(3)), key=lambda both: both[0] / both[1])[1]
            costs.append(own / people)
            print(
                f"planning {people:>7,} people{own:8.1f} s  bare insert {bare:6.1f} s  ratio {own / bare:.2f}"
            )
        bars.hold("planning", own / bare, MOST)
        print(f"one person costs {costs[0] * 1e6:.0f} us among few, {costs[1] * 1e6:.0f} us among all")
        bars.hold("growth", costs[1] / costs[0], MOST_GROWTH)
        connection.close()
    bars.finish()


if __name__ == "__main__":
    main()
