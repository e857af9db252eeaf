"""Whether pilots end: scaled, stopped, or past the day on which they were to be decided."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="pilots",
    title=_("Pilots decided"),
    question=_("Do pilots come to an end?"),
    definition=_(
        "Pilots that were decided in the week, how many of them were scaled and how many stopped, and those that "
        "were past their decision day when the week ended and still ran. Each counts once, in the group of its "
        "owner; a pilot without an owner counts in no group and stands on the list of pilots. A stopped pilot is a "
        "result like any other: somebody looked."
    ),
    formula=_(
        "decided = scaled + stopped; past their day = running at the week's end, decision day before it"
    ),
    measures=(
        Measure("pilots-decided", Kind.SUM, _("Decided")),
        Measure("pilots-scaled", Kind.SUM, _("Scaled")),
        Measure("pilots-stopped", Kind.SUM, _("Stopped")),
        Measure("pilots-overdue", Kind.SUM, _("Past their day"), is_rolling=True),
    ),
    newest=_("Pilots decided at %(entity)s in this period: %(figure)s."),
    none=_("No pilot of %(entity)s was decided in this period."),
    none_shown=_("The figures shown here include no decided pilot of %(entity)s."),
    synonyms=(
        "pilot, pilots, scaled, stopped, overdue, decided pilots, past their day, pilotprojekt, pilotprojekte, "
        "piloten, skaliert, gestoppt, überfällig, überfällige"
    ),
)
