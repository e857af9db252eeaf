"""Deputies of referees and of controllers, bound by the same rules as those they stand in for.

A referee's deputy is a referee of that bet: of another line, without a conflict, never a contestant, until the end.
Both are one for everything that takes a second person: an appeal against either, and a second look. A controller's
deputy confirms hours as the controller does, of bets in which the deputy has no part. Process owners: `approving.py`.
"""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import people_with_a_part, record_act
from challenges.contests.models import Challenge, HoursDeputy, Refereeing
from hub.audit.actions import record
from hub.notices.actions import notify
from hub.people import access
from hub.people.models import RoleGrant, User
from hub.refusals import Refusal

OVER = frozenset({"draft", "final", "cancelled"})
REFEREES_ONLY = _("Only people who hold the role of a referee can be named.")


def can_name(challenge: Challenge, referee: User) -> bool:
    """A referee of the bet names one deputy, who names none in turn, until the result is final."""
    own = Refereeing.objects.filter(challenge=challenge, user=referee, deputy_for=None, deputy_row=None)
    return challenge.phase() not in OVER and own.exists()


def offered_to(challenge: Challenge) -> "QuerySet[User]":
    """Who can be named: referees by role, without a part in the bet and not its referees already."""
    holding = User.objects.active().filter(role_grants__role=RoleGrant.Role.REFEREE)
    return holding.exclude(pk__in=challenge.referees.all()).exclude(pk__in=people_with_a_part(challenge))


@transaction.atomic
def name_referees_deputy(*, challenge: Challenge, referee: User, deputy: User) -> Refereeing:
    """Raises Refusal for a second deputy, a deputy's deputy, and for somebody who cannot be a referee of this bet."""
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    own = Refereeing.objects.get(challenge=challenge, user=referee)
    if there := Refereeing.objects.filter(deputy_for=own).first():
        if there.user_id == deputy.pk:
            return there
        raise Refusal("has_deputy", _("You have named a deputy for this bet already."), status=409)
    if own.deputy_for_id:
        raise Refusal("is_deputy", _("A deputy names no deputy."), status=409)
    if challenge.phase() in OVER:
        raise Refusal("not_open", _("This bet is over, so nobody stands in any more."), status=409)
    if not access.is_referee(deputy):
        raise Refusal("no_referee", REFEREES_ONLY)
    if deputy.pk in people_with_a_part(challenge):
        raise Refusal("referee_competes", _("Whoever takes part cannot be a referee of the same bet."))
    if challenge.referees.filter(pk=deputy.pk).exists():
        raise Refusal("is_referee", _("This person is a referee of this bet already."), status=409)
    made = Refereeing.objects.create(challenge=challenge, user=deputy, deputy_for=own)
    record_act(challenge, referee, "challenge.deputy_named")
    notify(
        user=deputy,
        kind="referee_deputy",
        dedupe_key=f"referee_deputy:{made.pk}",
        facts={"who": str(referee), "title": challenge.title},
        path=f"/challenges/{challenge.pk}/review/",
    )
    return made


def side_of(challenge: Challenge, referee: User) -> "QuerySet[User]":
    """The referee, the referee's deputy, and whose deputy the referee is: one person for a second opinion."""
    rows = Refereeing.objects.filter(challenge=challenge)
    own = rows.filter(Q(user=referee) | Q(deputy_for__user=referee) | Q(deputy_row__user=referee))
    return User.objects.filter(pk__in=own.values("user"))


def referees_acting(challenge: Challenge) -> str:
    """one | pair: a referee and the deputy, one for a second opinion | several, who are not. Two queries."""
    acting = set(challenge.acting_referees().values_list("pk", flat=True))
    rows = Refereeing.objects.filter(challenge=challenge, user__in=acting)
    if sum(first not in acting for first in rows.values_list("deputy_for__user", flat=True)) > 1:
        return "several"
    return "pair" if len(acting) > 1 else "one"


def has_second(challenge: Challenge) -> bool:
    """Whether two referees act who are no one for a second opinion. Two queries."""
    return referees_acting(challenge) == "several"


# --- controllers ----------------------------------------------------------------------------------
def confirms_hours(user: User) -> bool:
    """Controllers, and the deputies of those who hold the role and work here."""
    if access.is_controller(user):
        return True
    return HoursDeputy.objects.acting().filter(deputy=user).exists()


@transaction.atomic
def name_hours_deputy(*, controller: User, deputy: User | None) -> HoursDeputy | None:
    """In place of the one named before; None names nobody. Raises Refusal for oneself and for another controller."""
    rows = HoursDeputy.objects.select_for_update().filter(controller=controller)
    there = rows.first()
    if (there.deputy if there else None) == deputy:
        return there
    if deputy is not None and (deputy.pk == controller.pk or access.is_controller(deputy)):
        sentence = _("Name somebody else: whoever is a controller confirms hours anyway.")
        raise Refusal("is_controller", sentence)
    rows.delete()
    action = "controller.deputy_named" if deputy else "controller.deputy_released"
    record(
        actor_key=controller.subject_key, action=action, object_type="person", object_id=_key(deputy, there)
    )
    if deputy is None:
        return None
    made = HoursDeputy.objects.create(controller=controller, deputy=deputy, named_at=timezone.now())
    notify(
        user=deputy,
        kind="hours_deputy",
        dedupe_key=f"hours_deputy:{made.pk}",
        facts={"who": str(controller)},
        path="/challenges/hours/",
    )
    return made


def _key(deputy: User | None, before: HoursDeputy | None) -> object:
    person = deputy or (before.deputy if before else None)
    return person.subject_key if person else ""
