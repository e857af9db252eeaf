"""The demo company's pilots: one that runs, one past its day, one scaled, one stopped, and Emma's draft."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from challenges.pilots import actions, deciding, running
from challenges.pilots.models import Criterion, Pilot
from challenges.pilots.readiness import ITEMS
from challenges.pilots.starter import starter_of
from hub.ai.models import AISystem
from hub.demo.company import key
from hub.demo.history import ZONE
from hub.people.models import User

LANGUAGE = "de"
# name, template, who, tool, how many, started and decided (days from today), today's values, what was measured
# (criterion, days ago, value, note)
PILOTS = (
    (
        "overdue", "meeting-minutes", "emma.lindner", "meeting-notes", 9, -59, -3, ("42", "35", "6"),
        (
            (0, 52, "38", "Erste Woche, noch viel Handarbeit"), (0, 38, "24", ""), (0, 24, "15", ""),
            (0, 10, "9", "Vorlage gekürzt"), (1, 38, "60", ""), (1, 24, "82", ""),
            (1, 10, "88", "Termine fehlen noch bei Gästen"), (2, 38, "4", ""), (2, 10, "2.5", ""),
        ),
    ),
    (
        "running", "service-answers", "farid.nassar", "company-chat", 14, -24, 32, ("9", "48", "38"),
        (
            (0, 17, "8.5", ""), (0, 10, "6.5", "Handbuch neu gegliedert"), (0, 3, "5", ""), (1, 10, "52", ""),
            (1, 3, "57", ""), (2, 10, "34", ""), (2, 3, "31", ""),
        ),
    ),
    (
        "scaled", "offer-drafts", "carl.brandt", "meeting-notes", 11, -97, -13, ("4.5", "2.4", "30"),
        (
            (0, 80, "4", ""), (0, 52, "2.5", ""), (0, 20, "1.5", ""), (1, 52, "1.6", ""), (1, 20, "0.8", ""),
            (2, 52, "21", ""), (2, 20, "14", ""),
        ),
    ),
    (
        "stopped", "dormant-customers", "ada.miller", "meeting-notes", 5, -70, -28, ("4", "40", "8"),
        ((0, 49, "4", ""), (0, 35, "3", "Viele Adressen ohne Einwilligung"), (1, 35, "25", ""), (2, 35, "6", "")),
    ),
)  # fmt: skip
REASONS = {
    "scaled": "Alle drei Schwellen sind erreicht, und im Innendienst will niemand zurück. Wir beginnen mit den anderen "
    "drei Produktgruppen.",
    "stopped": "Nur für jede zehnte Adresse lag eine Einwilligung vor, und die übrigen schreiben wir nicht an. Wir "
    "holen zuerst Einwilligungen beim nächsten Kauf ein und fangen dann neu an.",
}
JOBS = "Das Abtippen entfällt; die Zeit bleibt im Team."
AMENDED_TO = Decimal(5)
AMENDED_BECAUSE = (
    "Gemessen wird jetzt ab dem Eingang im Postfach, nicht erst ab der Zuteilung: eine Stunde mehr."
)
TICKED = 3  # items of the roll-out that are done


def load_pilots(cast: dict[str, User], today: date) -> None:
    """Running it again changes nothing."""
    for name, template, who, tool, people, starts, decides, baselines, evidence in PILOTS:
        pk = key(f"pilot:{name}")
        if Pilot.objects.filter(pk=pk).exists():
            continue
        started = today + timedelta(days=starts)
        pilot = _draft(pk, template, cast[who], AISystem.objects.get(slug=tool), people)
        pilot.decides_on = today + timedelta(days=decides)
        actions.change(pilot=pilot)
        criteria = list(pilot.criteria.all())
        for criterion, baseline in zip(criteria, baselines, strict=True):
            criterion.baseline, criterion.measured_by = Decimal(baseline), pilot.decides_on
            actions.set_criterion(pilot=pilot, criterion=criterion)
        actions.answer(pilot=pilot, answers={item.slug: True for item in ITEMS})
        pilot = actions.start(pilot=pilot, now=_noon(started))
        for number, days_ago, value, note in evidence:
            running.note_evidence(
                criterion=criteria[number],
                by=cast[who],
                day=today - timedelta(days=days_ago),
                value=Decimal(value),
                note=note,
            )
        _go_on(name, pilot, criteria[0], cast[who])
    if not Pilot.objects.filter(pk=key("pilot:draft")).exists():
        _draft(key("pilot:draft"), "invoice-intake", cast["emma.lindner"], None, None)


def _draft(pk: object, template: str, owner: User, tool: AISystem | None, people: int | None) -> Pilot:
    starter = starter_of(template, LANGUAGE)
    pilot = Pilot(
        pk=pk,
        title=starter.title,
        hypothesis=starter.hypothesis,
        system=tool,
        data_class=tool.data_class if tool else starter.data_class,
        affected=starter.affected,
        affected_number=people,
        freed_time_goes_to=starter.freed_time,
        jobs_affected=Pilot.Jobs.TASKS if people else "",
        jobs=JOBS if people else "",
        language=LANGUAGE,
        template=template,
    )
    return actions.draft(pilot=pilot, owner=owner, starter=starter)


def _go_on(name: str, pilot: Pilot, criterion: Criterion, owner: User) -> None:
    decided = _noon(pilot.decides_on)
    if name == "running":
        at = _noon(pilot.starts_on + timedelta(days=9))
        running.amend(criterion=criterion, by=owner, reason=AMENDED_BECAUSE, now=at, threshold=AMENDED_TO)
    elif reason := REASONS.get(name):
        is_scaled = name == "scaled"
        deciding.decide(pilot=pilot, by=owner, is_scaled=is_scaled, reason=reason, now=decided)
        if is_scaled:
            items = deciding.plan_rollout(pilot=pilot).rollout.all()[:TICKED]
            for days, item in enumerate(items, start=2):
                deciding.tick(item=item, by=owner, is_done=True, now=decided + timedelta(days=days))


def _noon(day: date) -> datetime:
    return min(datetime.combine(day, time(12), tzinfo=ZONE), timezone.now())
