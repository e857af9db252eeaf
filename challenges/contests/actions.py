"""What organisers do with a bet: open, change, cancel. Taking part: `entering.py`, claims: `claiming.py`."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Challenge, Partaking
from hub.audit.actions import record
from hub.notices.actions import notify_all
from hub.people.models import User
from hub.refusals import Refusal

RULES_OF_COUNTING = (
    "automated_weight",
    "ranking",
    "brackets",
    "pending_rule",
    "appeal_days",
    "control_weeks",
)
DECIDED = frozenset({"counted", "revealing", "revealed", "final"})


def refuse_when_not_open(challenge: Challenge, now: datetime) -> None:
    """Raises Refusal after the deadline, for a cancelled bet and for a draft."""
    phase = challenge.phase(now)
    sentences = {
        "draft": _("This bet is still a draft."),
        "closed": _("The deadline has passed. Nothing more can be entered or claimed."),
        "cancelled": _("This bet was cancelled."),
        **dict.fromkeys(DECIDED, _("This bet is decided. Nothing more can be entered or claimed.")),
    }
    if sentence := sentences.get(phase):
        raise Refusal("not_open", sentence, status=409)


@transaction.atomic
def open_challenge(
    *, challenge: Challenge, organiser: User, referees: list[User], is_draft: bool = False
) -> Challenge:
    """A draft is its organiser's alone until it is published."""
    challenge.organiser = organiser
    challenge.status = Challenge.Status.DRAFT if is_draft else Challenge.Status.OPEN
    challenge.save(force_insert=True)
    challenge.referees.set(referees)
    if not is_draft:
        record_act(challenge, organiser, "challenge.opened")
    return challenge


def is_left_behind(challenge: Challenge) -> bool:
    """A draft that nobody sees any more: whoever began it has left, and no deputy is there."""
    there = any(person and person.is_active for person in (challenge.organiser, challenge.deputy))
    return challenge.status == Challenge.Status.DRAFT and not there


@transaction.atomic
def take_over_draft(*, challenge: Challenge, by: User) -> Challenge:
    """From now on it is this person's, as it was left. Raises Refusal for one that somebody still sees."""
    locked = Challenge.objects.select_for_update(of=("self",)).select_related("organiser", "deputy")
    challenge = locked.get(pk=challenge.pk)
    if not is_left_behind(challenge):
        raise Refusal("not_left_behind", _("Somebody is working on this draft."), status=409)
    challenge.organiser, challenge.deputy = by, None
    challenge.save(update_fields=["organiser", "deputy"])
    record_act(challenge, by, "challenge.taken_over")
    return challenge


def record_act(challenge: Challenge, by: User, action: str, at: datetime | None = None) -> None:
    """What somebody did with a bet, in the audit."""
    record(actor_key=by.subject_key, action=action, object_type="challenge", object_id=challenge.pk, at=at)


@transaction.atomic
def publish(*, challenge: Challenge, by: User, now: datetime | None = None) -> Challenge:
    """Open a draft to everybody; nothing happens to what is open. Raises Refusal after its deadline, and while it has
    no referee, which a draft made from a pilot has not.
    """
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.status != Challenge.Status.DRAFT:
        return challenge
    if challenge.closes_at <= (now or timezone.now()):
        raise Refusal("closed", _("Its deadline has passed. Choose a later one first."), status=409)
    if not challenge.referees.exists():
        sentence = _("A bet needs at least one referee who checks the claims.")
        raise Refusal("no_referee", sentence, status=409)
    challenge.status = Challenge.Status.OPEN
    challenge.save(update_fields=["status"])
    record_act(challenge, by, "challenge.opened")
    return challenge


def people_in(challenge: Challenge) -> set[int]:
    """Ids of everybody who takes part: contestants and members of their teams, no assistants."""
    members = Partaking.objects.filter(challenge=challenge, part=Partaking.Part.MEMBER)
    return set(challenge.entries.values_list("contestant_id", flat=True)) | set(
        members.values_list("user_id", flat=True)
    )


