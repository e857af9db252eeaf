"""The reveal: what was sealed is published, points are posted, looks join the audit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from challenges.contests.actions import people_in
from challenges.contests.all_claims import all_claims, verified_by_entry
from challenges.contests.freed import Freed
from challenges.contests.models import (
    Challenge,
    Claim,
    Entry,
    Partaking,
    PublishedClaim,
    PublishedElimination,
    PublishedStanding,
)
from challenges.contests.personal import mark_personal
from challenges.contests.scoring import credit_of, executed_less, points_by_claim
from challenges.processes.figures import executions
from challenges.processes.models import Process, Step
from challenges.sealed.counting import Place, count, standing_of
from challenges.sealed.freeing import freed_of, publish_freed
from challenges.sealed.models import Decision, HoursDecision, Look, SecondLook, Show
from hub.audit.actions import Act, record_all
from hub.notices.actions import notify_all
from hub.people.models import User
from hub.points.actions import Award, award_many

BATCH = 1000
ENTRIES_AT_ONCE = 200
Some = TypeVar("Some")


class Measured(NamedTuple):
    """What stands beside an entry's net: expected executed steps a case, and freed hours a year."""

    before: float
    after: float
    freed: Freed


@transaction.atomic
def reveal(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Challenge:
    """Break the seal: publish standings and changed steps, post points, hand the looks to the audit.

    Counts first where that was not done. Repeating it has no second effect. Raises Refusal as `count` does.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.is_revealed:
        return challenge
    challenge = count(challenge=challenge, referee=referee, now=now)
    hold_processes(challenge.entries.all())
    teams = _teams(challenge)
    for places in _batches(standing_of(challenge), ENTRIES_AT_ONCE):
        _publish(challenge, places, teams, now)
    publish_freed(challenge)
    challenge.status, challenge.revealed_at, challenge.published_at = Challenge.Status.REVEALED, now, now
    challenge.save(update_fields=["status", "revealed_at", "published_at"])
    Show.objects.filter(challenge=challenge, ended_at=None).update(ended_at=now)
    _hand_to_audit(challenge, referee, now)
    notify_all(
        user_ids=people_in(challenge),
        kind="challenge_revealed",
        dedupe_key=f"challenge_revealed:{challenge.pk}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/",
    )
    return challenge


def hold_processes(entries: "QuerySet[Entry]") -> None:
    """Lock the processes of these entries, by key, after their bet and before reading who agreed: whoever answers in
    the meantime waits, and finds what was published. One query.
    """
    rows = Process.objects.select_for_update(no_key=True).filter(pk__in=entries.order_by().values("process"))
    list(rows.order_by("pk").values_list("pk", flat=True))


def _publish(
    challenge: Challenge, places: Sequence[Place], teams: Mapping[UUID, list[User]], now: datetime
) -> None:
    """The standings, changed steps and points of some of the entries: a large bet never lies in memory as a whole."""
    verified = verified_by_entry([place.entry for place in places])
    executed = _executed([place.entry for place in places])
    PublishedStanding.objects.bulk_create(
        [_standing(challenge, place, verified[place.entry.pk], executed) for place in places]
    )
    claims = [claim for own in verified.values() for claim in own]
    weight = challenge.automated_weight
    points = {
        claim.pk: count
        for own in verified.values()
        for claim, count in zip(own, points_by_claim(own, weight), strict=True)
    }
    _publish_claims(challenge, claims, points)
    award_many(
        [
            Award(person, "eliminated_step", key, now)
            for claim in claims
            for person in [claim.entry.contestant, *teams.get(claim.entry_id, ())]
            for key in point_keys(claim.pk, points[claim.pk], person)
        ]
    )


def _batches(rows: Sequence[Some], size: int) -> Iterator[list[Some]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, size)):
        yield batch


def _teams(challenge: Challenge) -> dict[UUID, list[User]]:
    """The members beside the contestant, by entry. One query."""
    teams: dict[UUID, list[User]] = defaultdict(list)
    members = Partaking.objects.filter(challenge=challenge, part=Partaking.Part.MEMBER).select_related("user")
    for other in members:
        teams[other.entry_id].append(other.user)
    return teams


def _executed(entries: list[Entry]) -> dict[object, float]:
    """Expected executed steps a case, by process. One query."""
    found: dict[object, float] = defaultdict(float)
    steps = Step.objects.filter(process__in={entry.process_id for entry in entries})
    for step in steps.only("process_id", "probability", "loop_factor"):
        found[step.process_id] += executions(step)
    return found


def measured_of(entries: list[Entry]) -> dict[UUID, Measured]:
    """What stands beside the net of each of these entries. Five queries."""
    executed = _executed(entries)
    claims = verified_by_entry(entries)
    return {entry.pk: _measured(entry, claims[entry.pk], executed) for entry in entries}


def _measured(entry: Entry, claims: list[Claim], executed: Mapping[object, float]) -> Measured:
    before = executed[entry.process_id]
    return Measured(before, before - sum(map(executed_less, claims)), freed_of(entry, claims))


def _standing(
    challenge: Challenge, place: Place, claims: list[Claim], executed: Mapping[object, float]
) -> PublishedStanding:
    before, after, freed = _measured(place.entry, claims, executed)
    return PublishedStanding(
        challenge=challenge,
        entry=place.entry,
        bracket=place.bracket,
        rank=place.rank,
        net=place.net,
        executed_before=before,
        executed_after=after,
        hours_low=freed.low,
        hours_mid=freed.mid,
        hours_high=freed.high,
    )


def _publish_claims(challenge: Challenge, claims: list[Claim], points: Mapping[UUID, int]) -> None:
    weight = challenge.automated_weight
    rows = {
        claim.pk: PublishedClaim(
            entry=claim.entry,
            claim_key=claim.pk,
            change=claim.change,
            credit=credit_of(claim, weight),
            points_awarded=points[claim.pk],
        )
        for claim in claims
    }
    PublishedClaim.objects.bulk_create(rows.values(), batch_size=BATCH)
    PublishedElimination.objects.bulk_create(
        [
            PublishedElimination(entry=claim.entry, step=step, claim=rows[claim.pk])
            for claim in claims
            for step in claim.steps
        ],
        batch_size=BATCH,
    )


def point_keys(claim_key: object, count: int, person: User) -> list[str]:
    """The ledger's source keys of a claim's points for one person, who is in them by the opaque key alone."""
    return [f"claim:{claim_key}:{n}:{person.subject_key}" for n in range(count)]


def people_of(entry: Entry) -> list[User]:
    """The contestant and the members of the team: each gets the points."""
    members = entry.others.filter(part=Partaking.Part.MEMBER).select_related("user")
    return [entry.contestant, *(other.user for other in members)]


def publish_anew(entry: Entry) -> None:
    """After the reveal: a controller confirmed more or less, or a claim was taken back. The bet is locked."""
    hold_processes(Entry.objects.filter(pk=entry.pk))
    verified = all_claims(entry.challenge).filter(entry=entry, state=Claim.State.VERIFIED)
    taken_back = set(
        entry.published_claims.filter(outcome=PublishedClaim.Outcome.REVERSED).values_list(
            "claim_key", flat=True
        )
    )
    held = mark_personal([claim for claim in verified if claim.pk not in taken_back])
    freed = freed_of(entry, held)
    PublishedStanding.objects.filter(entry=entry).update(
        executed_after=F("executed_before") - sum(map(executed_less, held)),
        hours_low=freed.low,
        hours_mid=freed.mid,
        hours_high=freed.high,
    )
    publish_freed(entry.challenge, process=entry.process)
    touch(entry.challenge)


def publish_process_anew(process: Process) -> None:
    """Somebody said anew who works in which lane of it: which minutes may be told is asked again, in revealed bets."""
    entries = Entry.objects.filter(process=process, challenge__status__in=["revealed", "final"])
    for entry in entries.select_related("challenge", "process"):
        publish_anew(entry)


def touch(challenge: Challenge) -> None:
    """What is published has changed: pages made of it are made anew."""
    challenge.published_at = timezone.now()
    challenge.save(update_fields=["published_at"])


def _hand_to_audit(challenge: Challenge, referee: User, now: datetime) -> None:
    """Looks and decisions join the audit under the time at which they happened."""
    acts = [
        Act(seen.actor_key, "challenge.claims_seen", "challenge", challenge.pk, at=seen.looked_at)
        for seen in Look.objects.filter(challenge=challenge)
    ]
    for decision in Decision.objects.filter(challenge=challenge):
        action = "claim.verified" if decision.is_confirmed else "claim.refused"
        acts.append(Act(decision.actor_key, action, "claim", decision.claim_key, at=decision.decided_at))
    for hours in HoursDecision.objects.filter(challenge=challenge):
        acts.append(
            Act(hours.actor_key, "claim.hours_decided", "claim", hours.claim_key, at=hours.decided_at)
        )
    for second in SecondLook.objects.filter(challenge=challenge):
        acts.append(Act(second.actor_key, "claim.seen_again", "claim", second.claim_key, at=second.looked_at))
    acts.append(Act(referee.subject_key, "challenge.revealed", "challenge", challenge.pk, at=now))
    record_all(acts)
