"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="disclosure.WeekMembership",
        person="subject_key",
        fields=("monday", "subject_key", "team_id", "site_id", "entity_id", "family_id", "cohort"),
        what=_(
            "Which team, site, company and job family you belonged to in a week, and the month of your first activity, "
            "under an opaque key"
        ),
        purpose=_(
            "So that figures about groups stay right when people move, and never show fewer than ten people."
        ),
        retention=_("Two years, or until you are erased; published figures stay."),
        kept_days=2 * 365,
        dated_by="monday",
        readers=_("Nobody; figures about groups are made from it."),
    ),
    Declaration(
        model="disclosure.RulesProposal",
        person="actor_key",
        fields=(
            "entity",
            "minimum_group",
            "minimum_page",
            "reports",
            "words",
            "side",
            "actor_key",
            "proposed_at",
        ),
        what=_("Rules for reports that you proposed for HR or the works council, under an opaque key"),
        purpose=_("So that everybody can check who agreed to what."),
        retention=_("For good, as part of what was agreed; your key's link to you ends when you are erased."),
        readers=_("HR and works council of the company."),
        erase="keep",
    ),
    Declaration(
        model="disclosure.RulesAnswer",
        person="actor_key",
        fields=("proposal", "answer", "side", "actor_key", "at", "words"),
        what=_("Your answers to proposed rules for reports, under an opaque key"),
        purpose=_("So that everybody can check who agreed to what."),
        retention=_("For good, as part of what was agreed; your key's link to you ends when you are erased."),
        readers=_("HR and works council of the company."),
        erase="keep",
    ),
]
