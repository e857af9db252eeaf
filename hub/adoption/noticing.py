"""What is worth a look: patterns in published figures, offered to HR as a sentence with the report behind it.

Only groups with a name of their own and only what the gate released. Nobody is called last; a group that falls is named
because somebody can ask there what is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, DecimalField, F, Max, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.adoption import words
from hub.adoption.menu import Selection
from hub.adoption.reading import Scope
from hub.adoption.units import KINDS
from hub.disclosure.models import Release, ReleasedCell
from hub.trials.effect import Verdict
from hub.trials.models import Trial
from hub.trials.results import Result

SHOWN = 5
RUNNING_WEEKS = 4  # the newest and the three before it
FALL = Decimal(10)  # percentage points over these weeks
RISE = Decimal(15)
IN_VAIN = Decimal(10)  # percent of everybody
RECENT_TRIAL = timedelta(weeks=8)
MIDDLE = (F("low") + F("high")) / 2


@dataclass(frozen=True)
class Suggestion:
    """`report` and `selection` lead to the figures; `path` to a page of its own where it is not a report."""

    sentence: str
    report: str = ""
    selection: Selection | None = None
    path: str = ""


def suggestions(scope: Scope) -> list[Suggestion]:
    found = [one for look in LOOKS for one in look(scope)]
    return found[:SHOWN]


def _series(scope: Scope, measure: str) -> tuple[list[date], QuerySet]:
    """The newest weeks in a row, newest first, and each named group's figures in them as w0, w1 and so on."""
    released = Release.objects.filter(report=measure).order_by("-week__monday")
    newest = list(released.values_list("pk", "week_id", "week__monday")[:RUNNING_WEEKS])
    mondays = [monday for _release, _week, monday in newest]
    is_in_a_row = len(mondays) == RUNNING_WEEKS and mondays[0] - mondays[-1] == timedelta(
        weeks=RUNNING_WEEKS - 1
    )
    cells = ReleasedCell.objects.filter(
        release__in=[release for release, _week, _monday in newest],
        group__week__in=[week for _release, week, _monday in newest],
        group__part__in=list(KINDS), group__entity_id__in=scope, group__unit_id__isnull=False,
    )  # fmt: skip
    by_week = {
        f"w{number}": Max(
            Case(When(release=release, then=MIDDLE)),
            output_field=DecimalField(max_digits=12, decimal_places=2),
        )
        for number, (release, _week, _monday) in enumerate(newest)
    }
    rows = cells.values("group__entity_name", "group__part", "group__unit_id").order_by()
    return mondays, rows.annotate(name=Max("group__unit_name"), **by_week) if is_in_a_row else rows.none()


def _of(row: dict) -> Selection:
    return Selection("week", 12, f"{KINDS[row['group__part']]}-{row['group__unit_id']}")


def _points(value: Decimal) -> str:
    return words.number(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def falling_attendance(scope: Scope) -> Iterator[Suggestion]:
    """A named group whose attendance fell three weeks running."""
    mondays, rows = _series(scope, "attendance")
    if len(mondays) < RUNNING_WEEKS:
        return
    fell = rows.filter(w0__lt=F("w1"), w1__lt=F("w2"), w2__lt=F("w3"), w0__lte=F("w3") - FALL)
    for row in fell.order_by(F("w0") - F("w3"))[:SHOWN]:
        sentence = _(
            "%(unit)s: attendance fell three weeks running, by %(points)s points. Worth asking what is in the way."
        )
        facts = {"unit": row["name"], "points": _points(row["w3"] - row["w0"])}
        yield Suggestion(sentence % facts, "attendance", _of(row))


def works(scope: Scope) -> Iterator[Suggestion]:
    """A tip of which a trial that ended lately showed that it works."""
    newest = Release.objects.order_by("-week__monday").values_list("week__monday", flat=True).first()
    if newest is None:
        return
    ended = Trial.objects.with_words().filter(
        status=Trial.Status.ENDED, ended_at__date__gte=newest - RECENT_TRIAL
    )
    for trial in ended:
        if Result(trial).verdict == Verdict.WORKS:
            sentence = _("The tip “%(tip)s” works: a trial showed it. Worth bringing to everybody.")
            yield Suggestion(
                sentence % {"tip": trial.tip.text.title}, path=reverse("trials:detail", args=[trial.pk])
            )


def rising_use(scope: Scope) -> Iterator[Suggestion]:
    """A named group in which active use rose."""
    mondays, rows = _series(scope, "active-week")
    if len(mondays) < RUNNING_WEEKS:
        return
    rose = rows.filter(w0__gte=F("w3") + RISE, w1__lte=F("w0"), w1__gte=F("w2"))
    for row in rose.order_by(F("w3") - F("w0"))[:2]:
        sentence = _("%(unit)s: active use rose by %(points)s points in four weeks. Worth asking how.")
        yield Suggestion(
            sentence % {"unit": row["name"], "points": _points(row["w0"] - row["w3"])}, "active", _of(row)
        )


def asked_in_vain(scope: Scope) -> Iterator[Suggestion]:
    """Many questions that the material could not answer."""
    newest = Release.objects.filter(report="questions-refused").order_by("-week__monday").first()
    cells = ReleasedCell.objects.filter(release=newest, group__part="total", group__entity_id__in=scope)
    for entity, low in cells.filter(low__gte=IN_VAIN).values_list("group__entity_name", "low"):
        sentence = _(
            "%(entity)s: at least %(share)s asked a notebook that had no answer. The material has gaps."
        )
        yield Suggestion(sentence % {"entity": entity, "share": words.percent(low)}, "learning", Selection())


def overdue_pilots(scope: Scope) -> Iterator[Suggestion]:
    """A company with pilots that nobody decided in time. Which they are, the list of pilots says to everybody."""
    newest = Release.objects.filter(report="pilots-overdue").order_by("-week__monday").values("pk")[:1]
    cells = ReleasedCell.objects.filter(release__in=newest, group__part="total", group__entity_id__in=scope)
    for entity, late in cells.filter(low__gt=0).values_list("group__entity_name", "low"):
        sentence = ngettext(
            "%(entity)s: %(n)s pilot is past its decision day. Worth asking what is missing.",
            "%(entity)s: %(n)s pilots are past their decision day. Worth asking what is missing.",
            int(late),
        )
        yield Suggestion(sentence % {"entity": entity, "n": words.number(late)}, path=reverse("pilots:list"))


LOOKS: tuple[Callable[[Scope], Iterator[Suggestion]], ...] = (
    falling_attendance,
    overdue_pilots,
    works,
    asked_in_vain,
    rising_use,
)
