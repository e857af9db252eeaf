"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="points.PointEntry",
        person="subject_key",
        fields=("subject_key", "rule", "source_key", "points", "earned_at", "reverses"),
        what=_("Points, under an opaque key"),
        purpose=_("To show you what you have done, and team figures."),
        retention=_("Sums stay; your key's link to you ends when you are erased."),
        readers=_("Only you."),
        erase="keep",
    ),
    Declaration(
        model="points.BadgeAward",
        person="subject_key",
        fields=("subject_key", "badge", "earned_at"),
        what=_("Badges, under an opaque key"),
        purpose=_("So that you see what you have reached."),
        retention=_("Your key's link to you ends when you are erased."),
        readers=_("Only you."),
        erase="keep",
    ),
]
