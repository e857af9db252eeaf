"""Taking part: enter with a process, bring others along, leave. What is approved: `approving.py`."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import refuse_when_not_open
from challenges.contests.baselines import fingerprint
from challenges.contests.models import Baseline, Challenge, Entry, Partaking
from challenges.contests.models.challenge import is_in_line
from challenges.contests.own_claims import own_claims
from challenges.processes import consent
from challenges.processes.models import Process
from hub.notices.actions import notify
from hub.people.models import User
from hub.refusals import Refusal

MOST_BESIDE = 30

# Each says whether a person has seen what is sealed in a bet. What lies behind the seal registers here.
_insiders: list[Callable[[Challenge, User], bool]] = []


def register_insiders(knows: Callable[[Challenge, User], bool]) -> None:
    if knows not in _insiders:
        _insiders.append(knows)


def _refuse_insiders(challenge: Challenge, user: User) -> None:
    if any(knows(challenge, user) for knows in _insiders):
        sentence = _("Whoever has looked behind the seal of a bet cannot take part in it.")
        raise Refusal("has_looked", sentence, status=409)


@transaction.atomic
def enter(
    *,
    challenge: Challenge,
    user: User,
    process: Process,
    team_name: str = "",
    now: datetime | None = None,
) -> tuple[Entry, bool]:
    """Take part with this process, which from then on everybody may see. Returns (entry, whether it is new).

    Entering again returns the entry there is. Raises Refusal after the start or the deadline, for a referee, for
    whoever has looked behind the seal or approved a process in this bet, and for somebody who has or had a part in
    another entry.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if entry := challenge.entries.filter(contestant=user).first():
        return entry, False
    refuse_when_not_open(challenge, now)
    if not challenge.takes_entries(now):
        raise Refusal("started", _("The bet has started. Entries were possible until then."), status=409)
    _refuse_a_part(challenge, user)
    # Its owner may be rewriting it: what is counted is what everybody stands on from now on.
    process = Process.objects.select_for_update().get(pk=process.pk)
    steps = list(process.steps.all())
    if not steps:
        raise Refusal("no_steps", _("This process has no steps that could be eliminated."))
    Process.objects.filter(pk=process.pk).update(audience=Process.Audience.COMPANY, is_baseline=True)
    if process.audience != Process.Audience.COMPANY:
        consent.ask_anew(process)
    entry = Entry.objects.create(
        challenge=challenge,
        contestant=user,
        team_name=team_name,
        process=process,
        baseline_steps=len(steps),
        baseline_sha256=process.content_sha256,
        entered_at=now,
    )
    Baseline.objects.create(entry=entry, sha256=fingerprint(process, steps))
    return entry, True


def hold_bets_on(processes: Collection[UUID]) -> None:
    """Lock the bets that stand on these processes, by key, within a transaction."""
    entries = Entry.objects.filter(process__in=processes)
    bets = Challenge.objects.select_for_update().filter(pk__in=entries.values("challenge")).order_by("pk")
    list(bets.values_list("pk", flat=True))


def _refuse_a_part(challenge: Challenge, user: User) -> None:
    if challenge.referees.filter(pk=user.pk).exists():
        raise Refusal("referee_competes", _("You are a referee of this bet, so you cannot take part in it."))
    if part := Partaking.with_ended.filter(challenge=challenge, user=user).first():
        if part.ended_at:
            raise Refusal(
                "took_part", _("You had a part in somebody's entry, so you cannot enter against it.")
            )
        raise Refusal("takes_part", _("You have a part in somebody's entry already."))
    if has_approved(challenge, user):
        sentence = _("You approved a process in this bet, so you cannot take part in it.")
        raise Refusal("approved_one", sentence, status=409)
    _refuse_insiders(challenge, user)


def has_approved(challenge: Challenge, user: User) -> bool:
    """Whether somebody approved what anybody in this bet is measured against."""
    baselines = Baseline.objects.filter(entry__challenge=challenge)
    return baselines.filter(Q(owner_approved_by=user) | Q(referee=user)).exists()


