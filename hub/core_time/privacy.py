"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="core_time.Mark",
        person="user",
        fields=("measurement", "user", "day"),
        what=_("On which days you are done with the question about your team's core time, answered or not"),
        purpose=_("So that nobody is asked twice or counted twice."),
        retention=_("Until the measurement is over."),
        readers=_("Only you. What you answered is kept in no row of yours."),
    ),
    Declaration(
        model="core_time.Voice",
        person="user",
        fields=("measurement", "user"),
        what=_("That you answered the question about your team's core time at least once, not when nor what"),
        purpose=_("So that a figure is shown only where enough different people answered."),
        retention=_("Until the measurement is over."),
        readers=_("Only you."),
    ),
]
