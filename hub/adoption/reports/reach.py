"""Whom AI reaches at all: a seat in a tool, or something done in the hub."""

from django.utils.translation import gettext_lazy as _

from hub.adoption.report import Measure, Report
from hub.disclosure.figures import Kind

REPORT = Report(
    name="reach",
    title=_("Reach"),
    question=_("Whom does it reach?"),
    definition=_(
        "People who have a seat in the newest usage import, not older than 35 days, or who did something in "
        "the hub in the last twelve weeks, divided by the people of the group."
    ),
    formula=_("|L| ÷ |P|: people reached ÷ people of the group"),
    measures=(
        Measure("reach", Kind.SHARE, _("Reached"), is_rolling=True),
        Measure("seats", Kind.SHARE, _("With a seat"), is_rolling=True),
    ),
    newest=_("At %(entity)s, %(figure)s are reached as of the week of %(week)s."),
    synonyms=(
        "reach, reached, licence, licences, license, seat, seats, access, reichweite, erreicht, erreichen, "
        "lizenz, lizenzen, platz, plätze, zugang"
    ),
)
