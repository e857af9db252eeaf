"""AI-literacy measures taken, by role."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="literacy",
    title=_("AI literacy"),
    question=_("Are measures for AI literacy taken?"),
    definition=_(
        "People who in the last twelve weeks took at least one measure that builds AI literacy: a DEAL hour, a "
        "lab task, a quiz, or an imported course that they completed; divided by the people of the group. It "
        "says that measures were offered and taken, not what anybody knows."
    ),
    formula=_("people with at least one measure in 12 weeks ÷ people of the group"),
    measures=(Measure("literacy-12w", Kind.SHARE, _("Took a measure"), is_rolling=True),),
    newest=_("At %(entity)s, %(figure)s took a measure in the twelve weeks up to the week of %(week)s."),
    cuts=("family", "week", "site", "team"),
    synonyms=(
        "literacy, training, trained, course, courses, ai act, article 4, measure, measures, kompetenz, "
        "ki-kompetenz, schulung, schulungen, geschult, kurs, kurse, maßnahme, maßnahmen, ki-verordnung, "
        "artikel 4"
    ),
)
