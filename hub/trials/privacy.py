"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="trials.Trial",
        person="started_by",
        fields=(
            "tip",
            "design",
            "weeks",
            "status",
            "salt",
            "started_by",
            "created_at",
            "starts_at",
            "ends_at",
            "withheld_until",
            "ended_at",
        ),
        what=_("Trials of tips that you started"),
        purpose=_("So that somebody can be asked about a trial."),
        retention=_("As long as the result is kept."),
        readers=_("Content owners, HR and works council."),
        export="none",
        erase="unlink",
    ),
    Declaration(
        model="trials.TrialAssignment",
        person="user",
        fields=("trial", "user", "arm", "assigned_at"),
        what=_("Whether a trial holds a tip back from you"),
        purpose=_("To compare two groups drawn by chance; only the numbers of both are kept."),
        retention=_("Until the trial is over, twelve weeks at most."),
        kept_days=84,
        dated_by="assigned_at",
        readers=_("Only you; others see numbers of groups only."),
    ),
]
