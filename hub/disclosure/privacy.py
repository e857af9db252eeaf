"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="disclosure.WeekMembership",
        person="subject_key",
        fields=("monday", "subject_key", "team_id", "site_id", "entity_id"),
        what=_("Which team, site and company you belonged to in a week, under an opaque key"),
        purpose=_(
            "So that figures about groups stay right when people move, and never show fewer than ten people."
        ),
        retention=_("Two years, or until you are erased; published figures stay."),
        kept_days=2 * 365,
        dated_by="monday",
        readers=_("Nobody; figures about groups are made from it."),
    ),
]
