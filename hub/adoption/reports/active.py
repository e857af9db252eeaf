"""Who uses AI on purpose: in a week, and in four."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="active",
    title=_("Active use"),
    question=_("How many use AI?"),
    definition=_(
        "People who did something with AI on purpose, here (a lab task, a quiz, cards, a question to a "
        "notebook, a tip, a claim) or in an imported tool, in the last 28 days and in the week, divided by the "
        "people of the group. Attending alone does not count."
    ),
    formula=_("people with at least one action in 28 days ÷ people of the group"),
    measures=(
        Measure("active-28d", Kind.SHARE, _("In 28 days"), is_rolling=True),
        Measure("active-week", Kind.SHARE, _("In the week")),
    ),
    newest=_("At %(entity)s, %(figure)s used AI on purpose in the 28 days up to the week of %(week)s."),
    synonyms=(
        "active, activity, ?use, ?used, usage, ?uses, ?using, ?users, active rate, copilot, nutzung, ?nutzen, "
        "?nutzt, ?genutzt, aktiv, aktive, verwenden, einsatz, stockt, stalls, lag, lags"
    ),
)
