"""Whether use has become a habit."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="habit",
    title=_("Habit"),
    question=_("Does it become a habit?"),
    definition=_(
        "People who were active in at least nine of the last twelve weeks, and in all of the last four, "
        "divided by the people of the group. Whoever joined less than twelve weeks ago cannot have nine of "
        "twelve yet. Nine of twelve leaves room for holidays and illness, which are not known here."
    ),
    formula=_("people active in ≥ 9 of the last 12 full weeks ÷ people of the group"),
    measures=(
        Measure("habit-9-of-12", Kind.SHARE, _("9 of 12 weeks"), is_rolling=True),
        Measure("habit-4-of-4", Kind.SHARE, _("4 of 4 weeks"), is_rolling=True),
    ),
    newest=_("At %(entity)s, AI is a habit for %(figure)s as of the week of %(week)s."),
    synonyms=(
        "habit, habits, habitual, routine, regular, regularly, every week, gewohnheit, gewohnheiten, "
        "regelmäßig, regelmässig, jede woche, dauerhaft"
    ),
)
