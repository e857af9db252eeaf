"""Answers about one's own times, and what bets publish, at once: nothing is published past a no, and nobody waits in a
circle. Rows are locked on PostgreSQL alone.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connection, transaction

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, PublishedFreed, PublishedStanding
from challenges.processes import consent
from challenges.processes.actions import change_process
from challenges.processes.list_actions import set_lanes
from challenges.processes.models import Lane, Process
from challenges.sealed import show
from challenges.sealed.deciding import decide, decide_hours
from challenges.sealed.models import Show
from challenges.sealed.revealing import reveal
from hub.people.directory import import_people
from hub.people.models import User
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user

MINUTES = 30.0
LONGEST = 5.0


def own_process(owner: User, *people: User) -> Process:
    """A lane of each of these people, who work alone and said yes."""
    process = make_process(owner, steps=len(people), cases_per_week=60)
    process.lanes.all().delete()
    for position, person in enumerate(people):
        name = f"Bahn {person.pk}"
        process.steps.filter(position=position).update(lane=name, touch_minutes=MINUTES)
        Lane.objects.create(process=process, name=name, performers=1, person=person, has_consent=True)
    return process


def counted_bet(ruth: User, viktor: User, contestant: User, process: Process) -> Challenge:
    bet = make_challenge(make_user("Farid", roles=("facilitator",)), referees=(ruth,))
    entry = make_entry(bet, contestant, process)
    for step in process.steps.all():
        claim = make_claim(entry, step.position, before_minutes=MINUTES, after_minutes=0)
        decide(claim=claim, referee=ruth, is_confirmed=True)
        decide_hours(claim=claim, controller=viktor, saved_minutes=MINUTES)
    return close(bet)


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    roles = {"Ruth": ("referee",), "Viktor": ("controller",)}
    return {
        name: make_user(name, roles=roles.get(name, ())) for name in ("Ruth", "Viktor", "Carl", "Otto", "Ira")
    }


def waits(many: int) -> bool:
    """Until so many connections of this database wait for a row; False where none does before long."""
    told = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = monotonic() + LONGEST
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(told)
            if cursor.fetchone()[0] >= many:
                return True
        sleep(0.02)
    return False


@contextmanager
def held(row: Any) -> Any:
    """The row, locked from here: whoever writes it waits."""
    with transaction.atomic():
        type(row).objects.select_for_update().get(pk=row.pk)
        yield


def begun(pool: ThreadPoolExecutor, act: Callable[..., object], **given: object) -> Future:
    def one() -> None:
        try:
            act(**given)
        finally:
            connection.close()

    return pool.submit(one)


if connection.vendor == "postgresql":

    def test_a_no_during_the_reveal_is_not_overtaken_by_it(people: dict[str, User]) -> None:
        """The reveal has read the yes and stops before its end; the no comes meanwhile."""
        process = own_process(people["Carl"], people["Otto"])
        bet = counted_bet(people["Ruth"], people["Viktor"], people["Carl"], process)
        going = show.start(challenge=bet, referee=people["Ruth"])
        with ThreadPoolExecutor(2) as pool:
            with held(Show.objects.get(pk=going.pk)):
                opening = begun(pool, reveal, challenge=bet, referee=people["Ruth"])
                assert waits(1)
                saying = begun(pool, consent.answer, lane=process.lanes.get(), agrees=False)
                waits(2)
            opening.result()
            saying.result()
        assert not process.lanes.get().has_consent
        assert not PublishedFreed.objects.exists(), "thirty minutes of Otto's"
        assert PublishedStanding.objects.get().hours_high == 0

    def test_two_who_leave_at_once_do_not_wait_in_a_circle(people: dict[str, User]) -> None:
        """Their lanes in the processes of two bets, each in another order."""
        first, second = (own_process(people["Carl"], people["Otto"], people["Ira"]) for _each in range(2))
        ours, theirs = (
            reveal(
                challenge=counted_bet(*(people[name] for name in ("Ruth", "Viktor", "Carl")), one),
                referee=people["Ruth"],
            )
            for one in (first, second)
        )
        Lane.objects.get(process=first, person=people["Ira"]).delete()
        Lane.objects.create(
            process=first,
            name=f"Bahn {people['Ira'].pk}",
            performers=1,
            person=people["Ira"],
            has_consent=True,
        )
        with ThreadPoolExecutor(2) as pool:
            with held(ours):
                one = begun(pool, consent.end_answers_of, users=[people["Otto"]])
                assert waits(1)
                other = begun(pool, consent.end_answers_of, users=[people["Ira"]])
                assert waits(2)
            one.result()
            other.result()
        assert not Lane.objects.filter(has_consent=True).exists()
        assert not PublishedFreed.objects.filter(challenge__in=[ours, theirs]).exists()

    def test_who_leaves_with_one_list_is_taken_together(people: dict[str, User]) -> None:
        """The first one of the file answered for what is locked last."""
        both = [own_process(people["Carl"], people[name]) for name in ("Otto", "Ira")]
        low, high = sorted(both, key=lambda process: process.pk)
        first, second = (process.lanes.get().person for process in (high, low))
        lines = [f"{user.email},{user.first_name},{user.last_name},no" for user in (first, second)]
        content = "\n".join(["email,first_name,last_name,active", *lines]).encode()
        with ThreadPoolExecutor(1) as pool:
            with held(low):
                leaving = begun(pool, import_people, content=content)
                assert waits(1)
                assert Process.objects.select_for_update(nowait=True).get(pk=high.pk)
            leaving.result()
        assert not Lane.objects.filter(has_consent=True).exists()
        assert not User.objects.active().filter(pk__in=[first.pk, second.pk]).exists()

    def test_a_family_is_locked_by_key_before_it_moves(people: dict[str, User]) -> None:
        """Its variant comes before it, and somebody has that one."""
        low, high = sorted((make_process(people["Carl"]) for _each in range(2)), key=lambda row: row.pk)
        root = make_process(people["Otto"])
        Process.objects.filter(pk=low.pk).update(variant_of=high)
        high.variant_of = root
        with ThreadPoolExecutor(1) as pool:
            with held(low):
                moving = begun(pool, change_process, process=high)
                assert waits(1)
                assert Process.objects.select_for_update(nowait=True).get(pk=high.pk)
            moving.result()
        assert {row.variant_of_id for row in Process.objects.filter(pk__in=[low.pk, high.pk])} == {root.pk}

    def test_lanes_answers_and_hours_at_once_end_and_agree(people: dict[str, User]) -> None:
        process = own_process(people["Carl"], people["Otto"], people["Ira"])
        bet = counted_bet(people["Ruth"], people["Viktor"], people["Carl"], process)
        reveal(challenge=bet, referee=people["Ruth"])
        otto = process.lanes.get(person=people["Otto"])
        claim = all_claims(bet).first()

        def lanes(number: int) -> None:
            set_lanes(process=process, lanes=[(f"Bahn {people['Ira'].pk}", 1 + number % 2, None)])

        with ThreadPoolExecutor(3) as pool:
            acts = []
            for number in range(6):
                acts += [
                    begun(pool, consent.answer, lane=otto, agrees=False),
                    begun(pool, lanes, number=number),
                    begun(
                        pool,
                        decide_hours,
                        claim=claim,
                        controller=people["Viktor"],
                        saved_minutes=MINUTES - number,
                    ),
                ]
            for act in acts:
                act.result()
        set_lanes(process=process, lanes=[(f"Bahn {people['Ira'].pk}", 1, None)])
        assert not PublishedFreed.objects.exists()
