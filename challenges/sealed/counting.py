"""The count: once every claim is decided the standing is fixed, and a hash over it is published."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from challenges.contests import brackets, scoring
from challenges.contests.actions import tell_contestants
from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import hold
from challenges.sealed.commitments import SALT_BYTES, commit, leaf_of, standing_text
from challenges.sealed.models import SealedStanding, SecondLook, StandingCommitment
from challenges.sealed.ranking import shared_ranks
from challenges.sealed.sampling import sample_waiting
from hub.people.models import User
from hub.refusals import Refusal


@dataclass(frozen=True)
class Place:
    bracket: str
    rank: int
    entry: Entry
    net: Decimal


def standing_of(challenge: Challenge) -> list[Place]:
    """Every entry by bracket, best first; entries without a decision count zero. Two queries."""
    entries = list(challenge.entries.select_related("contestant__team__legal_entity", "process"))
    counted = dict(SealedStanding.objects.filter(entry__challenge=challenge).values_list("entry_id", "net"))
    return places_of(challenge, entries, {entry.pk: counted.get(entry.pk, Decimal(0)) for entry in entries})


def places_of(challenge: Challenge, entries: list[Entry], nets: dict[object, Decimal]) -> list[Place]:
    """Ranks within each bracket by the bet's strategy; equal ones share a rank."""
    worth, bracket_of = scoring.STRATEGIES[challenge.ranking], brackets.STRATEGIES[challenge.brackets]
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(bracket_of(entry), []).append(entry)
    places = []
    for bracket, members in groups.items():
        ranks = shared_ranks({entry.pk: worth(nets[entry.pk], entry.baseline_steps) for entry in members})
        places += [Place(bracket, ranks[entry.pk], entry, nets[entry.pk]) for entry in members]
    return sorted(
        places,
        key=lambda place: (
            place.bracket,
            place.rank,
            place.entry.contestant.last_name,
            place.entry.contestant.first_name,
        ),
    )


@transaction.atomic
def count(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Challenge:
    """Fix the standing and publish the hash over it; contestants are told that it is counted, not how.

    Repeating it has no second effect. Raises Refusal before the deadline, while a claim waits unless the bet's rules
    say that undecided claims do not count, while an appeal waits, and while there is still time for one.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    phase = challenge.phase(now)
    if phase in {"counted", "revealing", "revealed", "final"}:
        return challenge
    if phase == "cancelled":
        raise Refusal("not_open", _("This bet was cancelled."), status=409)
    if phase != "closed":
        raise Refusal(
            "too_early", _("The bet runs until its deadline. The seal holds until then."), status=409
        )
    # Where no worker ran since the deadline: before anything is decided for good.
    commit(challenge, now)
    _refuse_while_something_waits(challenge, now)
    _drop_waiting(challenge, now)
    places = [(p.bracket, p.rank, p.entry.pk, p.net) for p in standing_of(challenge)]
    text, salt = standing_text(places), secrets.token_hex(SALT_BYTES)
    StandingCommitment.objects.create(
        challenge=challenge, digest=leaf_of(text, salt), salt=salt, text=text, committed_at=now
    )
    challenge.status, challenge.counted_at = Challenge.Status.COUNTED, now
    challenge.save(update_fields=["status", "counted_at"])
    tell_contestants(challenge, "challenge_counted", "")
    return challenge


def _refuse_while_something_waits(challenge: Challenge, now: datetime) -> None:
    _refuse_while_appeals_are_open(challenge, now)
    _refuse_while_claims_wait(challenge)
    _refuse_without_second_look(challenge)


def waits_for(challenge: Challenge, now: datetime) -> str:
    """Why a closed bet cannot be counted yet, in a sentence; empty where it can."""
    try:
        _refuse_while_something_waits(challenge, now)
    except Refusal as refusal:
        return str(refusal.message)
    return ""


def _refuse_without_second_look(challenge: Challenge) -> None:
    if waiting := len(sample_waiting(challenge)):
        sentence = ngettext_lazy(
            "%(n)s claim of the sample waits for a second referee.",
            "%(n)s claims of the sample wait for a second referee.",
            waiting,
        )
        raise Refusal("sample_waits", sentence % {"n": waiting}, status=409)


def appeals_open_until(challenge: Challenge, now: datetime) -> datetime | None:
    """When everybody whose claim was not accepted has had the days of the rules; None where that is past.

    Never before as many days after the deadline, whatever was decided: else the time of the count would tell.
    """
    refused = all_claims(challenge).filter(state=Claim.State.REFUSED, appeal="")
    last = refused.aggregate(last=Max("decided_at"))["last"]
    ends = max(filter(None, (last, challenge.closes_at))) + timedelta(days=challenge.appeal_days)
    return ends if ends > now else None


def _refuse_while_appeals_are_open(challenge: Challenge, now: datetime) -> None:
    if all_claims(challenge).filter(state=Claim.State.SUBMITTED).exclude(appeal="").exists():
        raise Refusal("appeals_wait", _("A claim waits to be looked at again. Decide it first."), status=409)
    if ends := appeals_open_until(challenge, now):
        sentence = _("There is still time to ask for a second look at a claim: until %(moment)s.")
        moment = date_format(timezone.localtime(ends), "SHORT_DATETIME_FORMAT")
        raise Refusal("appeals_open", sentence % {"moment": moment}, status=409)


def _refuse_while_claims_wait(challenge: Challenge) -> None:
    waiting = all_claims(challenge).filter(state=Claim.State.SUBMITTED)
    if challenge.pending_rule == Challenge.Pending.DECIDE:
        if waiting.exists():
            raise Refusal("claims_wait", _("Decide every claim first. Some still wait."), status=409)
        return
    disagreed = SecondLook.objects.filter(challenge=challenge, agrees=False).values("claim_key")
    if waiting.filter(pk__in=disagreed).exists():
        sentence = _("A second referee did not agree with a decision. Decide that claim first.")
        raise Refusal("disagreed_waits", sentence, status=409)


def _drop_waiting(challenge: Challenge, now: datetime) -> None:
    """By now the rules say that what is undecided does not count."""
    waiting = all_claims(challenge).filter(state=Claim.State.SUBMITTED)
    hold(list(waiting), holds=False)
    waiting.order_by().update(state=Claim.State.REFUSED, decided_at=now, reason="")
