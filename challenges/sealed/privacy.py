"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="sealed.Decision",
        person="actor_key",
        fields=("challenge", "claim_key", "actor_key", "is_confirmed", "decided_at"),
        what=_("Claims you decided as a referee, under an opaque key"),
        purpose=_("So that it can be checked who decided what."),
        retention=_("As long as the audit."),
        readers=_("Nobody before the reveal; then whoever may read the audit."),
        erase="keep",
    ),
    Declaration(
        model="sealed.Look",
        person="actor_key",
        fields=("challenge", "actor_key", "looked_at"),
        what=_("When you looked behind a seal as a referee, under an opaque key"),
        purpose=_("So that nobody looks unnoticed."),
        retention=_("As long as the audit."),
        readers=_("Nobody before the reveal; then whoever may read the audit."),
        erase="keep",
    ),
    Declaration(
        model="sealed.SealedStanding",
        person="entry__contestant",
        fields=("entry", "confirmed"),
        what=_("How many of your claims are confirmed, while the bet runs"),
        purpose=_("To know who won at the reveal."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("The referees of the bet."),
    ),
]
