"""Choosing and queueing a tip for everybody, against a bare insert in the same run.

`python -m tests.bench.nudges [people]` prints how much longer planning takes than one `bulk_create` of the same rows of
the outbox (bar: 5 times), for a tenth of the people and for all (175,000 unless told otherwise); what one person costs
may not grow by more than half.
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
    """Each wants tips in the inbox, a quarter said what they do, everybody had two tips a month ago."""
    from datetime import timedelta

    from hub.notices.models import Preference
    from hub.notices.vocabulary import RoleGroup
    from hub.nudges.ids import nudge_id
    from hub.nudges.models import Nudge, Tip
    from hub.people.models import User

    tips, roles = list(Tip.objects.values_list("pk", flat=True)), [*RoleGroup.values]
    day = (MONDAY - timedelta(days=30)).date()
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
                    role=roles[user.pk % len(roles)] if user.pk % 4 == 0 else "",
                )
                for user in users
            ]
        )
        Nudge.objects.bulk_create(
            [
                Nudge(
                    id=nudge_id(user.subject_key, tip, day),
                    user=user, tip_id=tip, shown_on=day, shown_at=MONDAY - timedelta(days=30),
                    source="today", reason="new",
                )
                for user in users
                for tip in (tips[user.pk % len(tips)], tips[(user.pk + 7) % len(tips)])
            ]
        )  # fmt: skip


def bare_insert() -> float:
    """As many rows as were planned, with the same values, by one `bulk_create`."""
    from hub.notices.models import Delivery

    rows = list(Delivery.objects.all())
    Delivery.objects.all().delete()
    for row in rows:
        row._state.adding = True
    began = time.perf_counter()
    Delivery.objects.bulk_create(rows, batch_size=1000)
    seconds = time.perf_counter() - began
    Delivery.objects.all().delete()
    return seconds


def measure(people: int) -> tuple[float, float]:
    """(seconds of planning, of the bare insert)."""
    from hub.notices.models import Delivery
    from hub.nudges.planner import plan

    began = time.perf_counter()
    planned = plan(MONDAY)
    own = time.perf_counter() - began
    assert planned == Delivery.objects.count() == people
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
            own, bare = measure(people)
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
