"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="notices.Notice",
        person="user",
        fields=("user", "kind", "facts", "path", "dedupe_key", "created_at", "read_at"),
        what=_("Notices in your inbox"),
        purpose=_("To tell you what concerns you."),
        retention=_("One year."),
        kept_days=365,
        dated_by="created_at",
        readers=_("Only you."),
    ),
]
