"""What the page and the API show of a team: before, expected, measured again, and what runs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.core_time import actions
from hub.core_time.chart import Chart, Line, chart_of
from hub.core_time.expecting import Expectation, Range, expected
from hub.core_time.models import Measurement
from hub.disclosure.suppression import Reason
from hub.people.models import Team, User
from learning.hours.shares import Share, percent_words

MOST_SHOWN = 12  # three years


@dataclass(frozen=True)
class Row:
    """A published measurement. `part` is before, again or earlier (of another definition, or without a figure)."""

    measurement: Measurement
    part: str

    @property
    def name(self) -> str:
        return (
            _("Before")
            if self.part == "before"
            else _("Measured again")
            if self.part == "again"
            else _("Measured")
        )

    @property
    def said(self) -> str:
        return said_of(self.measurement)

    @property
    def why_hidden(self) -> str:
        return why_hidden(self.measurement.reason)


@dataclass(frozen=True)
class Standing:
    """A team's page. `before` is the first figure of the definition that holds now; None until there is one."""

    team: Team
    rows: list[Row]
    open: Measurement | None
    before: Measurement | None
    expectation: Expectation | None

    @property
    def again(self) -> list[Row]:
        return [row for row in self.rows if row.part == "again"]

    @property
    def newest(self) -> Measurement | None:
        return self.rows[-1].measurement if self.rows else None

    @property
    def work(self) -> str:
        """The definition that holds now."""
        current = self.open or self.newest
        return current.work if current else ""

    @property
    def chart(self) -> Chart | None:
        return chart_of(_lines(self))


def standing_of(team: Team) -> Standing:
    """Six queries at most, however often the team was measured."""
    found = list(team.core_time.filter(called_off_at=None).order_by("-starts_on", "-begun_at")[:MOST_SHOWN])[
        ::-1
    ]
    for measurement in found:
        measurement.team = team
    open_one = next((one for one in found if one.is_open), None)
    published = [one for one in found if not one.is_open]
    current = published[-1].work if published else ""
    before = next((one for one in published if one.work == current and one.has_figure), None)
    rows = [Row(one, _part(one, before)) for one in published]
    return Standing(team, rows, open_one, before, expected(before) if before else None)


def _part(measurement: Measurement, before: Measurement | None) -> str:
    if before is None or measurement.starts_on < before.starts_on:
        return "earlier"
    return "before" if measurement.pk == before.pk else "again"


def said_of(measurement: Measurement) -> str:
    """“25 %”, “at most 20 %”; empty where nothing is shown."""
    return str(Share(measurement.low, measurement.high)) if measurement.has_figure else ""


def why_hidden(reason: str) -> str:
    if reason == Reason.SMALL:
        return _("too few answered")
    if reason == Reason.PAGE:
        return _("the company is too small for figures")
    return _("hidden, to be safe") if reason else ""


def rounded(value: float) -> Decimal:
    """Whole percents: what is expected is not known more exactly."""
    return Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)


def said_expected(share: Range) -> str:
    """“29 %”, or “28 % to 31 %” where the ends differ."""
    low, high = rounded(share.low), rounded(share.high)
    if low == high:
        return percent_words(low)
    return _("%(low)s to %(high)s") % {"low": percent_words(low), "high": percent_words(high)}


def finding_of(standing: Standing) -> str:
    """What the chart says, in a sentence; empty where there is nothing to compare yet."""
    again = next((row.said for row in reversed(standing.again) if row.measurement.has_figure), "")
    hoped = said_expected(standing.expectation.share) if standing.expectation else ""
    if standing.before is None or not (again or hoped):
        return ""
    said = {"before": said_of(standing.before), "again": again, "expected": hoped}
    if not again:
        return (
            _("Before it was %(before)s; with what was freed since, %(expected)s is to be expected.") % said
        )
    if not hoped:
        return _("Before it was %(before)s, now it is %(again)s.") % said
    return _("Before it was %(before)s, now it is %(again)s; %(expected)s was to be expected.") % said


def day_words(day: date) -> str:
    return date_format(day, pgettext("date format", "j F Y"))


def _lines(standing: Standing) -> list[Line]:
    lines = []
    for row in standing.rows:
        one = row.measurement
        if row.part == "earlier" or not one.has_figure:
            continue
        low, high = float(one.low), float(one.high)
        words = f"{row.name}, {day_words(one.ends_on)}"
        lines.append(Line(words, row.said, low, (low + high) / 2, high))
        if row.part == "before" and standing.expectation:
            share = standing.expectation.share
            lines.append(
                Line(_("Expected"), said_expected(share), share.low, share.mid, share.high, is_expected=True)
            )
    return lines


@dataclass(frozen=True)
class Beginning:
    """Whether this person may begin a measurement now; `why_not` in a sentence where nobody may."""

    is_member: bool
    why_not: str
    starts_on: date | None

    @property
    def can_begin(self) -> bool:
        return self.is_member and not self.why_not


def beginning_of(team: Team, user: User, now: datetime) -> Beginning:
    if not actions.may_act(user, team):
        return Beginning(False, "", None)
    why_not = actions.too_small(team) or actions.too_soon(team, now)
    return Beginning(True, why_not, None if why_not else actions.earliest_start(team, now))
