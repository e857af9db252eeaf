"""How deep it goes: from a seat to a changed process."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report, Shape
from hub.disclosure.figures import Kind

REPORT = Report(
    name="ladder",
    title=_("How deep it goes"),
    question=_("How far do people get?"),
    definition=_(
        "Four rungs, each a share of the people of the group: has a seat or may use the hub; did something "
        "with AI on purpose in the last twelve weeks; made it a habit (nine of twelve weeks, or all of the "
        "last four); had a process step confirmed as eliminated in a revealed bet of the last 52 weeks."
    ),
    formula=_("people on the rung ÷ people of the group, rung by rung"),
    measures=(
        Measure("ladder-licence", Kind.SHARE, _("May use it"), is_rolling=True),
        Measure("ladder-tried", Kind.SHARE, _("Tried it"), is_rolling=True),
        Measure("ladder-habit", Kind.SHARE, _("Habit"), is_rolling=True),
        Measure("ladder-process", Kind.SHARE, _("A process changed"), is_rolling=True),
    ),
    newest=_("At %(entity)s, %(figure)s tried AI in the twelve weeks up to the week of %(week)s."),
    shape=Shape.STEPS,
    lead=1,
    cuts=("week", "site", "family"),
    synonyms=(
        "ladder, depth, deep, maturity, stage, stages, how far, leiter, tiefe, tief, reife, stufe, stufen, "
        "wie weit"
    ),
)
