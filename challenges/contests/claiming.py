"""What a contestant does with claims: draft, hand in, withdraw, appeal, add evidence."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from challenges.contests.actions import people_with_a_part, refuse_when_not_open
from challenges.contests.attached import attach, is_harmonising, refuse_contradicting
from challenges.contests.models import Baseline, Challenge, Claim, Entry, EvidenceFile
from challenges.contests.models.claim import Change
from challenges.contests.own_claims import hold, name_steps, own_claims
from challenges.processes.comparing import BY_SYSTEMS
from challenges.processes.comparisons import compared
from challenges.processes.models import Comparison, Step
from hub.notices.actions import notify_all
from hub.people.models import RoleGrant, User
from hub.people.zones import zone
from hub.refusals import Refusal
from hub.uploads import check_clean, check_size, fingerprint, plain_name

MOST_FILES = 10
FEWEST_MERGED = 2
NO_SYSTEM = _(
    "Say with which AI, from the list of the company's tools. If it is not in it, ask an administrator to add it, and "
    "keep the claim as a draft until then."
)
NO_COMPARISON = _(
    "Harmonising takes a comparison: attach the one with the variant that you follow from now on."
)
NO_VARIANT = _(
    "Harmonising takes the same process at another site, of an owner without a part in your entry, that everybody "
    "sees. Both pages said so before the bet began, and neither process has been changed since."
)


def claim(
    *,
    entry: Entry,
    steps: Collection[Step],
    author: User | None = None,
    is_draft: bool = False,
    now: datetime | None = None,
    **fields: Any,
) -> Claim:
    """Say what became of steps of one's own process; the referees are told that something waits.

    A draft names steps without holding them. Raises Refusal after the deadline, before the start, without an
    approved baseline, for a step of another process, and when one of them is claimed already.
    """
    _refuse_steps(entry, steps, fields.get("change", Change.ELIMINATED))
    _refuse_harmonising_wrongly(entry, fields, steps)
    with transaction.atomic():
        challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
        # The time after the lock: whoever waited for it beyond the deadline came after the commitment.
        now = now or timezone.now()
        refuse_when_not_open(challenge, now)
        made = Claim(entry=entry, author=author, claimed_at=now, state=Claim.State.DRAFT, **fields)
        made.save(force_insert=True)
        name_steps(made, steps)
        return made if is_draft else _hand_in(made, challenge, now, by=author)


@transaction.atomic
def change_draft(*, claim: Claim, entry: Entry, steps: Collection[Step], **fields: Any) -> Claim:
    """Raises Refusal for what is no draft any more, and after the deadline."""
    _refuse_steps(entry, steps, fields.get("change", claim.change))
    _refuse_harmonising_wrongly(entry, fields, steps)
    challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    refuse_when_not_open(challenge, timezone.now())
    claim = _own(entry, claim)
    if claim.state != Claim.State.DRAFT:
        raise Refusal("handed_in", _("This claim was handed in, so it stays as it is."), status=409)
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.compared = None
    claim.save()
    name_steps(claim, steps)
    return _own(entry, claim)


@transaction.atomic
def hand_in(*, claim: Claim, entry: Entry, by: User | None = None, now: datetime | None = None) -> Claim:
    """Turn a draft into a claim that a referee decides; repeating it changes nothing. `by` is who hands it in."""
    challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    now = now or timezone.now()
    refuse_when_not_open(challenge, now)
    claim = _own(entry, claim)
    return _hand_in(claim, challenge, now, by=by) if claim.state == Claim.State.DRAFT else claim


def _hand_in(claim: Claim, challenge: Challenge, now: datetime, *, by: User | None) -> Claim:
    if challenge.phase(now) == "enrolling":
        raise Refusal(
            "not_started", _("The bet has not started yet. Keep it as a draft until then."), status=409
        )
    # Not as the caller read it: it may have been approved since.
    if not Baseline.objects.get(entry=claim.entry_id).is_approved:
        sentence = _(
            "Your process is not approved yet, so nothing can be claimed. Keep it as a draft until then."
        )
        raise Refusal("not_approved", sentence, status=409)
    if claim.system_id is None:
        raise Refusal("no_system", NO_SYSTEM)
    named = _own(claim.entry, claim).steps
    # Its owner may have deleted it since the draft was written.
    if claim.change == Change.HARMONISED:
        fields = {name: getattr(claim, name) for name in ("change", "comparison", "added_steps")}
        _refuse_harmonising_wrongly(claim.entry, fields, named)
        _refuse_harmonising_twice(claim)
    refuse_contradicting(claim, named, by=by)
    claim.state, claim.claimed_at = Claim.State.SUBMITTED, now
    claim.hours_state = Claim.Hours.WAITING if claim.claimed_minutes else Claim.Hours.NONE
    claim.save(update_fields=["state", "claimed_at", "hours_state"])
    attach(claim)
    try:
        hold([claim], holds=True)
    except IntegrityError as error:
        sentence = _("You have claimed this step already. A step counts once.")
        raise Refusal("already_claimed", sentence, status=409) from error
    _tell_referees(challenge, now)
    if claim.affects_jobs:
        _tell_works_council(claim, challenge)
    return _own(claim.entry, claim)


def _tell_works_council(claim: Claim, challenge: Challenge) -> None:
    """At once, and not those who take part in the bet themselves. Whoever is in no team is everybody's concern."""
    grants = RoleGrant.objects.filter(role=RoleGrant.Role.WORKS_COUNCIL)
    if team := claim.entry.contestant.team:
        grants = grants.filter(legal_entity=team.legal_entity_id)
    members = set(grants.values_list("user_id", flat=True)) - people_with_a_part(challenge)
    notify_all(
        user_ids=members,
        kind="jobs_affected",
        dedupe_key=f"jobs_affected:{claim.pk}",
        facts={"title": challenge.title},
        path="/challenges/jobs/",
    )


