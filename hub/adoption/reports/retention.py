"""Who stays: people by the month in which they began."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report, Shape
from hub.disclosure.figures import Kind

REPORT = Report(
    name="retention",
    title=_("Those who stay"),
    question=_("Do people stay?"),
    definition=_(
        "Of the people who were active for the first time in one month, the share that was active in a later "
        "week. Months in which fewer than ten began stand together. Whoever left the company counts neither "
        "above nor below the line."
    ),
    formula=_("R(c, w) = people of cohort c active in week w ÷ people of cohort c"),
    measures=(Measure("retained", Kind.SHARE, _("Still active")),),
    newest=_("Of those at %(entity)s who began in %(unit)s, %(figure)s were active in the week of %(week)s."),
    shape=Shape.HEAT,
    cuts=("cohort",),
    synonyms=(
        "retention, retained, stay, stays, staying, cohort, cohorts, drop out, dropped out, come back, "
        "dabeibleiben, bleiben, bleibt, kohorte, kohorten, abgesprungen, springen ab, kommen wieder"
    ),
)
