"""Beginning a measurement and calling it off: by whoever belongs to the team, as with the team's goal.

The house knows no leads of teams; who did it stands in the audit. The team and the works council of its company are
told.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.audit.actions import record
from hub.core_time.days import last_day, next_working
from hub.core_time.models import CHOICES, WEEKLY_HOURS, Counter, Measurement
from hub.disclosure.grouping import Rules
from hub.disclosure.rules import rules_of
from hub.notices.actions import notify_all
from hub.people import access
from hub.people.models import Team, User
from hub.people.zones import zone
from hub.refusals import Refusal

# As long as a slow figure of the gate remembers who belonged to a group (`hub/disclosure/steady.py`).
GAP = timedelta(weeks=12)
# Nobody is told again and again.
GAP_AFTER_CALLING_OFF = timedelta(weeks=1)


def may_act(user: User, team: Team) -> bool:
    return user.team_id == team.pk


def refuse_others(user: User, team: Team) -> None:
    if not may_act(user, team):
        raise PermissionDenied


def members_of(team: Team) -> int:
    return User.objects.active().filter(team=team).count()


def people_of_company(team: Team) -> int:
    return User.objects.active().filter(team__legal_entity=team.legal_entity_id).count()


def rules_for(team: Team) -> Rules:
    """The smallest group and page that the team's company agreed on."""
    return rules_of(team.legal_entity_id).groups


def too_small(team: Team) -> str:
    """Why nothing about this team could be shown, in a sentence; empty where it could."""
    rules = rules_for(team)
    if members_of(team) < rules.k:
        sentence = _(
            "Figures are shown of teams with at least %(n)s people, and yours has fewer. So nobody is asked."
        )
        return sentence % {"n": rules.k}
    if people_of_company(team) < rules.page:
        sentence = _("Figures are shown in companies with at least %(n)s people. So nobody is asked.")
        return sentence % {"n": rules.page}
    return ""


def earliest_start(team: Team, now: datetime) -> date:
    """The next working day where the team works; weeks after the last measurement."""
    soonest = _today(team, now)
    published = Measurement.objects.filter(team=team).published().order_by("-ends_on").first()
    if published:
        soonest = max(soonest, published.ends_on + GAP)
    called_off = Measurement.objects.filter(team=team).exclude(called_off_at=None)
    if last := called_off.order_by("-called_off_at").first():
        soonest = max(soonest, (last.called_off_at + GAP_AFTER_CALLING_OFF).date())
    return next_working(soonest, team.site)


def begin(
    *, team: Team, by: User, work: str, weekly_hours: Decimal = WEEKLY_HOURS, now: datetime
) -> Measurement:
    """From the next working day, for two weeks.

    Raises PermissionDenied for whoever is not of the team, and Refusal: one runs or it is too soon (409), the team is
    too small (422).
    """
    refuse_others(by, team)
    if reason := too_small(team):
        raise Refusal("team_too_small", reason)
    _refuse_early(team, now)
    starts_on = earliest_start(team, now)
    measurement = Measurement(
        team=team,
        work=work.strip(),
        weekly_hours=weekly_hours,
        members=members_of(team),
        starts_on=starts_on,
        ends_on=last_day(starts_on),
        begun_at=now,
    )
    try:
        with transaction.atomic():
            measurement.save(force_insert=True)
            give_counters(measurement)
            _record(measurement, "core_time.begun", by, now)
            _tell(measurement, "core_time_started", with_council=True)
    except IntegrityError:
        sentence = _("Your team is being measured already. One measurement at a time.")
        raise Refusal("runs_already", sentence, status=409) from None
    return measurement


def _refuse_early(team: Team, now: datetime) -> None:
    if Measurement.objects.open().filter(team=team).exists():
        sentence = _("Your team is being measured already. One measurement at a time.")
        raise Refusal("runs_already", sentence, status=409)
    if reason := too_soon(team, now):
        raise Refusal("too_soon", reason, status=409)


def too_soon(team: Team, now: datetime) -> str:
    """From when on one may be begun, in a sentence; empty where it may be now."""
    starts_on = earliest_start(team, now)
    if starts_on <= next_working(_today(team, now), team.site):
        return ""
    day = date_format(starts_on - timedelta(days=1), pgettext("date format", "j F Y"))
    return _("Your team was asked a short time ago. You can measure again from %(day)s on.") % {"day": day}


def _today(team: Team, now: datetime) -> date:
    return now.astimezone(zone(team.site.time_zone)).date()


def give_counters(measurement: Measurement) -> None:
    Counter.objects.bulk_create(Counter(measurement=measurement, percent=percent) for percent in CHOICES)


def call_off(*, measurement: Measurement, by: User, name: str, now: datetime) -> Measurement:
    """Deletes what was answered, for good, so the team's name is typed.

    Raises PermissionDenied for whoever is not of the team, and Refusal: another name (422), over already (409).
    """
    refuse_others(by, measurement.team)
    if name.strip().casefold() != measurement.team.name.casefold():
        raise Refusal(
            "not_the_name", _("Type the name of your team as it stands there. Nothing was changed.")
        )
    with transaction.atomic():
        locked = Measurement.objects.open().select_for_update().filter(pk=measurement.pk)
        if not locked.exists() or not locked.update(called_off_at=now):
            sentence = _("This measurement is over already. Nothing was changed.")
            raise Refusal("is_over", sentence, status=409)
        forget(measurement)
        _record(measurement, "core_time.called_off", by, now)
        _tell(measurement, "core_time_called_off", with_council=True)
    measurement.refresh_from_db()
    return measurement


def forget(measurement: Measurement) -> None:
    """Everything that a figure is made of."""
    for rows in (measurement.counters, measurement.marks, measurement.voices):
        rows.all().delete()


def tell_published(measurement: Measurement) -> None:
    _tell(measurement, "core_time_published", with_council=False)


def _record(measurement: Measurement, action: str, by: User, now: datetime) -> None:
    record(
        actor_key=by.subject_key,
        action=action,
        object_type="measurement",
        object_id=measurement.pk,
        facts={"team": measurement.team_id},
        at=now,
    )


def _tell(measurement: Measurement, kind: str, *, with_council: bool) -> None:
    team = measurement.team
    people = User.objects.active()
    told = set(people.filter(team=team).values_list("pk", flat=True))
    if with_council:
        council = people.filter(
            role_grants__role=access.Role.WORKS_COUNCIL, role_grants__legal_entity=team.legal_entity_id
        )
        told |= set(council.values_list("pk", flat=True))
    notify_all(
        user_ids=sorted(told),
        kind=kind,
        dedupe_key=f"{kind}:{measurement.pk}",
        facts={"team": team.name},
        path=f"/core-time/{team.pk}/",
    )
