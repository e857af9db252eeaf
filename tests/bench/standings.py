"""A revealed bet of 10,000 contestants and 200,000 claims against a bare view that returns a cached body of that size.

`python -m tests.bench.standings [contestants] [claims a contestant]` prints for page and API the rate as a share of the
bare view's (bar: 0.5), behind the same middleware in one process, and what verifying one claim of a running bet costs
with ten contestants and with all of them (bar: 1.5 times).
"""

import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.bench.bars import Bars
from tests.bench.serving import database

ROUNDS = 150
LEAST_SHARE = 0.5
MOST_GROWTH = 1.5
LARGE = 500


def median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    seconds = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def in_turn(*acts: Callable[[], object]) -> list[float]:
    """The median of each: what slows the machine for a while slows all of them."""
    seconds: list[list[float]] = [[] for _act in acts]
    for _round in range(ROUNDS):
        for act, own in zip(acts, seconds, strict=True):
            own.append(median(act, 1))
    return [statistics.median(own) for own in seconds]


def main() -> None:
    bars = Bars()
    people, claims = (
        int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((1, 10_000), (2, 20))
    )
    with database():
        from django.conf import settings
        from django.db import connection

        settings.ROOT_URLCONF = "tests.bench.cached_urls"
        measure(bars, people, claims)
        connection.close()
    bars.finish()


def fill(challenge: object, process: object, people: int, claims: int) -> None:
    """Entries, sealed standings and claims as they would be there, without the actions' notices."""
    from django.db import connection
    from django.utils import timezone

    from challenges.contests.models import Baseline, Claim, ClaimedStep, Entry
    from challenges.sealed.models import SealedStanding
    from hub.people.models import User

    users = User.objects.bulk_create(
        [
            User(
                email=f"c{uuid.uuid4().hex[:12]}@hatpin.example",
                first_name="P",
                last_name=f"{n:05d}",
                password="!",
            )
            for n in range(people)
        ],
        batch_size=1000,
    )
    entries = Entry.objects.bulk_create(
        [
            Entry(
                challenge=challenge,
                contestant=user,
                process=process,
                baseline_steps=claims,
                baseline_sha256="0",
            )
            for user in users
        ],
        batch_size=1000,
    )
    at = timezone.now()
    Baseline.objects.bulk_create(
        [
            Baseline(entry=entry, sha256="0", owner_approved_at=at, referee_approved_at=at)
            for entry in entries
        ],
        batch_size=1000,
    )
    steps = list(process.steps.all())
    made = Claim._base_manager.bulk_create(
        [
            Claim(entry=entry, method="m", evidence="e", state=Claim.State.VERIFIED)
            for entry in entries
            for _n in range(claims)
        ],
        batch_size=2000,
    )
    ClaimedStep._base_manager.bulk_create(
        [
            ClaimedStep(claim=claim, entry_id=claim.entry_id, step=steps[number % claims])
            for number, claim in enumerate(made)
        ],
        batch_size=2000,
    )
    SealedStanding.objects.bulk_create(
        [SealedStanding(entry=entry, net=claims) for entry in entries], batch_size=1000
    )
    if (
        people > LARGE
    ):  # as the database does by itself; told of a small table it would fill a large one slowly
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure(bars: Bars, people: int, claims: int) -> None:
    from django.core.cache import cache
    from django.test import Client

    from challenges.sealed.commitments import commit
    from challenges.sealed.deciding import decide
    from challenges.sealed.revealing import reveal
    from hub.people.tokens import create_token
    from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user

    referee, organiser = make_user("Ruth", roles=("referee",)), make_user("Farid")
    process = make_process(organiser, steps=claims)

    def verifying(others: int) -> float:
        bet = make_challenge(organiser, referees=(referee,))
        fill(bet, process, others, claims)
        entry = make_entry(bet, make_user("Eine"), make_process(make_user("Andere"), steps=60))
        waiting = iter([make_claim(entry, n) for n in range(40)])
        return median(lambda: decide(claim=next(waiting), referee=referee, is_confirmed=True), 40)

    few, many = verifying(10), verifying(people)
    told = f"{1000 * few:.1f} ms with 10 contestants, {1000 * many:.1f} ms with {people:,}"
    print(f"verifying a claim: {told}: {many / few:.2f}")
    bars.hold("verifying a claim", many / few, MOST_GROWTH)

    bet = make_challenge(organiser, referees=(referee,), closes_in=timedelta(days=1))
    fill(bet, process, people, claims)
    closed = close(bet)
    for what, act in (
        ("the commitment, by a worker at the deadline,", lambda: commit(closed)),
        ("revealing", lambda: reveal(challenge=closed, referee=referee)),
    ):
        began = time.perf_counter()
        act()
        seconds = time.perf_counter() - began
        print(f"{what} {people:,} contestants with {people * claims:,} claims: {seconds:.1f} s")
    reader = make_user("Emma")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(reader)
    token = {"HTTP_AUTHORIZATION": f"Token {create_token(user=reader)}"}
    for what, path, headers in (
        ("page", f"/challenges/{bet.pk}/standings/?page=7", {}),
        ("API", f"/api/v1/challenges/{bet.pk}/standings/?page=7", token),
    ):
        first = time.perf_counter()
        answer = client.get(path, **headers)
        first = time.perf_counter() - first
        assert answer.status_code == 200
        cache.set("bench:body", (answer.content, answer["Content-Type"]), 3600)
        floor = f"/cached/{'api' if headers else 'page'}/"
        bare, own = in_turn(*(partial(client.get, each, **headers) for each in (floor, path)))
        print(
            f"standings, {what:<5}{len(answer.content):>8,} bytes  first {1000 * first:.0f} ms, then "
            f"{1000 * own:.2f} ms, bare cached {1000 * bare:.2f} ms: {bare / own:.2f} of its rate"
        )
        bars.hold(f"standings, {what}: bare rate over own", own / bare, 1 / LEAST_SHARE)


if __name__ == "__main__":
    main()
