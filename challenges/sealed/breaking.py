"""Breaking a seal before the reveal: two people, a reason, the audit, and everybody who takes part is told."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import people_with_a_part, record_act
from challenges.contests.models import Challenge
from challenges.sealed.models import Look, SealBreak
from hub.notices.actions import notify, notify_all
from hub.people import access
from hub.people.models import User
from hub.refusals import Refusal

OPEN_FOR = timedelta(hours=24)


def may_break(user: User, challenge: Challenge) -> bool:
    """Administrators, the works council and referees of the bet, unless they take part in it."""
    holds = access.is_administrator(user) or access.is_works_council(user) or challenge.is_refereed_by(user)
    return holds and user.pk not in people_with_a_part(challenge)


def is_open_to(user: User, challenge: Challenge, now: datetime | None = None) -> bool:
    """Whether the seal was broken for this person within the last day, who could still break it."""
    return challenge in opened_to(user, now)


def opened_to(user: User, now: datetime | None = None) -> list[Challenge]:
    """The bets whose seal was broken for this person within the last day, as long as they could still break it."""
    since = (now or timezone.now()) - OPEN_FOR
    broken = SealBreak.objects.filter(Q(asked_by=user) | Q(agreed_by=user), agreed_at__gt=since)
    found = Challenge.objects.filter(pk__in=broken.values("challenge"))
    return [challenge for challenge in found if may_break(user, challenge)]


def has_seen(challenge: Challenge, user: User) -> bool:
    """Whether somebody looked behind the seal of this bet, or has broken it with another one."""
    broken = SealBreak.objects.filter(Q(asked_by=user) | Q(agreed_by=user), challenge=challenge)
    looked = Look.objects.filter(challenge=challenge, actor_key=user.subject_key)
    return looked.exists() or broken.exclude(agreed_at=None).exists()


def waiting_for(challenge: Challenge) -> SealBreak | None:
    open_ones = SealBreak.objects.filter(challenge=challenge, agreed_at=None, refused_at=None)
    return open_ones.select_related("asked_by").first()


def ask(*, challenge: Challenge, by: User, reason: str, now: datetime | None = None) -> SealBreak:
    """The first of the two. Raises Refusal where nothing is sealed any more, and while another request waits."""
    now = now or timezone.now()
    refuse_breaking(challenge, by)
    try:
        with transaction.atomic():
            made = SealBreak.objects.create(challenge=challenge, reason=reason, asked_by=by, asked_at=now)
    except IntegrityError as error:
        raise Refusal(
            "asked", _("Somebody has asked already. It waits for a second person."), status=409
        ) from error
    record_act(challenge, by, "challenge.seal_break_asked", now)
    return made


@transaction.atomic
def agree(*, seal_break: SealBreak, by: User, now: datetime | None = None) -> SealBreak:
    """The second: from now on both see what referees see, for a day; everybody who takes part is told.

    Raises Refusal where one of the two may not break it by now.
    """
    now = now or timezone.now()
    seal_break = SealBreak.objects.select_for_update().select_related("challenge").get(pk=seal_break.pk)
    challenge = seal_break.challenge
    refuse_breaking(challenge, by)
    if seal_break.agreed_at:
        return seal_break
    if seal_break.refused_at:
        raise Refusal("refused", _("This request was refused in the meantime."), status=409)
    if seal_break.asked_by_id == by.pk:
        raise Refusal(
            "two_needed", _("Whoever asks cannot agree alone. A second person is needed."), status=409
        )
    first = seal_break.asked_by
    if first is None or not first.is_active or not may_break(first, challenge):
        sentence = _(
            "Whoever asked may no longer break this seal. Refuse the request, and ask anew if need be."
        )
        raise Refusal("first_may_not", sentence, status=409)
    seal_break.agreed_by, seal_break.agreed_at = by, now
    seal_break.save(update_fields=["agreed_by", "agreed_at"])
    record_act(challenge, by, "challenge.seal_broken", now)
    notify_all(
        user_ids=people_with_a_part(challenge),
        kind="seal_broken",
        dedupe_key=f"seal_broken:{seal_break.pk}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/seal/",
    )
    return seal_break


@transaction.atomic
def call_off(*, seal_break: SealBreak, by: User, now: datetime | None = None) -> None:
    """One's own request, while the second person has not answered. Raises Refusal for everybody else."""
    seal_break = SealBreak.objects.select_for_update().select_related("challenge").get(pk=seal_break.pk)
    if seal_break.asked_by_id != by.pk:
        sentence = _("Only whoever asked calls it off. You can refuse it, with a reason.")
        raise Refusal("not_yours", sentence, status=403)
    if seal_break.agreed_at is None and seal_break.refused_at is None:
        record_act(seal_break.challenge, by, "challenge.seal_break_called_off", now or timezone.now())
        seal_break.delete()


@transaction.atomic
def turn_down(*, seal_break: SealBreak, by: User, reason: str, now: datetime | None = None) -> SealBreak:
    """The second person does not agree and says why; whoever asked is told. Repeating it changes nothing."""
    now = now or timezone.now()
    seal_break = SealBreak.objects.select_for_update().select_related("challenge").get(pk=seal_break.pk)
    refuse_breaking(seal_break.challenge, by)
    if seal_break.asked_by_id == by.pk:
        raise Refusal("two_needed", _("Your own request you call off; somebody else refuses it."), status=409)
    if seal_break.agreed_at or seal_break.refused_at:
        return seal_break
    seal_break.refused_by, seal_break.refused_at, seal_break.refusal = by, now, reason
    seal_break.save(update_fields=["refused_by", "refused_at", "refusal"])
    record_act(seal_break.challenge, by, "challenge.seal_break_refused", now)
    if seal_break.asked_by_id:
        notify(
            user=seal_break.asked_by,
            kind="seal_break_refused",
            dedupe_key=f"seal_break_refused:{seal_break.pk}",
            facts={"title": seal_break.challenge.title},
            path=f"/challenges/{seal_break.challenge_id}/seal/",
        )
    return seal_break


def refuse_breaking(challenge: Challenge, by: User) -> None:
    """Raises Refusal where nothing is sealed, and for everybody who may not break it."""
    if challenge.is_cancelled:
        sentence = _("This bet was cancelled. Should it go on, its seal can be broken then.")
        raise Refusal("cancelled", sentence, status=409)
    if challenge.is_revealed:
        raise Refusal("not_sealed", _("This bet is over, so nothing is sealed."), status=409)
    if not may_break(by, challenge):
        raise Refusal(
            "not_yours", _("Only an administrator, the works council or a referee does this."), status=403
        )