def _refuse_steps(entry: Entry, steps: Collection[Step], change: str) -> None:
    if not steps:
        raise Refusal("no_step", _("Choose the step that is gone."))
    if any(step.process_id != entry.process_id for step in steps):
        raise Refusal("not_your_step", _("This step does not belong to the process you entered with."))
    if change == Change.AUTOMATED and any(step.kind in BY_SYSTEMS for step in steps):
        raise Refusal(
            "automated_already", _("A system does this step already. Only work of people is automated.")
        )
    if change == Change.MERGED and len(steps) < FEWEST_MERGED:
        raise Refusal("merge_two", _("Merging takes at least two steps: choose all that became one."))


def _refuse_harmonising_wrongly(entry: Entry, fields: dict[str, Any], steps: Collection[Step]) -> None:
    comparison: Comparison | None = fields.get("comparison")
    if fields.get("change") != Change.HARMONISED:
        return
    if comparison is None:
        raise Refusal("no_comparison", NO_COMPARISON)
    if not is_harmonising(entry, comparison):
        raise Refusal("no_variant", NO_VARIANT)
    found = compared(comparison)
    gone = {row.step.pk for row in found.rows if row.change == "eliminated"}
    if not {step.pk for step in steps} <= gone:
        sentence = _(
            "The variant still has one of these steps. Only what it does not have is harmonised away."
        )
        raise Refusal("not_gone", sentence)
    if (fields.get("added_steps") or 0) < len(found.added):
        sentence = ngettext(
            "The variant has %(n)s step that your process lacks. It counts minus one: write it down as new.",
            "The variant has %(n)s steps that your process lacks. Each counts minus one: write them down as new.",
            len(found.added),
        )
        raise Refusal("added_free", sentence % {"n": len(found.added)})


def _refuse_harmonising_twice(claim: Claim) -> None:
    """One follows one variant; what it adds goes with one claim, which is withdrawn or refused as a whole only."""
    others = own_claims(claim.entry).filter(
        change=Change.HARMONISED, state__in=[Claim.State.SUBMITTED, Claim.State.VERIFIED]
    )
    if others.exclude(pk=claim.pk).exists():
        sentence = _("You have claimed harmonising already. Withdraw that claim and name all steps in one.")
        raise Refusal("harmonised_already", sentence, status=409)


def _own(entry: Entry, claim: Claim) -> Claim:
    return own_claims(entry).get(pk=claim.pk)


