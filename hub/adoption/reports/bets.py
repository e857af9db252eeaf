"""What the bets freed: confirmed steps and hours, counted when their bet is revealed and never before."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="bets",
    title=_("What the bets freed"),
    question=_("What do the bets bring?"),
    definition=_(
        "Process steps that a referee confirmed as eliminated, and the hours a year that this frees by the "
        "factors of each claim, counted in the week in which their bet was revealed and in the group of "
        "whoever claimed them. Bets that are still sealed do not count. Hours are an estimate, not measured: "
        "low, middle and high."
    ),
    formula=_("hours = Σ cases a year × minutes × 0.25 | 0.5 | 1 ÷ 60"),
    measures=(
        Measure("steps-eliminated", Kind.SUM, _("Steps")),
        Measure("hours-freed-low", Kind.SUM, _("Hours a year, low")),
        Measure("hours-freed-mid", Kind.SUM, _("Hours a year, middle")),
        Measure("hours-freed-high", Kind.SUM, _("Hours a year, high")),
    ),
    newest=_("Steps eliminated at %(entity)s in this period: %(figure)s."),
    none=_("No eliminated step of %(entity)s was revealed in this period."),
    none_shown=_("The figures shown here include no eliminated step of %(entity)s."),
    synonyms=(
        "bet, bets, challenge, challenges, step, steps, eliminated, process, processes, hours freed, freed, "
        "hours saved, save, saved, wette, wetten, schritt, schritte, gestrichen, prozess, prozesse, "
        "prozessschritte, stunden frei, freigeworden, gespart, einsparung"
    ),
)
