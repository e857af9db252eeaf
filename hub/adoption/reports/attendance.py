"""Whether the hour is held: who attended at least one in a week."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="attendance",
    title=_("Attendance of the DEAL hour"),
    question=_("Is the hour held?"),
    definition=_(
        "People who checked in to at least one DEAL hour that began in the week, divided by the people who "
        "belonged to the group at the end of the week. Cancelled hours do not count. Holidays and illness are "
        "not known here and not taken out."
    ),
    formula=_("people with at least one check-in ÷ people of the group"),
    measures=(Measure("attendance", Kind.SHARE, _("Attended")),),
    newest=_("At %(entity)s, %(figure)s attended a DEAL hour in the week of %(week)s."),
    synonyms=(
        "attend, attended, attendance, ?hour, deal, deal hour, check-in, checked in, session, held, hold, "
        "teilnahme, teilgenommen, ?stunde, deal-stunde, eingecheckt, anwesend, anwesenheit, findet statt, "
        "gehalten"
    ),
)
