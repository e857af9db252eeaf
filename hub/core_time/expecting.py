"""What share may be expected since a measurement: the hours that are freed in the team, all spent on real work.

    expected = before + 100 * freed hours a week / (people of the team * working hours a week), at most 100 %

Freed hours are read where everybody can: hours of bets whose control period is over (`PublishedFreed`, without what was
taken back and without one person's own times), of processes whose owner belongs to the team; and what scaled pilots of
the team measured, of criteria whose unit is hours a week. Both only of what was revealed or scaled after the team was
asked, as what came earlier is in its answers already. Nothing here knows a bet before its reveal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, Q
from django.urls import reverse

from challenges.contests.freed import WEEKS_HIGH, WEEKS_LOW, WEEKS_MID
from challenges.contests.models import Challenge, PublishedFreed
from challenges.pilots.models import Criterion, Pilot, Reading
from hub.core_time.days import over_at
from hub.core_time.models import Measurement

HUNDRED = 100
# As people write the unit, without blanks and dots.
HOURS_A_WEEK = frozenset(
    {
        "hoursaweek", "hoursperweek", "hours/week", "hrs/week", "h/week", "h/wk", "hperweek", "haweek",
        "stundenjewoche", "stundenprowoche", "stundeninderwoche", "stunden/woche", "std/woche",
        "stdjewoche", "stdprowoche", "h/woche", "hjewoche", "hprowoche",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Range:
    low: float
    mid: float
    high: float

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.mid + other.mid, self.high + other.high)


NOTHING = Range(0, 0, 0)


@dataclass(frozen=True)
class Source:
    """Something that freed `hours` a week; `path` is where the hub shows it."""

    title: str
    kind: str  # "bet" or "pilot"
    path: str
    hours: Range


@dataclass(frozen=True)
class Expectation:
    """`share` in percent, with the factors of the formula. `hours` a week is the sum of the sources."""

    share: Range
    before: Range
    hours: Range
    members: int
    weekly_hours: Decimal
    sources: tuple[Source, ...]

    @property
    def gain(self) -> Range:
        """Points of percent."""
        return gain(self.hours, self.members, self.weekly_hours)

    @property
    def is_capped(self) -> bool:
        return self.before.high + self.gain.high > HUNDRED


def expected(measurement: Measurement) -> Expectation | None:
    """Of a measurement with a figure; None where nothing was freed since. Four queries at most."""
    if not measurement.has_figure:
        return None
    sources = sources_since(measurement.team_id, over_at(measurement.ends_on))
    if not sources:
        return None
    low, high = float(measurement.low), float(measurement.high)
    before = Range(low, (low + high) / 2, high)
    hours = sum((source.hours for source in sources), NOTHING)
    return Expectation(
        share=share(before, hours, measurement.members, measurement.weekly_hours),
        before=before,
        hours=hours,
        members=measurement.members,
        weekly_hours=measurement.weekly_hours,
        sources=tuple(sources),
    )


def gain(hours: Range, members: int, weekly_hours: Decimal) -> Range:
    """Points of percent that so many hours a week are of the team's week."""
    week = members * float(weekly_hours)
    return Range(HUNDRED * hours.low / week, HUNDRED * hours.mid / week, HUNDRED * hours.high / week)


def share(before: Range, hours: Range, members: int, weekly_hours: Decimal) -> Range:
    found = before + gain(hours, members, weekly_hours)
    return Range(min(found.low, HUNDRED), min(found.mid, HUNDRED), min(found.high, HUNDRED))


def sources_since(team_id: int, moment: datetime) -> list[Source]:
    return [*_bets(team_id, moment), *_pilots(team_id, moment)]


def _bets(team_id: int, moment: datetime) -> Iterable[Source]:
    """Hours a week of an ordinary week: those a year by the weeks that they count."""
    rows = PublishedFreed.objects.filter(
        challenge__status=Challenge.Status.FINAL,
        challenge__revealed_at__gte=moment,
        process__owner__team=team_id,
        mid__gt=0,
    )
    rows = rows.order_by("challenge__revealed_at", "process__title", "pk")
    for pk, bet, process, low, mid, high in rows.values_list(
        "challenge_id", "challenge__title", "process__title", "low", "mid", "high"
    ):
        hours = Range(low / WEEKS_LOW, mid / WEEKS_MID, high / WEEKS_HIGH)
        yield Source(f"{bet}: {process}", "bet", reverse("contests:detail", args=[pk]), hours)


def _pilots(team_id: int, moment: datetime) -> Iterable[Source]:
    criteria = Criterion.objects.filter(direction=Criterion.Direction.DOWN, baseline__isnull=False)
    with_readings = criteria.prefetch_related(
        Prefetch("readings", Reading.objects.order_by("day", "created_at"))
    )
    scaled = Pilot.objects.filter(Q(team=team_id), state=Pilot.State.SCALED, decided_at__gte=moment)
    for pilot in scaled.prefetch_related(Prefetch("criteria", with_readings)).order_by("decided_at", "pk"):
        effects = [effect for criterion in pilot.criteria.all() if (effect := effect_of(criterion))]
        if effects:
            # Two criteria of one pilot may measure the same hours, so they are not added up.
            most = max(effects, key=lambda effect: effect.mid)
            yield Source(pilot.title, "pilot", reverse("pilots:detail", args=[pilot.pk]), most)


def is_hours_a_week(unit: str) -> bool:
    return "".join(unit.casefold().replace(".", "").split()) in HOURS_A_WEEK


def effect_of(criterion: Criterion) -> Range | None:
    """Hours a week that became fewer: measured last against the value before. Low is what was agreed, if that is less.

    None of another unit, without a measured value, and where it did not become less.
    """
    last = criterion.latest
    if last is None or not is_hours_a_week(criterion.unit):
        return None
    measured = float(criterion.baseline - last.value)
    if measured <= 0:
        return None
    agreed = measured if criterion.threshold is None else float(criterion.baseline - criterion.threshold)
    return Range(min(measured, max(agreed, 0)), measured, measured)
