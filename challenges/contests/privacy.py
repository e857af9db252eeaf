"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="contests.Challenge",
        person="organiser",
        fields=(
            "title",
            "description",
            "local_date",
            "local_time",
            "time_zone",
            "closes_at",
            "organiser",
            "status",
            "revealed_at",
            "created_at",
        ),
        what=_("Bets you opened"),
        purpose=_("So that everybody knows who runs the bet."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("Everybody."),
        erase="unlink",
    ),
    Declaration(
        model="contests.Refereeing",
        person="user",
        fields=("challenge", "user"),
        what=_("Bets you are a referee of"),
        purpose=_("So that everybody knows who checks the claims."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("Everybody."),
        erase="unlink",
    ),
    Declaration(
        model="contests.Entry",
        person="contestant",
        fields=("challenge", "contestant", "process", "baseline_steps", "baseline_sha256", "entered_at"),
        what=_("Bets you take part in, and with which process"),
        purpose=_("To know who competes."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("Everybody."),
        erase="unlink",
    ),
    Declaration(
        model="contests.Claim",
        person="entry__contestant",
        fields=(
            "entry",
            "step",
            "method",
            "evidence",
            "link",
            "state",
            "reason",
            "claimed_at",
            "decided_at",
        ),
        what=_("Steps you claimed as eliminated, with your evidence"),
        purpose=_("So that a referee can confirm them."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_(
            "You, and the referees of the bet. After the reveal everybody sees which steps were confirmed."
        ),
    ),
    Declaration(
        model="contests.PublishedStanding",
        person="entry__contestant",
        fields=("challenge", "entry", "rank", "eliminated"),
        what=_("Your place in a revealed bet"),
        purpose=_("To know who won."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("Everybody, from the reveal on."),
        erase="unlink",
    ),
    Declaration(
        model="contests.PublishedElimination",
        person="entry__contestant",
        fields=("entry", "step"),
        what=_("Steps you eliminated in a revealed bet"),
        purpose=_("To show what the bet has freed."),
        retention=_("As long as the bet is of interest to the company."),
        readers=_("Everybody, from the reveal on."),
        erase="unlink",
    ),
]
