"""The core time of Emma's team: measured half a year ago, a pilot that freed hours since, and measured again."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from challenges.pilots import actions, deciding, running
from challenges.pilots.models import Criterion, Pilot
from challenges.pilots.readiness import ITEMS
from hub.ai.models import AISystem, DataClass
from hub.core_time.actions import give_counters, members_of
from hub.core_time.days import last_day, over_at
from hub.core_time.models import Counter, Measurement, Voice
from hub.core_time.publishing import publish_due
from hub.demo.company import key
from hub.demo.history import ZONE
from hub.notices.models import Notice
from hub.people.models import Team, User

WORK = "Gespräche mit Kunden"
WEEKLY_HOURS = Decimal("38.5")
# Weeks ago, how many answered, and how often 0, 20, 40, 60, 80 and 100 % were said.
MEASURED = (
    ("before", 26, 21, {0: 11, 20: 33, 40: 17, 60: 4, 80: 1}),
    ("again", 5, 23, {0: 8, 20: 32, 40: 25, 60: 9, 80: 3}),
)
PILOT = {
    "title": "Auftragsbestätigungen abgleichen",
    "hypothesis": "Wenn ein Assistent Bestellung und Auftragsbestätigung nebeneinanderlegt, sehen wir nur noch die "
    "Abweichungen an.",
    "affected": "Vertrieb Innendienst",
    "affected_number": 28,
    "freed_time_goes_to": WORK,
    "jobs_affected": Pilot.Jobs.TASKS,
    "jobs": "Das Abhaken entfällt; die Zeit bleibt im Team.",
    "language": "de",
}
TOOL = "meeting-notes"
FROM, TO, REACHED = Decimal(64), Decimal(30), Decimal(22)
REASON = "Seit sechs Wochen sehen wir nur noch jede siebte Bestätigung selbst an, und keine Abweichung blieb liegen."


def load_core_time(emma: User, today: date) -> None:
    """Running it again changes nothing."""
    if Measurement.objects.filter(pk=key("core time before")).exists():
        return
    for name, weeks, voices, answers in MEASURED:
        _measure(name, emma.team, today - timedelta(weeks=weeks), voices, answers)
    _scaled_pilot(emma, today)
    Notice.objects.filter(kind="core_time_published").delete()


def _measure(name: str, team: Team, day: date, voices: int, answers: dict[int, int]) -> None:
    """From the Monday of that week on, and published as it would have been."""
    starts_on = day - timedelta(days=day.weekday())
    measurement = Measurement.objects.create(
        pk=key(f"core time {name}"),
        team=team,
        work=WORK,
        weekly_hours=WEEKLY_HOURS,
        members=members_of(team),
        starts_on=starts_on,
        ends_on=last_day(starts_on),
        begun_at=datetime.combine(starts_on - timedelta(days=4), time(9), tzinfo=ZONE),
    )
    give_counters(measurement)
    for percent, times in answers.items():
        Counter.objects.filter(measurement=measurement, percent=percent).update(times=times)
    people = User.objects.active().filter(team=team).order_by("email")[:voices]
    Voice.objects.bulk_create(Voice(measurement=measurement, user=user) for user in people)
    publish_due(over_at(measurement.ends_on))


def _scaled_pilot(owner: User, today: date) -> None:
    tool = AISystem.objects.get(slug=TOOL)
    started, decided = today - timedelta(weeks=20), today - timedelta(weeks=8)
    pilot = actions.draft(
        pilot=Pilot(
            pk=key("pilot:core-time"), system=tool, data_class=tool.data_class or DataClass.INTERNAL, **PILOT,
            decides_on=decided,
        ),
        owner=owner,
    )  # fmt: skip
    criterion = Criterion(
        pilot=pilot, measure="Zeit für den Abgleich, im ganzen Team", unit="Stunden je Woche", baseline=FROM,
        threshold=TO, measured_by=decided,
    )  # fmt: skip
    actions.set_criterion(pilot=pilot, criterion=criterion)
    actions.answer(pilot=pilot, answers={item.slug: True for item in ITEMS})
    pilot = actions.start(pilot=pilot, now=_noon(started))
    for weeks, value in ((16, Decimal(51)), (12, Decimal(34)), (8, REACHED)):
        running.note_evidence(
            criterion=criterion, by=owner, day=today - timedelta(weeks=weeks), value=value, note=""
        )
    deciding.decide(pilot=pilot, by=owner, is_scaled=True, reason=REASON, now=_noon(decided))


def _noon(day: date) -> datetime:
    return min(datetime.combine(day, time(12), tzinfo=ZONE), timezone.now())
