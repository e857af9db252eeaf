"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="audit.AuditEntry",
        person="actor_key",
        fields=("at", "actor_key", "action", "object_type", "object_id", "facts"),
        what=_("Privileged acts, under an opaque key"),
        purpose=_("So that everybody can check who used a special right."),
        retention=_("Ten years; your key's link to you ends when you are erased."),
        readers=_("Works council, administrators."),
        erase="keep",
    ),
]
