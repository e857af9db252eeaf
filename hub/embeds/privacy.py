"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="embeds.EmbedKey",
        person="user",
        fields=("user", "key", "made_at"),
        what=_("That you connected pages of your work with the hub"),
        purpose=_("So that your answers to tips on those pages count as yours. Which pages, is not kept."),
        retention=_("Until you disconnect."),
        readers=_("Only you."),
    ),
]
