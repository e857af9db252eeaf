"""Publishing a quarter's pulse through the gate, and deleting what it was made of.

The gate counts answers where it counts people elsewhere: who did not answer is in no group.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.adoption.models import PulseCount, PulseFigure, PulseMark, PulseQuarter
from hub.adoption.models.pulse import Question
from hub.adoption.pulse import closes_on, today_of
from hub.disclosure.figures import Kind, figure
from hub.disclosure.gate import decide
from hub.disclosure.grouping import Part, Rules
from hub.disclosure.rules import BY_DEFAULT, agreed_rules
from hub.disclosure.suppression import REST, Cell, Table
from hub.disclosure.weeks import bounds
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
    rules = _rules(made.quarter)
    groups = list(_groups(asked[Question.CONFIDENCE], rules))
    entities = dict(LegalEntity.objects.values_list("pk", "name"))
    sites = dict(Site.objects.values_list("pk", "name"))
    for question in Question:
        for entity, site, places, is_others, reason in groups:
            answers = sum(asked[question][place] for place in places)
            yes = sum(much[question][place] for place in places)
            k = rules.get(entity, BY_DEFAULT).k
            shown = None if reason else figure(Kind.SHARE, people=answers, counting=yes, total=yes, k=k)
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


def _rules(quarter: date) -> dict[int, Rules]:
    """What each company had agreed on when the fortnight was over."""
    over, _end = bounds(closes_on(quarter))
    return {entity: agreed.groups for entity, agreed in agreed_rules(over).items()}


def _groups(
    answers: Counter[Place], rules: Mapping[int, Rules]
) -> Iterator[tuple[int, int | None, list[Place], bool, str]]:
    """(company, site or None, places, whether these are the other sites together, why hidden). Both questions have
    the same answers to them, so the gate decides once; company by company, as they share nobody.
    """
    number = 0
    members: defaultdict[int, dict[Place, frozenset[int]]] = defaultdict(dict)
    for place, times in sorted(answers.items()):
        members[place[0]][place] = frozenset(range(number, number + times))
        number += times
    for entity, places in members.items():
        yield from _groups_of(entity, places, rules.get(entity, BY_DEFAULT))


def _groups_of(
    entity: int, members: dict[Place, frozenset[int]], rules: Rules
) -> Iterator[tuple[int, int | None, list[Place], bool, str]]:
    whole = Table(Part.TOTAL, (Cell(entity, frozenset().union(*members.values())),), has_total=False)
    sites = Table(Part.SITE, tuple(Cell(place, who) for place, who in members.items()), merges=True)
    decision = decide([whole, sites], k=rules.k, minimum_page=rules.page)
    yield entity, None, list(members), False, str(decision.hidden.get((whole.name, entity), ""))
    for place in members:
        yield entity, place[1], [place], False, str(decision.hidden.get((sites.name, place), ""))
    if rest := decision.shown.get((sites.name, REST)):
        yield entity, None, [place for place, who in members.items() if who <= rest.members], True, ""