def people_with_a_part(challenge: Challenge) -> set[int]:
    """`people_in`, the assistants, and whoever was taken out of an entry."""
    helping = Partaking.with_ended.filter(challenge=challenge).values_list("user_id", flat=True)
    return people_in(challenge) | set(helping)


def tell_contestants(challenge: Challenge, kind: str, version: str) -> None:
    notify_all(
        user_ids=people_in(challenge),
        kind=kind,
        dedupe_key=f"{kind}:{challenge.pk}:{version}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/",
    )


@transaction.atomic
def change_challenge(*, challenge: Challenge, by: User, referees: list[User]) -> Challenge:
    """Save changed fields until the count; contestants are told when the deadline moved.

    A deadline that has passed stays, but a referee can still be added, in case the others have left. How it is
    counted stays once it runs: it was published before. Raises Refusal for a bet that is decided or cancelled, and
    for a referee who takes part.
    """
    before = Challenge.objects.select_for_update().get(pk=challenge.pk)
    phase = before.phase(timezone.now())
    if phase in DECIDED or phase == "cancelled":
        raise Refusal("not_open", _("This bet is decided or cancelled and stays as it is."), status=409)
    if phase == "closed" and challenge.deadline != before.closes_at:
        raise Refusal("closed", _("The deadline has passed and can no longer be moved."), status=409)
    if phase in {"running", "closed"} and challenge.start != before.starts_at:
        raise Refusal("started", _("The bet runs, so its start stays as it was."), status=409)
    if phase in {"running", "closed"} and any(
        getattr(challenge, name) != getattr(before, name) for name in RULES_OF_COUNTING
    ):
        sentence = _(
            "How it is counted was published before the start, and stays as it is once the bet runs."
        )
        raise Refusal("rules_stay", sentence, status=409)
    if people_with_a_part(challenge) & {referee.pk for referee in referees}:
        raise Refusal("referee_competes", _("Whoever takes part cannot be a referee of the same bet."))
    acting = set(before.acting_referees())
    if acting - set(referees):
        # Who has seen claims must not be able to leave, and then enter.
        raise Refusal("referee_stays", _("A referee stays for the whole bet. You can add others."))
    # Whoever has left or lost the role is not offered, and stays with what they have seen.
    referees = [*{*referees, *before.referees.all()}]
    challenge.save()
    challenge.referees.set(referees)
    record_act(challenge, by, "challenge.changed")
    if challenge.closes_at != before.closes_at:
        tell_contestants(challenge, "challenge_moved", challenge.closes_at.isoformat())
    rules = [str(getattr(challenge, name)) for name in RULES_OF_COUNTING]
    if rules != [str(getattr(before, name)) for name in RULES_OF_COUNTING]:
        tell_contestants(challenge, "challenge_rules", ":".join(rules))
    return challenge


@transaction.atomic
def cancel(*, challenge: Challenge, by: User) -> bool:
    """Call it off; contestants are told. A draft, which nobody else has seen, is thrown away: then returns False."""
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.status == Challenge.Status.DRAFT:
        challenge.delete()
        return False
    if challenge.phase() in DECIDED:
        raise Refusal("revealed", _("This bet is decided and can no longer be cancelled."), status=409)
    if challenge.is_cancelled:
        return True
    Challenge.objects.filter(pk=challenge.pk).update(status=Challenge.Status.CANCELLED)
    record_act(challenge, by, "challenge.cancelled")
    tell_contestants(challenge, "challenge_cancelled", timezone.now().isoformat())
    return True


@transaction.atomic
def restore(*, challenge: Challenge, by: User) -> None:
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if not challenge.is_cancelled:
        return
    Challenge.objects.filter(pk=challenge.pk).update(status=Challenge.Status.OPEN)
    record_act(challenge, by, "challenge.restored")
    tell_contestants(challenge, "challenge_restored", timezone.now().isoformat())
