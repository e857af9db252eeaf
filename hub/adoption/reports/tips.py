"""Whether tips become deeds: shown, tried, kept, by people's own word."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report, Shape
from hub.disclosure.figures import Kind

REPORT = Report(
    name="tips",
    title=_("Tips"),
    question=_("Do tips become deeds?"),
    definition=_(
        "People to whom a tip was shown in the week, who marked one as tried, and who said two weeks later "
        "that they still use it, each divided by the people of the group. Tried and kept are what people say "
        "of themselves, and saying it is voluntary."
    ),
    formula=_("people with at least one in the week ÷ people of the group"),
    measures=(
        Measure("tips-shown", Kind.SHARE, _("Saw a tip")),
        Measure("tips-tried", Kind.SHARE, _("Tried a tip")),
        Measure("tips-kept", Kind.SHARE, _("Still use it")),
    ),
    newest=_("At %(entity)s, %(figure)s tried a tip in the week of %(week)s."),
    shape=Shape.STEPS,
    lead=1,
    synonyms="tip, tips, nudge, nudges, advice, tipp, tipps, hinweis, hinweise, anstoß, anstöße",
)
