"""Publishing what a team answered, once, through the gate; and deleting what it was made of.

The gate counts the people who answered where it counts members elsewhere: who did not answer is in no group. One group
and no other is published of a measurement, so nothing can be subtracted from it.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from hub.core_time.actions import forget, people_of_company, tell_published
from hub.core_time.days import over_at
from hub.core_time.models import Measurement
from hub.disclosure.figures import HUNDRED, Figure, Kind, figure
from hub.disclosure.gate import decide
from hub.disclosure.grouping import Part, Rules
from hub.disclosure.rounding import Rounding
from hub.disclosure.rules import DEFAULT, agreed_rules
from hub.disclosure.suppression import Cell, Reason, Table


def publish_due(now: datetime | None = None) -> list[Measurement]:
    """Every measurement whose last day has ended everywhere: once, and then its counters and marks go."""
    now = now or timezone.now()
    waiting = Measurement.objects.open().filter(ends_on__lt=now.date()).values_list("pk", "ends_on")
    due = [pk for pk, ends_on in waiting if over_at(ends_on) <= now]
    return [published for pk in due if (published := _publish(pk, now))]


def _publish(pk: object, now: datetime) -> Measurement | None:
    with transaction.atomic():
        open_one = Measurement.objects.open().filter(pk=pk)
        measurement = open_one.select_related("team").select_for_update(of=("self",)).first()
        if measurement is None:  # somebody else has just published it
            return None
        found = _found(measurement)
        if not open_one.update(published_at=now, **found):
            return None
        forget(measurement)
        tell_published(measurement)
    measurement.refresh_from_db()
    return measurement


def _found(measurement: Measurement) -> dict[str, object]:
    """What its row will say: a figure, or why there is none."""
    counted = dict(measurement.counters.values_list("percent", "times"))
    voices, entity = measurement.voices.count(), measurement.team.legal_entity_id
    rules = agreed_rules(over_at(measurement.ends_on)).get(entity, DEFAULT).groups
    reason = hidden(voices, page=people_of_company(measurement.team), rules=rules)
    if reason:
        return {"reason": str(reason)}
    shown = figure_of(counted, voices=voices, k=rules.k)
    people = Rounding().shown(voices, ("core_time", measurement.pk), 0)
    return {"low": shown.low, "high": shown.high, "people": people}


def hidden(voices: int, *, page: int, rules: Rules) -> Reason | None:
    """Why the figure of so many people is not shown; None where it is. The page is the company's, as for all teams."""
    people = Cell("team", frozenset(range(voices)))
    table = Table(Part.TEAM, (people,), has_total=False, page=page)
    return decide([table], k=rules.k, minimum_page=rules.page).hidden.get((table.name, people.label))


def figure_of(counted: Mapping[int, int], *, voices: int, k: int) -> Figure:
    """Percent -> how often it was answered, by so many people: the mean answer as the gate writes down a share.

    A mean of 30 % of ten people counts as three people who spend all their time on real work and seven who spend none,
    so that ends and steps are those of every share. Steps go by people, not by answers, of which one person gives up
    to four.
    """
    answers = sum(counted.values())
    total = sum(percent * times for percent, times in counted.items())
    whole = voices * Decimal(total) / answers / HUNDRED
    return figure(Kind.SHARE, people=voices, counting=whole, total=0, k=k)
