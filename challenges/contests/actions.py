"""What participants and organisers do: open a bet, enter it, claim a step, withdraw."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from challenges.processes.models import Process, Step
from hub.audit.actions import record
from hub.notices.actions import notify_all
from hub.people.models import User
from hub.people.zones import zone
from hub.refusals import Refusal


def refuse_when_not_open(challenge: Challenge, now: datetime) -> None:
    sentences = {
        "closed": _("The deadline has passed. Nothing more can be entered or claimed."),
        "revealed": _("This bet is decided. Nothing more can be entered or claimed."),
        "cancelled": _("This bet was cancelled."),
    }
    if sentence := sentences.get(challenge.phase(now)):
        raise Refusal("not_open", sentence, status=409)


@transaction.atomic
def open_challenge(*, challenge: Challenge, organiser: User, referees: list[User]) -> Challenge:
    challenge.organiser = organiser
    challenge.save(force_insert=True)
    challenge.referees.set(referees)
    record(
        actor_key=organiser.subject_key,
        action="challenge.opened",
        object_type="challenge",
        object_id=challenge.pk,
    )
    return challenge


def _contestant_ids(challenge: Challenge) -> list[int]:
    return list(challenge.entries.values_list("contestant_id", flat=True))


def _tell_contestants(challenge: Challenge, kind: str, version: str) -> None:
    notify_all(
        user_ids=_contestant_ids(challenge),
        kind=kind,
        dedupe_key=f"{kind}:{challenge.pk}:{version}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/",
    )


@transaction.atomic
def change_challenge(*, challenge: Challenge, by: User, referees: list[User]) -> Challenge:
    """Save changed fields until the reveal; contestants are told when the deadline moved.

    A deadline that has passed stays, but a referee can still be added, in case the others have left.
    Raises Refusal for a bet that is decided or cancelled, and for a referee who is a contestant.
    """
    before = Challenge.objects.select_for_update().get(pk=challenge.pk)
    phase = before.phase(timezone.now())
    if phase in {"revealed", "cancelled"}:
        raise Refusal("not_open", _("This bet is decided or cancelled and stays as it is."), status=409)
    if phase == "closed" and challenge.deadline != before.closes_at:
        raise Refusal("closed", _("The deadline has passed and can no longer be moved."), status=409)
    if challenge.entries.filter(contestant__in=referees).exists():
        raise Refusal("referee_competes", _("Whoever takes part cannot be a referee of the same bet."))
    if before.referees.exclude(pk__in=[referee.pk for referee in referees]).exists():
        # Who has seen claims must not be able to leave, and then enter.
        raise Refusal("referee_stays", _("A referee stays for the whole bet. You can add others."))
    challenge.save()
    challenge.referees.set(referees)
    record(
        actor_key=by.subject_key, action="challenge.changed", object_type="challenge", object_id=challenge.pk
    )
    if challenge.closes_at != before.closes_at:
        _tell_contestants(challenge, "challenge_moved", challenge.closes_at.isoformat())
    return challenge


@transaction.atomic
def cancel(*, challenge: Challenge, by: User) -> None:
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.is_revealed:
        raise Refusal("revealed", _("This bet is decided and can no longer be cancelled."), status=409)
    if challenge.is_cancelled:
        return
    Challenge.objects.filter(pk=challenge.pk).update(status=Challenge.Status.CANCELLED)
    record(
        actor_key=by.subject_key,
        action="challenge.cancelled",
        object_type="challenge",
        object_id=challenge.pk,
    )
    _tell_contestants(challenge, "challenge_cancelled", timezone.now().isoformat())


@transaction.atomic
def restore(*, challenge: Challenge, by: User) -> None:
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if not challenge.is_cancelled:
        return
    Challenge.objects.filter(pk=challenge.pk).update(status=Challenge.Status.OPEN)
    record(
        actor_key=by.subject_key, action="challenge.restored", object_type="challenge", object_id=challenge.pk
    )
    _tell_contestants(challenge, "challenge_restored", timezone.now().isoformat())


@transaction.atomic
def enter(
    *, challenge: Challenge, user: User, process: Process, now: datetime | None = None
) -> tuple[Entry, bool]:
    """Take part with this process, which from then on everybody may see. Returns (entry, whether it is new).

    Entering again returns the entry there is. Raises Refusal after the deadline and for a referee.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    existing = Entry.objects.filter(challenge=challenge, contestant=user).first()
    if existing:
        return existing, False
    refuse_when_not_open(challenge, now)
    if challenge.referees.filter(pk=user.pk).exists():
        raise Refusal("referee_competes", _("You are a referee of this bet and cannot take part in it."))
    # Its owner may be rewriting it: what is counted is what everybody stands on from now on.
    process = Process.objects.select_for_update().get(pk=process.pk)
    steps = process.steps.count()
    if not steps:
        raise Refusal("no_steps", _("This process has no steps that could be eliminated."))
    Process.objects.filter(pk=process.pk).update(audience=Process.Audience.COMPANY, is_baseline=True)
    entry = Entry.objects.create(
        challenge=challenge,
        contestant=user,
        process=process,
        baseline_steps=steps,
        baseline_sha256=process.content_sha256,
        entered_at=now,
    )
    return entry, True