def _tell_referees(challenge: Challenge, now: datetime, *, appealed: Claim | None = None) -> None:
    """Once a day, however many claims come in, and of each appeal; not those who have lost the role."""
    day = now.astimezone(zone(challenge.time_zone)).date()
    notify_all(
        user_ids=challenge.acting_referees().values_list("pk", flat=True),
        kind="claim_waits",
        dedupe_key=f"claim_waits:{challenge.pk}:{appealed.pk if appealed else day}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/review/",
    )


@transaction.atomic
def withdraw(*, claim: Claim, entry: Entry) -> Claim:
    """Take an undecided claim of one's own back, or throw a draft away; the steps can then be claimed again."""
    # The lock that a referee's decision takes too: one of the two sees what the other did.
    challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    claim = _own(entry, claim)
    if claim.state == Claim.State.WITHDRAWN:
        return claim
    if claim.state == Claim.State.DRAFT:
        _forget(claim)
        return claim
    if not claim.is_waiting or challenge.phase() not in {"enrolling", "running", "closed"}:
        raise Refusal("decided", _("The referee has decided this claim, so it stays as it is."), status=409)
    claim.state = Claim.State.WITHDRAWN
    claim.save(update_fields=["state"])
    hold([claim], holds=False)
    return claim


def _forget(claim: Claim) -> None:
    files = list(claim.files.all())
    pk = claim.pk
    claim.delete()
    claim.pk, claim.state = pk, Claim.State.WITHDRAWN
    for kept in files:
        transaction.on_commit(lambda kept=kept: kept.file.storage.delete(kept.file.name))


@transaction.atomic
def appeal(*, claim: Claim, entry: Entry, words: str, now: datetime | None = None) -> Claim:
    """Ask for a second look at a claim that was not accepted, once, until the count; another referee decides.

    Raises Refusal for any other claim, and when one of its steps was claimed anew.
    """
    challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    now = now or timezone.now()
    if challenge.phase(now) not in {"running", "closed"}:
        raise Refusal("not_open", _("This bet is over. Its claims stay as they are."), status=409)
    claim = _own(entry, claim)
    if claim.state != Claim.State.REFUSED or claim.appeal:
        raise Refusal(
            "no_appeal", _("A claim that was not accepted can be looked at again once."), status=409
        )
    if claim.change == Change.HARMONISED:
        _refuse_harmonising_twice(claim)
    claim.state, claim.appeal = Claim.State.SUBMITTED, words
    claim.save(update_fields=["state", "appeal"])
    try:
        hold([claim], holds=True)
    except IntegrityError as error:
        sentence = _("You have claimed this step already. A step counts once.")
        raise Refusal("already_claimed", sentence, status=409) from error
    _tell_referees(challenge, now, appealed=claim)
    return claim


# --- evidence -------------------------------------------------------------------------------------
def add_file(*, claim: Claim, entry: Entry, file: File) -> EvidenceFile:
    """Keep a file as evidence, while the claim is a draft or waits. Raises Refusal over the limits."""
    check_size(file, limit=settings.EVIDENCE_MAX_BYTES)
    check_clean(file)
    digest = fingerprint(file)
    with transaction.atomic():
        challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
        refuse_when_not_open(challenge, timezone.now())
        claim = _own(entry, claim)
        if claim.state not in {Claim.State.DRAFT, Claim.State.SUBMITTED}:
            raise Refusal(
                "decided", _("The referee has decided this claim, so it stays as it is."), status=409
            )
        kept = list(claim.files.all())
        if there := next((one for one in kept if one.sha256 == digest), None):
            return there
        if len(kept) >= MOST_FILES:
            raise Refusal("too_many", _("A claim has at most %(n)s files.") % {"n": MOST_FILES})
        made = EvidenceFile(
            claim=claim, name=plain_name(file.name or ""), file=file, size=file.size, sha256=digest
        )
        made.save(force_insert=True)
        return made


@transaction.atomic
def remove_file(*, file: EvidenceFile, entry: Entry) -> None:
    """While the claim is a draft or waits, before the deadline."""
    challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    refuse_when_not_open(challenge, timezone.now())
    if _own(entry, file.claim).state not in {Claim.State.DRAFT, Claim.State.SUBMITTED}:
        raise Refusal("decided", _("The referee has decided this claim, so it stays as it is."), status=409)
    file.delete()
    transaction.on_commit(lambda: file.file.storage.delete(file.file.name))
