"""The reveal: what was sealed is published, points are posted, looks join the audit."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from challenges.contests.actions import people_in
from challenges.contests.all_claims import all_claims
from challenges.contests.freed import Freed, freed_by
from challenges.contests.models import (
    Challenge,
    Claim,
    Entry,
    Partaking,
    PublishedClaim,
    PublishedElimination,
    PublishedStanding,
)
from challenges.contests.scoring import credit_of, executed_less, points_of
from challenges.processes.figures import executions
from challenges.processes.models import Step
from challenges.sealed.counting import Place, count, standing_of
from challenges.sealed.models import Decision, HoursDecision, Look, SecondLook, Show
from hub.audit.actions import record
from hub.notices.actions import notify_all
from hub.people.models import User
from hub.points.actions import Award, award_many

BATCH = 1000


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
    verified = _verified_by_entry(challenge)
    places = standing_of(challenge)
    executed = _executed([place.entry for place in places])
    PublishedStanding.objects.bulk_create(
        [_standing(challenge, place, verified[place.entry.pk], executed) for place in places],
        batch_size=BATCH,
    )
    claims = [claim for own in verified.values() for claim in own]
    _publish_claims(challenge, claims)
    _post_points(challenge, claims, now)
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


def _verified_by_entry(challenge: Challenge) -> dict[object, list[Claim]]:
    found: dict[object, list[Claim]] = defaultdict(list)
    for claim in all_claims(challenge).filter(state=Claim.State.VERIFIED):
        found[claim.entry_id].append(claim)
    return found


def _executed(entries: list[Entry]) -> dict[object, float]:
    """Expected executed steps a case, by process. One query."""
    found: dict[object, float] = defaultdict(float)
    steps = Step.objects.filter(process__in={entry.process_id for entry in entries})
    for step in steps.only("process_id", "probability", "loop_factor"):
        found[step.process_id] += executions(step)
    return found


def freed_of(entry: Entry, claims: list[Claim]) -> Freed:
    return freed_by(claims, entry.process.cases_per_week)


def freed_by_process(places: Sequence[Place]) -> list[tuple[str, Freed]]:
    """What verified claims free, by title of the process, the most first."""
    if not places:
        return []
    verified = _verified_by_entry(places[0].entry.challenge)
    found: dict[str, Freed] = defaultdict(Freed)
    for place in places:
        found[place.entry.process.title] += freed_of(place.entry, verified[place.entry.pk])
    return sorted(found.items(), key=lambda row: (-row[1].mid, row[0]))


def _standing(
    challenge: Challenge, place: Place, claims: list[Claim], executed: dict[object, float]
) -> PublishedStanding:
    before = executed[place.entry.process_id]
    freed = freed_of(place.entry, claims)
    return PublishedStanding(
        challenge=challenge,
        entry=place.entry,
        bracket=place.bracket,
        rank=place.rank,
        net=place.net,
        executed_before=before,
        executed_after=before - sum(map(executed_less, claims)),
        hours_low=freed.low,
        hours_mid=freed.mid,
        hours_high=freed.high,
    )


def _publish_claims(challenge: Challenge, claims: list[Claim]) -> None:
    weight = challenge.automated_weight
    rows = {
        claim.pk: PublishedClaim(
            entry=claim.entry,
            claim_key=claim.pk,
            change=claim.change,
            credit=credit_of(claim, weight),
            points_awarded=points_of(claim, weight),
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


def _post_points(challenge: Challenge, claims: list[Claim], now: datetime) -> None:
    teams: dict[object, list[User]] = defaultdict(list)
    members = Partaking.objects.filter(challenge=challenge, part=Partaking.Part.MEMBER).select_related("user")
    for other in members:
        teams[other.entry_id].append(other.user)
    award_many(
        [
            Award(person, "eliminated_step", key, now)
            for claim in claims
            for person in [claim.entry.contestant, *teams[claim.entry_id]]
            for key in point_keys(claim.pk, points_of(claim, challenge.automated_weight), person)
        ]
    )


def publish_hours(entry: Entry) -> None:
    """After the reveal a controller confirmed more, or less."""
    verified = all_claims(entry.challenge).filter(entry=entry, state=Claim.State.VERIFIED)
    taken_back = set(
        entry.published_claims.filter(outcome=PublishedClaim.Outcome.REVERSED).values_list(
            "claim_key", flat=True
        )
    )
    freed = freed_of(entry, [claim for claim in verified if claim.pk not in taken_back])
    PublishedStanding.objects.filter(entry=entry).update(
        hours_low=freed.low, hours_mid=freed.mid, hours_high=freed.high
    )
    touch(entry.challenge)


def touch(challenge: Challenge) -> None:
    """What is published has changed: pages made of it are made anew."""
    Challenge.objects.filter(pk=challenge.pk).update(published_at=timezone.now())


def _hand_to_audit(challenge: Challenge, referee: User, now: datetime) -> None:
    """Looks and decisions join the audit under the time at which they happened."""
    for seen in Look.objects.filter(challenge=challenge):
        _record(seen.actor_key, "challenge.claims_seen", challenge, seen.looked_at)
    for decision in Decision.objects.filter(challenge=challenge):
        action = "claim.verified" if decision.is_confirmed else "claim.refused"
        _record_claim(decision.actor_key, action, decision.claim_key, decision.decided_at)
    for hours in HoursDecision.objects.filter(challenge=challenge):
        _record_claim(hours.actor_key, "claim.hours_decided", hours.claim_key, hours.decided_at)
    for second in SecondLook.objects.filter(challenge=challenge):
        _record_claim(second.actor_key, "claim.seen_again", second.claim_key, second.looked_at)
    _record(referee.subject_key, "challenge.revealed", challenge, now)


def _record(actor_key: object, action: str, challenge: Challenge, at: datetime) -> None:
    record(actor_key=actor_key, action=action, object_type="challenge", object_id=challenge.pk, at=at)


def _record_claim(actor_key: object, action: str, claim_key: object, at: datetime) -> None:
    record(actor_key=actor_key, action=action, object_type="claim", object_id=claim_key, at=at)
