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
        model="sealed.HoursDecision",
        person="actor_key",
        fields=("challenge", "claim_key", "actor_key", "saved_minutes", "decided_at"),
        what=_("Hours you decided as a controller, under an opaque key"),
        purpose=_("So that it can be checked who decided what."),
        retention=_("As long as the audit."),
        readers=_("Nobody before the reveal; then whoever may read the audit."),
        erase="keep",
    ),
    Declaration(
        model="sealed.SecondLook",
        person="actor_key",
        fields=("challenge", "claim_key", "actor_key", "agrees", "looked_at"),
        what=_("Claims you looked at a second time as a referee, under an opaque key"),
        purpose=_("So that it can be checked who decided what."),
        retention=_("As long as the audit."),
        readers=_("Nobody before the reveal; then whoever may read the audit."),
        erase="keep",
    ),
    Declaration(
        model="sealed.Conflict",
        person="referee",
        fields=("entry", "referee", "declared_at"),
        what=_("Contestants with whom you declared a conflict of interest"),
        purpose=_("So that another referee decides there."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("You."),
    ),
    Declaration(
        model="sealed.SealBreak",
        person="asked_by",
        fields=(
            "challenge",
            "reason",
            "asked_by",
            "asked_at",
            "agreed_by",
            "agreed_at",
            "refused_by",
            "refused_at",
            "refusal",
        ),
        what=_("Seals you asked to break, agreed to break, or refused to"),
        purpose=_("So that everybody knows who looked, and why."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_(
            "Everybody, once the seal was broken; before that, and if it was refused, whoever may break it."
        ),
        erase="unlink",
    ),
    Declaration(
        model="sealed.Opening",
        person="asked_by",
        fields=("challenge", "asked_by", "asked_at", "is_done", "attempts", "leased_until", "lease_token"),
        what=_("Large bets that you revealed"),
        purpose=_("So that a worker opens them."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("Nobody."),
        erase="unlink",
    ),
    Declaration(
        model="sealed.SealedStanding",
        person="entry__contestant",
        fields=("entry", "net"),
        what=_("How many steps of yours are verified, while the bet runs"),
        purpose=_("To know who won at the reveal."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("The referees of the bet."),
    ),
]
