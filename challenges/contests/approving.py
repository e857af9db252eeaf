"""Approving what an entry is measured against: the process' owner, or whoever stands in, and a referee.

Nobody judges their own, and no rival's: an owner with a part in the bet approves and refuses nothing in it. Then the
owner's deputy, the organiser, the organiser's deputy or a second referee does, each without a part in the bet and of
another line than everybody in the entry. So do they where the owner has left.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import people_with_a_part, refuse_when_not_open
from challenges.contests.entering import in_line, refuse_in_line
from challenges.contests.models import Baseline, Challenge, Entry
from hub.notices.actions import notify, notify_all
from hub.people import access
from hub.people.models import User
from hub.refusals import Refusal

NOT_YOURS = _("The process' owner, or whoever stands in, and a referee of the bet approve a baseline.")


# Each says whether somebody declared a conflict of interest with an entry. What lies behind the seal registers here.
_conflicts: list[Callable[[Entry, User], bool]] = []


def register_conflicts(declared: Callable[[Entry, User], bool]) -> None:
    if declared not in _conflicts:
        _conflicts.append(declared)


def is_partial(entry: Entry, user: User) -> bool:
    return any(declared(entry, user) for declared in _conflicts)


def needs_stand_in(entry: Entry, parts: set[int] | None = None) -> bool:
    """Whether the owner has a part in the bet, or works here no more."""
    owner = entry.process.owner
    parts = people_with_a_part(entry.challenge) if parts is None else parts
    return owner.pk in parts or owner.status != User.Status.ACTIVE


def owners_side(entry: Entry) -> list[User]:
    """Who may give the owner's approval: the owner and the deputy, or those who stand in."""
    parts = people_with_a_part(entry.challenge)
    challenge, process = entry.challenge, entry.process
    if not needs_stand_in(entry, parts):
        wanted = [process.owner, process.deputy]
        return [
            user for user in wanted if user and user.status == User.Status.ACTIVE and user.pk not in parts
        ]
    running = [
        user for user in (challenge.organiser, challenge.deputy) if user and access.is_facilitator(user)
    ]
    wanted = [process.deputy, *running, *challenge.acting_referees()]
    approved = entry.baseline.referee_id
    found = {
        user.pk: user
        for user in wanted
        if user
        and user.status == User.Status.ACTIVE
        and user.pk not in {*parts, approved, process.owner_id}
        and not in_line(user, entry)
        and not is_partial(entry, user)
    }
    return list(found.values())


def approves_as(user: User, entry: Entry) -> frozenset[str]:
    """As what this person may approve or send back: "owner" (also in the owner's place), "referee", or nothing."""
    found = set()
    if any(one.pk == user.pk for one in owners_side(entry)):
        found.add("owner")
    if entry.challenge.is_refereed_by(user) and not in_line(user, entry) and not is_partial(entry, user):
        found.add("referee")
    return frozenset(found)


def next_approval(baseline: Baseline, user: User, parts: Collection[str]) -> str:
    """Which of the two approvals this person would give now: "owner", "referee", or "" where none is left.

    Nobody gives both. The process' owner and the deputy give the owner's, also where they are referees.
    """
    owner = "owner" in parts and not baseline.owner_approved_at and baseline.referee_id != user.pk
    process = baseline.entry.process
    if owner and user.pk in {process.owner_id, process.deputy_id}:
        return "owner"
    if "referee" in parts and not baseline.referee_approved_at and baseline.owner_approved_by_id != user.pk:
        return "referee"
    return "owner" if owner else ""


@transaction.atomic
def tell_readiness(
    *, entry: Entry, data_source: str, keeps_data: bool, is_stable: bool, now: datetime | None = None
) -> Baseline:
    """The contestant's answers to the readiness check; once they are complete, owner and referees are told.

    Raises Refusal after the start, and once it is approved.
    """
    now = now or timezone.now()
    baseline = _locked(entry)
    _refuse_after_the_start(baseline.entry.challenge, now)
    if baseline.is_approved:
        raise Refusal("approved", _("This baseline is approved and stays as it is."), status=409)
    told = {"data_source": data_source, "keeps_data": keeps_data, "is_stable": is_stable}
    is_new = any(getattr(baseline, name) != value for name, value in told.items())
    if is_new:
        # Who approved other answers did not approve these.
        _forget_approvals(baseline)
    for name, value in told.items():
        setattr(baseline, name, value)
    is_new = is_new or bool(baseline.sent_back)
    baseline.sent_back = ""
    baseline.save()
    if baseline.is_ready and is_new:
        _ask_for_approval(baseline, now)
    return baseline