@transaction.atomic
def leave(*, entry: Entry) -> None:
    """Take the entry back while it holds no claim of one's own. Raises Refusal otherwise."""
    entry = Entry.objects.select_for_update().select_related("challenge").get(pk=entry.pk)
    refuse_when_not_open(entry.challenge, timezone.now())
    if own_claims(entry).exists():
        raise Refusal(
            "has_claims",
            _(
                "You have claimed a step, so your entry stays. Only the referees see your claims before the reveal."
            ),
            status=409,
        )
    process_id = entry.process_id
    entry.delete()
    if not Entry.objects.filter(process_id=process_id).exists():
        Process.objects.filter(pk=process_id).update(is_baseline=False)


def claim(
    *,
    entry: Entry,
    step: Step,
    method: str,
    evidence: str,
    link: str = "",
    now: datetime | None = None,
) -> Claim:
    """Say that a step of one's own process is gone; the referees are told that something waits.

    Raises Refusal after the deadline, for a step of another process, and when the step is claimed already.
    """
    if step.process_id != entry.process_id:
        raise Refusal("not_your_step", _("This step does not belong to the process you entered with."))
    try:
        with transaction.atomic():
            challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
            # The time after the lock: whoever waited for it beyond the deadline came after the commitment.
            now = now or timezone.now()
            refuse_when_not_open(challenge, now)
            made = Claim(entry=entry, step=step, method=method, evidence=evidence, link=link, claimed_at=now)
            made.save(force_insert=True)
            _tell_referees(challenge, now)
    except IntegrityError as error:
        raise Refusal(
            "already_claimed", _("You have claimed this step already. A step counts once."), status=409
        ) from error
    return made


def _tell_referees(challenge: Challenge, now: datetime) -> None:
    """Once a day, however many claims come in; not those who have lost the role."""
    day = now.astimezone(zone(challenge.time_zone)).date()
    notify_all(
        user_ids=challenge.acting_referees().values_list("pk", flat=True),
        kind="claim_waits",
        dedupe_key=f"claim_waits:{challenge.pk}:{day}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/review/",
    )


@transaction.atomic
def withdraw(*, claim: Claim, entry: Entry) -> Claim:
    """Take an undecided claim of one's own back; the step can then be claimed again."""
    # The lock that a referee's decision takes too: one of the two sees what the other did.
    Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    claim = own_claims(entry).get(pk=claim.pk)
    if claim.state == Claim.State.WITHDRAWN:
        return claim
    if not claim.is_waiting:
        raise Refusal("decided", _("The referee has decided this claim, so it stays as it is."), status=409)
    claim.state = Claim.State.WITHDRAWN
    claim.save(update_fields=["state"])
    return claim
