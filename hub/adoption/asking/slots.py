"""What a question says about the cut: by what, over which weeks, of which unit."""

from dataclasses import dataclass, field

from django.db.models.functions import Lower

from hub.adoption.asking.wording import phrases, words
from hub.adoption.menu import WITHIN
from hub.adoption.reading import Scope
from hub.adoption.report import Report
from hub.adoption.units import KINDS, Unit
from hub.disclosure.models import FrozenWeek, WeekGroup

BY = {
    "cohort": phrases("cohort, cohorts, kohorte, kohorten, month they began, anfangsmonat"),
    "family": phrases(
        "job family, job families, role, roles, profession, professions, function, functions, occupation, "
        "occupations, berufsfeld, berufsfelder, berufsfeldern, rolle, rollen, beruf, berufe, berufsgruppe, "
        "berufsgruppen, funktion, funktionen, tätigkeit, tätigkeiten"
    ),
    "team": phrases(
        "team, teams, department, departments, abteilung, abteilungen, bereich, bereiche, unit, units, "
        "einheiten"
    ),
    "site": phrases(
        "site, sites, location, locations, plant, plants, office, offices, where, standort, standorte, "
        "standorten, werk, werke, niederlassung, niederlassungen, wo, orte"
    ),
    "week": phrases(
        "week by week, weekly, per week, each week, every week, over time, trend, trends, development, "
        "develop, develops, developed, history, wochenweise, wöchentlich, pro woche, je woche, jede woche, "
        "verlauf, entwicklung, entwickelt, zeitverlauf"
    ),
}
WINDOWS = {
    12: phrases(
        "quarter, twelve weeks, 12 weeks, three months, 3 months, quartal, zwölf wochen, 12 wochen, drei "
        "monate, drei monaten, 3 monate, 3 monaten"
    ),
    4: phrases(
        "month, four weeks, 4 weeks, last weeks, 28 days, monat, vier wochen, 4 wochen, letzten wochen, 28 "
        "tage, 28 tagen"
    ),
    1: phrases(
        "last week, this week, past week, one week, yesterday, today, currently, right now, newest, letzte "
        "woche, letzten woche, letzter woche, diese woche, dieser woche, vorige woche, voriger woche, gestern,"
        " heute, aktuell, gerade, neueste"
    ),
}
LONGEST_NAME = 5  # words


@dataclass
class Slots:
    by: str = ""
    window: int = 0
    unit: Unit | None = None
    used: set[int] = field(default_factory=set)  # places of the question that a slot took


def slots_of(question: str, scope: Scope) -> Slots:
    asked, slots = words(question), Slots()
    slots.unit = _unit_named(question, scope)
    for by, known in BY.items():
        if slots.by:
            break
        for phrase in known:
            if places := phrase.places_in(asked):
                slots.by = by
                slots.used |= set(range(places[0], places[0] + len(phrase.words)))
                break
    for window, known in WINDOWS.items():
        if any(phrase.stands_in(asked) for phrase in known):
            slots.window = window
            break
    return slots


def cut_for(report: Report, slots: Slots) -> tuple[str, str]:
    """(by, of) that the report offers and comes closest to what was asked."""
    if slots.unit:
        offered = [by for by in WITHIN[slots.unit.kind] if by in report.cuts]
        if offered:
            wanted = slots.by if slots.by in offered else offered[0]
            return wanted, slots.unit.value
    return (slots.by if slots.by in report.cuts else report.cuts[0]), ""


def _unit_named(question: str, scope: Scope) -> Unit | None:
    """The site, job family or team of the newest week whose name stands in the question, the longest name first."""
    asked = question.casefold().replace("?", " ").replace(",", " ").replace(".", " ").split()
    spans = {
        " ".join(asked[start : start + size])
        for size in range(1, LONGEST_NAME + 1)
        for start in range(len(asked) - size + 1)
    }
    newest = FrozenWeek.objects.order_by("-monday").first()
    groups = WeekGroup.objects.filter(
        entity_id__in=scope, week=newest, part__in=list(KINDS), unit_id__isnull=False
    )
    found = (
        groups.annotate(lower=Lower("unit_name"))
        .filter(lower__in=spans)
        .values_list("part", "unit_id", "unit_name")
    )
    units = [Unit(f"{KINDS[part]}-{unit_id}", KINDS[part], name) for part, unit_id, name in found]
    return max(units, key=lambda unit: (len(unit.name), unit.kind == "site"), default=None)
