"""Whether the hour is held: who attended at least one in a week."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="attendance",  # the hours know it as `facts.REPORT`
    kind=Kind.SHARE,
    title=_("Attendance of the DEAL hour"),
    definition=_(
        "People who checked in to at least one DEAL hour that began in the week, divided by the people who belonged "
        "to the group at the end of the week. Cancelled hours do not count. Holidays and illness are not known here "
        "and not taken out."
    ),
    heading=_("Attended"),
    newest=_("At %(entity)s, %(figure)s attended a DEAL hour in the week of %(week)s."),
    more=_(
        "At %(entity)s, %(figure)s attended a DEAL hour in the week of %(week)s: %(points)s percentage points "
        "more than in the weeks before."
    ),
    less=_(
        "At %(entity)s, %(figure)s attended a DEAL hour in the week of %(week)s: %(points)s percentage points "
        "less than in the weeks before."
    ),
    same=_("At %(entity)s, %(figure)s attended a DEAL hour in the week of %(week)s, as in the weeks before."),
    first_site=_(
        "Of the sites shown by name at %(entity)s, %(unit)s had the highest attendance: %(figure)s a week."
    ),
    first_team=_(
        "Of the teams shown by name at %(entity)s, %(unit)s had the highest attendance: %(figure)s a week."
    ),
)
