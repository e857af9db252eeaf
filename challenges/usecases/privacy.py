"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="usecases.UseCase",
        person="author",
        fields=(
            "kind",
            "title",
            "body",
            "language",
            "author",
            "is_named",
            "process",
            "answerer",
            "folded",
            "proposed_at",
            "changed_at",
            "answer_due_on",
            "answer",
            "answer_text",
            "answered_by",
            "answered_at",
            "became",
            "withdrawn_at",
            "hidden_at",
            "hidden_by",
            "hidden_reason",
        ),
        what=_("What you put into the idea box, and what it was answered"),
        purpose=_("So that somebody takes it up or says why not."),
        retention=_("As long as the hub runs; without your name once you are erased."),
        readers=_("Everybody, until you withdraw it; your name only if you want."),
        erase="unlink",
    ),
    Declaration(
        model="usecases.Vote",
        person="person",
        fields=("use_case", "person", "voted_at"),
        what=_("Proposals you voted for"),
        purpose=_("To show how many it would help."),
        retention=_("Until you take it back."),
        readers=_("Nobody but you; everybody sees how many there are."),
    ),
    Declaration(
        model="usecases.Comment",
        person="author",
        fields=("use_case", "author", "text", "created_at", "hidden_at", "hidden_by", "hidden_reason"),
        what=_("Your comments on proposals"),
        purpose=_("So that a proposal gets better."),
        retention=_("Until you delete them; without your name once you are erased."),
        readers=_("Everybody who sees the proposal, with your name."),
        erase="unlink",
    ),
]