@transaction.atomic
def leave(*, entry: Entry) -> None:
    """Take the entry back while it holds no claim of one's own. Raises Refusal otherwise."""
    entry = Entry.objects.select_for_update().select_related("challenge").get(pk=entry.pk)
    refuse_when_not_open(entry.challenge, timezone.now())
    if own_claims(entry).exists():
        raise Refusal(
            "has_claims",
            _("You have claimed a step, so your entry stays. No rival sees your claims before the reveal."),
            status=409,
        )
    process_id = entry.process_id
    entry.delete()
    if not Entry.objects.filter(process_id=process_id).exists():
        Process.objects.filter(pk=process_id).update(is_baseline=False)


@transaction.atomic
def bring_along(*, entry: Entry, user: User, part: str) -> Partaking:
    """Make somebody a member of the team, or an assistant who may draft. Repeating it changes nothing.

    Whoever was taken out of this entry can come back to it. Raises Refusal for a referee, for whoever approved a
    process in this bet or has or had another part in it, and over the limit.
    """
    challenge = Challenge.objects.select_for_update().get(pk=entry.challenge_id)
    refuse_when_not_open(challenge, timezone.now())
    if there := entry.others.filter(user=user, part=part).first():
        return there
    if challenge.referees.filter(pk=user.pk).exists():
        raise Refusal("referee_competes", _("A referee of this bet cannot take part in it."))
    if has_approved(challenge, user):
        sentence = _("Whoever approved a process in this bet cannot join in.")
        raise Refusal("approved_it", sentence, status=409)
    _refuse_insiders(challenge, user)
    if entry.others.count() >= MOST_BESIDE:
        raise Refusal("too_many", _("An entry has at most %(n)s people beside you.") % {"n": MOST_BESIDE})
    try:
        with transaction.atomic():
            taken = challenge.entries.filter(contestant=user).exists()
            made = None if taken else _part_of(entry, user, part)
    except IntegrityError:
        made = None
    if made is None:
        raise Refusal("takes_part", _("This person has or had a part in this bet already."), status=409)
    notify(
        user=user,
        kind="entry_joined" if part == Partaking.Part.MEMBER else "entry_assists",
        dedupe_key=f"entry_part:{made.pk}:{made.added_at.isoformat()}",
        facts={"title": challenge.title, "who": str(entry.contestant)},
        path=f"/challenges/{challenge.pk}/",
    )
    return made


def _part_of(entry: Entry, user: User, part: str) -> Partaking:
    """Raises IntegrityError for somebody with another part in the bet, also with one that has ended."""
    if back := Partaking.with_ended.filter(entry=entry, user=user).exclude(ended_at=None).first():
        back.part, back.added_at, back.ended_at = part, timezone.now(), None
        back.save()
        return back
    return Partaking.objects.create(challenge_id=entry.challenge_id, entry=entry, user=user, part=part)


def send_away(*, partaking: Partaking) -> None:
    """What they wrote stays with the entry, and so does that they were in it: nobody judges or rivals it afterwards."""
    now = timezone.now()
    refuse_when_not_open(partaking.challenge, now)
    partaking.ended_at = now
    partaking.save(update_fields=["ended_at"])


# --- lines -----------------------------------------------------------------------------------------
def in_line(referee: User, entry: Entry) -> User | None:
    """Whoever of the entry works in the referee's own line: the contestant, or a member of the team. Two queries."""
    members = entry.others.filter(part=Partaking.Part.MEMBER).select_related("user__team")
    people = [entry.contestant, *(other.user for other in members)]
    return next((person for person in people if is_in_line(referee, person)), None)


def entries_in_line(referee: User, entries: Collection[Entry]) -> set[UUID]:
    """Those of which `in_line` finds somebody. One query for all members."""
    people = {entry.pk: [entry.contestant] for entry in entries}
    members = Partaking.objects.filter(entry__in=people, part=Partaking.Part.MEMBER)
    for other in members.select_related("user__team"):
        people[other.entry_id].append(other.user)
    return {pk for pk, ones in people.items() if any(is_in_line(referee, person) for person in ones)}


def refuse_in_line(referee: User, entry: Entry) -> None:
    """Raises Refusal where the referee works in the line of somebody who takes part in the entry."""
    if person := in_line(referee, entry):
        sentence = _(
            "You work in the same line as %(who)s. A referee from another area decides here; the organiser can add one."
        )
        raise Refusal("same_line", sentence % {"who": person}, status=409)
