"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="ai.AISystem",
        person="owner",
        fields=(
            "slug",
            "name_de",
            "name_en",
            "purpose_de",
            "purpose_en",
            "provider",
            "is_own",
            "is_allowed",
            "link",
            "data_class",
            "owner",
        ),
        what=_("AI tools for which you are named as the one to ask"),
        purpose=_("So that colleagues know whom to ask about a tool."),
        retention=_(
            "Until somebody else is named, or the tool is asked about with the administrators again."
        ),
        readers=_("Everybody, by name."),
        erase="unlink",
    ),
    Declaration(
        model="ai.ToolRequest",
        person="asker",
        fields=(
            "asker",
            "tool",
            "folded",
            "purpose",
            "data_class",
            "link",
            "created_at",
            "state",
            "answer",
            "answered_by",
            "answered_at",
            "system",
        ),
        what=_("AI tools you asked for, and the answers"),
        purpose=_("So that a tool is looked at once, and everybody finds the answer."),
        retention=_("Until you take it back while it is open; without your name once you are erased."),
        readers=_("Everybody reads what is asked for and the answer; that it was you, administrators only."),
        erase="unlink",
    ),
    Declaration(
        model="ai.ToolRequestJoin",
        person="user",
        fields=("request", "user", "joined_at"),
        what=_("Requests for a tool that you joined"),
        purpose=_("So that it is seen how many need the tool, and you are told the answer."),
        retention=_("Until you take it back, or with the request."),
        readers=_("Administrators, by name; everybody else sees how many there are."),
    ),
]
