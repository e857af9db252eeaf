"""Publishing a quarter's pulse through the gate, and deleting what it was made of.

The gate counts answers where it counts people elsewhere: who did not answer is in no group.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.adoption.models import PulseCount, PulseFigure, PulseMark, PulseQuarter
from hub.adoption.models.pulse import Question
from hub.adoption.pulse import closes_on, today_of
from hub.disclosure.figures import Kind, figure
from hub.disclosure.gate import decide
from hub.disclosure.grouping import Part
from hub.disclosure.suppression import REST, Cell, Table
from hub.people.models import LegalEntity, Site

MUCH = (4, 5)  # what counts as confident, or as worried
Place = tuple[int, int]  # company, site


def publish_due(now: datetime | None = None) -> list[PulseQuarter]:
    """Every quarter whose fortnight is over and that still has counters or marks: once, and then both go."""
    now = now or timezone.now()
    counted = PulseCount.objects.values_list("quarter", flat=True).distinct()
    marked = PulseMark.objects.values_list("quarter", flat=True).distinct()
    over = [quarter for quarter in sorted({*counted, *marked}) if closes_on(quarter) <= today_of(now)]
    return [published for quarter in over if (published := _publish(quarter, now))]


def _publish(quarter: date, now: datetime) -> PulseQuarter | None:
    try:
        with transaction.atomic():
            made = PulseQuarter.objects.create(quarter=quarter, published_at=now)
            PulseFigure.objects.bulk_create(_figures(made))
            PulseCount.objects.filter(quarter=quarter).delete()
            PulseMark.objects.filter(quarter=quarter).delete()
            return made
    except IntegrityError:  # somebody else has just published it
        return None


def _figures(made: PulseQuarter) -> Iterator[PulseFigure]:
    asked: dict[str, Counter[Place]] = defaultdict(Counter)
    much: dict[str, Counter[Place]] = defaultdict(Counter)
    for row in PulseCount.objects.filter(quarter=made.quarter):
        asked[row.question][row.entity_id, row.site_id] += row.times
        much[row.question][row.entity_id, row.site_id] += row.times * (row.answer in MUCH)
    groups = list(_groups(asked[Question.CONFIDENCE]))
    entities = dict(LegalEntity.objects.values_list("pk", "name"))
    sites = dict(Site.objects.values_list("pk", "name"))
    for question in Question:
        for entity, site, places, is_others, reason in groups:
            answers = sum(asked[question][place] for place in places)
            yes = sum(much[question][place] for place in places)
            shown = None if reason else figure(Kind.SHARE, people=answers, counting=yes, total=yes)
            yield PulseFigure(
                pulse=made,
                question=question,
                entity_id=entity,
                entity_name=entities.get(entity, ""),
                site_id=site,
                site_name=sites.get(site, ""),
                is_others=is_others,
                answers=None if reason else answers,
                low=shown.low if shown else None,
                high=shown.high if shown else None,
                reason=reason,
            )


def _groups(answers: Counter[Place]) -> Iterator[tuple[int, int | None, list[Place], bool, str]]:
    """(company, site or None, places, whether these are the other sites together, why hidden). Both questions have
    the same answers to them, so the gate decides once.
    """
    number, members = 0, {}
    for place, times in sorted(answers.items()):
        members[place] = frozenset(range(number, number + times))
        number += times
    tables = []
    for entity in sorted({entity for entity, _site in members}):
        places = {place: who for place, who in members.items() if place[0] == entity}
        cells = tuple(Cell(place, who) for place, who in places.items())
        whole = Cell(entity, frozenset().union(*places.values()))
        tables.append(Table((Part.TOTAL, entity), (whole,), has_total=False))
        tables.append(Table((Part.SITE, entity), cells, merges=True))
    decision = decide(tables)
    for table in tables:
        part, entity = table.name
        for cell in table.cells:
            reason = str(decision.hidden.get((table.name, cell.label), ""))
            if part is Part.TOTAL:
                yield entity, None, [place for place in members if place[0] == entity], False, reason
            else:
                yield entity, cell.label[1], [cell.label], False, reason
        if rest := decision.shown.get((table.name, REST)):
            hidden = [place for place in members if place[0] == entity and members[place] <= rest.members]
            yield entity, None, hidden, True, ""