def _locked(entry: Entry) -> Baseline:
    rows = Baseline.objects.select_for_update(of=("self",))
    related = rows.select_related(
        "entry__challenge__organiser__team",
        "entry__challenge__deputy__team",
        "entry__process__owner__team",
        "entry__process__deputy__team",
        "entry__contestant__team",
    )
    return related.get(entry=entry)


def _forget_approvals(baseline: Baseline) -> None:
    baseline.owner_approved_at = baseline.owner_approved_by = None
    baseline.referee_approved_at = baseline.referee = None


def refuses_after_the_start(challenge: Challenge, now: datetime | None = None) -> bool:
    """Whether the time for approving is over; a bet without a start has it until the end."""
    return bool(challenge.starts_at and (now or timezone.now()) >= challenge.starts_at)


def _refuse_after_the_start(challenge: Challenge, now: datetime) -> None:
    """What is measured against stands before anything is claimed."""
    refuse_when_not_open(challenge, now)
    if refuses_after_the_start(challenge, now):
        sentence = _("The bet has started. Processes were approved until then.")
        raise Refusal("started", sentence, status=409)


def _ask_for_approval(baseline: Baseline, now: datetime) -> None:
    entry, challenge = baseline.entry, baseline.entry.challenge
    asked = set(challenge.acting_referees().values_list("pk", flat=True))
    if not baseline.owner_approved_at:
        asked |= {user.pk for user in owners_side(entry)}
    notify_all(
        user_ids=asked,
        kind="baseline_waits",
        dedupe_key=f"baseline_waits:{baseline.pk}:{now.isoformat()}",
        facts={"who": entry.who, "title": challenge.title},
        path=f"/challenges/entries/{entry.pk}/baseline/",
    )


@transaction.atomic
def approve_baseline(*, entry: Entry, by: User, now: datetime | None = None) -> Baseline:
    """As the process' owner, in the owner's place, or as a referee of the bet; repeating it changes nothing.

    Nobody gives both approvals (`next_approval`).
    Raises Refusal while the readiness check is incomplete, after the start, and for everybody else.
    """
    now = now or timezone.now()
    baseline = _locked(entry)
    entry = baseline.entry
    _refuse_after_the_start(entry.challenge, now)
    if not baseline.is_ready:
        raise Refusal("not_ready", _("The readiness check is not complete yet."), status=409)
    parts = _parts_or_refuse(by, entry)
    gives = next_approval(baseline, by, parts)
    if gives == "referee":
        baseline.referee, baseline.referee_approved_at = by, now
    elif gives == "owner":
        baseline.owner_approved_at, baseline.owner_approved_by = now, by
    baseline.sent_back = ""
    baseline.save()
    if baseline.is_approved:
        notify(
            user=entry.contestant,
            kind="baseline_approved",
            dedupe_key=f"baseline_approved:{baseline.pk}",
            facts={"title": entry.challenge.title},
            path=f"/challenges/{entry.challenge_id}/",
        )
    return baseline


def _parts_or_refuse(by: User, entry: Entry) -> frozenset[str]:
    if parts := approves_as(by, entry):
        return parts
    if by.pk == entry.process.owner_id and by.pk in people_with_a_part(entry.challenge):
        sentence = _(
            "You have a part in this bet, so somebody else approves in your place, also what rivals stand on."
        )
        raise Refusal("owner_competes", sentence, status=403)
    if entry.challenge.is_refereed_by(by):
        refuse_in_line(by, entry)
        if is_partial(entry, by):
            sentence = _(
                "You declared a conflict of interest with this contestant. Another referee decides here."
            )
            raise Refusal("conflict", sentence, status=409)
    raise Refusal("not_yours", NOT_YOURS, status=403)


@transaction.atomic
def send_baseline_back(*, entry: Entry, by: User, words: str) -> Baseline:
    """Say what is missing; what was approved before is approved no more, while nothing is claimed."""
    baseline = _locked(entry)
    entry = baseline.entry
    _refuse_after_the_start(entry.challenge, timezone.now())
    _parts_or_refuse(by, entry)
    if baseline.is_approved:
        raise Refusal("approved", _("This baseline is approved and stays as it is."), status=409)
    _forget_approvals(baseline)
    baseline.sent_back = words
    baseline.save()
    notify(
        user=entry.contestant,
        kind="baseline_sent_back",
        dedupe_key=f"baseline_sent_back:{baseline.pk}:{timezone.now().isoformat()}",
        facts={"title": entry.challenge.title},
        path=f"/challenges/entries/{entry.pk}/baseline/",
    )
    return baseline
