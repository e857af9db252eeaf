"""What the bets freed: confirmed steps, counted when their bet is revealed and never before."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="steps-eliminated",
    kind=Kind.SUM,
    title=_("Steps eliminated"),
    definition=_(
        "Process steps that a referee confirmed as eliminated, counted in the week in which their bet was revealed "
        "and in the group of whoever claimed them. Bets that are still sealed do not count."
    ),
    heading=_("Steps"),
    newest=_("Steps eliminated at %(entity)s in this period: %(figure)s."),
    none=_("No eliminated step of %(entity)s was revealed in this period."),
    none_shown=_("The figures shown here include no eliminated step of %(entity)s."),
    first_site=_("Of the sites shown by name at %(entity)s, %(unit)s eliminated the most steps: %(figure)s."),
    first_team=_("Of the teams shown by name at %(entity)s, %(unit)s eliminated the most steps: %(figure)s."),
)
