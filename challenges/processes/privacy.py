"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="processes.Process",
        person="owner",
        fields=(
            "title",
            "language",
            "owner",
            "deputy",
            "audience",
            "site",
            "variant_of",
            "origin",
            "bpmn",
            "has_drawing",
            "is_baseline",
            "handoff_count",
            "decision_count",
            "cases_per_week",
            "notes",
            "content_sha256",
            "created_at",
            "changed_at",
        ),
        what=_("Processes you own"),
        purpose=_("To see their steps and to work on them."),
        retention=_("Until you delete them."),
        readers=_("Only you, or everybody if you share them."),
        erase="unlink",
    ),
    Declaration(
        model="processes.Lane",
        person="person",
        fields=("process", "name", "performers", "person", "has_consent", "answered_at"),
        what=_("Work that somebody says you do alone, and whether its times may be shown"),
        purpose=_("So that nobody but you decides whether your times are shown."),
        retention=_("Until the owner of the process names nobody or somebody else, or deletes it."),
        readers=_(
            "You and the owner of the process; the times themselves whoever sees the process, if you agree."
        ),
        erase="unlink",
    ),
    Declaration(
        model="processes.Comparison",
        person="owner",
        fields=("owner", "before", "after", "went", "confirmed_at", "created_at"),
        what=_("Processes you compared, and where you say each step went"),
        purpose=_("To see what became of each step."),
        retention=_("Until you delete them."),
        readers=_("Only you."),
    ),
]
