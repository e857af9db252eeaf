"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="nudges.Tip",
        person="author",
        fields=(
            "key",
            "is_active",
            "tool",
            "minutes",
            "link",
            "area",
            "roles",
            "moments",
            "pages",
            "saves_minutes",
            "system",
            "author",
            "valid_from",
            "valid_until",
            "review_on",
            "created_at",
            "changed_at",
        ),
        what=_("Tips you wrote"),
        purpose=_("So that somebody can be asked about a tip."),
        retention=_("As long as the tip is in use."),
        readers=_("Everybody."),
        erase="unlink",
    ),
    Declaration(
        model="nudges.Nudge",
        person="user",
        fields=(
            "user",
            "tip",
            "shown_on",
            "shown_at",
            "source",
            "reason",
            "propensity",
            "response",
            "responded_at",
            "kept",
            "kept_at",
            "is_recalled",
        ),
        what=_("Tips shown to you, what you answered, and whether you still use what you tried"),
        purpose=_(
            "So that no tip comes again too soon; as numbers of groups, how many are tried and which come more often."
        ),
        retention=_("Twelve weeks."),
        kept_days=84,
        dated_by="shown_at",
        readers=_("Only you; others see numbers of groups only."),
    ),
    Declaration(
        model="nudges.Dismissal",
        person="user",
        fields=("user", "tip", "dismissed_at"),
        what=_("Tips that are not for you"),
        purpose=_("So that they never come again."),
        retention=_("Until you take it back, or until the tip is out of use."),
        readers=_("Only you."),
    ),
    Declaration(
        model="nudges.Favourite",
        person="user",
        fields=("user", "tip", "added_at"),
        what=_("Tips among your favourites"),
        purpose=_("So that you find them again."),
        retention=_("Until you take it back, or until the tip has been out of use for twelve weeks."),
        readers=_("Only you."),
    ),
]
