"""Whether the hour is used to try something: who did at least one of its lab tasks, by their own word."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="lab-tasks",
    title=_("Lab tasks done"),
    question=_("Is the hour used to try something?"),
    definition=_(
        "People who marked at least one lab task of a DEAL hour that began in the week as done in that week, "
        "divided by the people who belonged to the group at the end of the week. It is what people say of "
        "themselves, and saying it is voluntary."
    ),
    formula=_("people with at least one task done ÷ people of the group"),
    measures=(Measure("lab-tasks", Kind.SHARE, _("Did a task")),),
    newest=_("At %(entity)s, %(figure)s did a lab task in the week of %(week)s."),
    synonyms=(
        "lab, labs, task, tasks, exercise, exercises, tried in the hour, labor, aufgabe, aufgaben, "
        "laboraufgabe, laboraufgaben, übung, übungen"
    ),
)
