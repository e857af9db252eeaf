"""Whether tips become deeds: who tried at least one in a week, by their own word."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="tips-tried",
    kind=Kind.SHARE,
    title=_("Tips tried"),
    definition=_(
        "People who marked at least one tip as tried in the week, divided by the people who belonged to the group at "
        "the end of the week. It is what people say of themselves, and saying it is voluntary."
    ),
    heading=_("Tried a tip"),
    newest=_("At %(entity)s, %(figure)s tried a tip in the week of %(week)s."),
    more=_(
        "At %(entity)s, %(figure)s tried a tip in the week of %(week)s: %(points)s percentage points more than in the "
        "weeks before."
    ),
    less=_(
        "At %(entity)s, %(figure)s tried a tip in the week of %(week)s: %(points)s percentage points less than in the "
        "weeks before."
    ),
    same=_("At %(entity)s, %(figure)s tried a tip in the week of %(week)s, as in the weeks before."),
    first_site=_(
        "Of the sites shown by name at %(entity)s, %(unit)s had the largest share of people who tried a tip: "
        "%(figure)s a week."
    ),
    first_team=_(
        "Of the teams shown by name at %(entity)s, %(unit)s had the largest share of people who tried a tip: "
        "%(figure)s a week."
    ),
)
