"""Whether the hour is used to try something: who did at least one of its lab tasks, by their own word."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="lab-tasks",  # the hours know it as `facts.LAB_REPORT`
    kind=Kind.SHARE,
    title=_("Lab tasks done"),
    definition=_(
        "People who marked at least one lab task of a DEAL hour that began in the week as done in that week, divided "
        "by the people who belonged to the group at the end of the week. It is what people say of themselves, and "
        "saying it is voluntary."
    ),
    heading=_("Did a task"),
    newest=_("At %(entity)s, %(figure)s did a lab task in the week of %(week)s."),
    more=_(
        "At %(entity)s, %(figure)s did a lab task in the week of %(week)s: %(points)s percentage points more than in "
        "the weeks before."
    ),
    less=_(
        "At %(entity)s, %(figure)s did a lab task in the week of %(week)s: %(points)s percentage points less than in "
        "the weeks before."
    ),
    same=_("At %(entity)s, %(figure)s did a lab task in the week of %(week)s, as in the weeks before."),
    first_site=_(
        "Of the sites shown by name at %(entity)s, %(unit)s had the largest share of people who did a lab task: "
        "%(figure)s a week."
    ),
    first_team=_(
        "Of the teams shown by name at %(entity)s, %(unit)s had the largest share of people who did a lab task: "
        "%(figure)s a week."
    ),
)
