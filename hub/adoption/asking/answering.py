"""An answer of the question box: a report with its cut, a refusal, or the reports that there are."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.asking.choosing import chosen_by_model
from hub.adoption.asking.matching import reports_meant
from hub.adoption.asking.refusing import SENTENCES, Topic, refused_topic
from hub.adoption.asking.slots import Slots, cut_for, slots_of
from hub.adoption.menu import WINDOWS, Selection
from hub.adoption.reading import Scope, Table, read
from hub.adoption.report import Report
from hub.adoption.reports import REPORTS
from hub.adoption.units import Unit, unit_of
from hub.refusals import Refusal

LONGEST = 300  # characters of a question
SUGGESTED = 3


class Outcome(StrEnum):
    ANSWERED = "answered"
    UNCLEAR = "unclear"  # several reports fit alike
    UNKNOWN = "unknown"  # no report fits
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """`table` where a report answers; otherwise `sentence` says why not, and `reports` what can be asked."""

    outcome: Outcome
    sentence: str = ""
    table: Table | None = None
    unit: Unit | None = None
    notes: tuple[str, ...] = ()
    reports: tuple[Report, ...] = field(default_factory=lambda: tuple(REPORTS.values()))


def asked(question: object) -> str:
    """The question as text. Raises Refusal (422) for none and for one that is too long."""
    text = question.replace("\0", "").strip() if isinstance(question, str) else ""
    if not text:
        raise Refusal("no_question", _("Ask something, such as “Which sites hold the hour?”."))
    if len(text) > LONGEST:
        raise Refusal("long_question", _("A question may have %(n)s characters.") % {"n": LONGEST})
    return text


def answer(scope: Scope, question: str) -> Answer:
    """What the reports say to it. Raises Refusal (422) for a question that is none."""
    question = asked(question)
    if topic := refused_topic(question):
        reports = [REPORTS["bets"]] if topic in (Topic.SEALED, Topic.MONEY) else list(REPORTS.values())
        return Answer(Outcome.REFUSED, str(SENTENCES[topic]), reports=tuple(reports))
    slots = slots_of(question, scope)
    if choice := chosen_by_model(question):
        report, selection = choice
        return _answered(scope, report, slots, selection)
    meant = reports_meant(question)
    if not meant:
        return Answer(Outcome.UNKNOWN, _("No report answers this. These are the reports:"))
    if len(meant) > 1:
        return Answer(
            Outcome.UNCLEAR,
            _("Several reports fit. Which one do you mean?"),
            reports=tuple(meant[:SUGGESTED]),
        )
    return _answered(scope, meant[0], slots, None)


def _answered(scope: Scope, report: Report, slots: Slots, chosen: Selection | None) -> Answer:
    by, of = cut_for(report, slots)
    window = slots.window or WINDOWS[-1]
    if chosen and not slots.by and not of:
        by, window = chosen.by, slots.window or chosen.window
    selection = Selection(by, window, of)
    unit = unit_of(scope, selection)
    if slots.unit and of and unit is None:
        sentence = _("There is no figure about %(unit)s that may be shown.") % {"unit": slots.unit.name}
        return Answer(Outcome.REFUSED, sentence, reports=(report,))
    notes = []
    if slots.by and slots.by != by:
        notes.append(_("This report is not shown by %(by)s.") % {"by": words.BY[slots.by]})
    if slots.unit and not of:
        notes.append(_("This report is not shown for %(unit)s alone.") % {"unit": slots.unit.name})
    others = tuple(other for other in REPORTS.values() if other is not report)
    return Answer(Outcome.ANSWERED, "", read(scope, report, selection), unit, tuple(notes), others)
