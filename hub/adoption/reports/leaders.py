"""Leaders who show that they take part: named facts with their consent, counted."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="leaders",
    title=_("Leaders in the hour"),
    question=_("Are leaders in the hour?"),
    definition=_(
        "DEAL hours of the week in which leaders who agreed to show their attendance took part, one for each "
        "leader and hour. Who has not agreed is not counted; by name they stand on a page that everybody sees."
    ),
    formula=_("sum of hours attended by leaders who opted in"),
    measures=(Measure("leader-hours", Kind.SUM, _("Hours with a leader")),),
    newest=_("Hours attended by leaders at %(entity)s in this period: %(figure)s."),
    none=_("No leader of %(entity)s who shows it took part in this period."),
    none_shown=_("The figures shown here include no leader's hour at %(entity)s."),
    cuts=("week",),
    synonyms=(
        "leader, leaders, executive, executives, manager, managers, boss, bosses, führungskraft, "
        "führungskräfte, chef, chefs, leitung, vorstand"
    ),
)
