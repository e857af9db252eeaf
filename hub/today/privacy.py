"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="today.PathSetAside",
        person="user",
        fields=("set_aside_at",),
        what=_("That you set the newcomers' path aside"),
        purpose=_("So that it stays away."),
        retention=_("One year."),
        kept_days=365,
        dated_by="set_aside_at",
        readers=_("Only you."),
    ),
    Declaration(
        model="today.LabTried",
        person="user",
        fields=("user", "template", "tried_at"),
        what=_("Lab tasks that you tried alone"),
        purpose=_("So that the newcomers' path knows what is done."),
        retention=_("One year."),
        kept_days=365,
        dated_by="tried_at",
        readers=_("Only you."),
    ),
]
