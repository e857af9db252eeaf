"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="pilots.Pilot",
        person="owner",
        fields=(
            "title",
            "hypothesis",
            "system",
            "data_class",
            "affected",
            "affected_number",
            "freed_time_goes_to",
            "jobs_affected",
            "jobs",
            "language",
            "template",
            "use_case",
            "owner",
            "team",
            "state",
            "starts_on",
            "decides_on",
            "extended_to",
            "extension_reason",
            "decision_reason",
            "decided_by",
            "decided_at",
            "challenge",
            "created_at",
        ),
        what=_("Pilots you own"),
        purpose=_("So that everybody knows who looks after a pilot and who decides it."),
        retention=_(
            "As long as the pilot is of interest to the company; without your name once you are erased."
        ),
        readers=_("Everybody, once it has started; until then only you."),
        erase="unlink",
    ),
    Declaration(
        model="pilots.CriterionAmendment",
        person="by",
        fields=(
            "criterion",
            "measure",
            "unit",
            "direction",
            "baseline",
            "threshold",
            "measured_by",
            "reason",
            "by",
            "at",
        ),
        what=_("Success criteria you changed after the start"),
        purpose=_("So that nobody moves the goal unseen."),
        retention=_(
            "As long as the pilot is of interest to the company; without your name once you are erased."
        ),
        readers=_("Everybody."),
        erase="unlink",
    ),
    Declaration(
        model="pilots.Reading",
        person="by",
        fields=("criterion", "day", "value", "note", "by", "created_at"),
        what=_("Evidence you noted for pilots"),
        purpose=_("So that a pilot is decided by what was measured."),
        retention=_(
            "As long as the pilot is of interest to the company; without your name once you are erased."
        ),
        readers=_("Everybody."),
        erase="unlink",
    ),
    Declaration(
        model="pilots.RolloutItem",
        person="done_by",
        fields=("pilot", "position", "text", "done_by", "done_at"),
        what=_("Items of roll-outs you ticked"),
        purpose=_("So that others know whom to ask."),
        retention=_(
            "As long as the pilot is of interest to the company; without your name once you are erased."
        ),
        readers=_("Everybody."),
        erase="unlink",
    ),
]
