"""What this area keeps about a person."""

from django.utils.translation import gettext_lazy as _

from hub.declarations import Declaration

DECLARATIONS = [
    Declaration(
        model="people.User",
        person="pk",
        fields=(
            "email",
            "first_name",
            "last_name",
            "language",
            "time_zone",
            "team",
            "is_executive",
            "status",
            "subject_key",
            "joined_at",
            "password",
            "last_login",
        ),
        what=_("Name, e-mail, team, language, time zone"),
        purpose=_("To sign you in and to show the right hours and texts."),
        retention=_("As long as you work here."),
        readers=_("You, colleagues (name and team), administrators."),
        erase="unlink",
    ),
    Declaration(
        model="people.RoleGrant",
        person="user",
        fields=("user", "role", "legal_entity"),
        what=_("Your roles"),
        purpose=_("To know what you may do."),
        retention=_("As long as you hold them."),
        readers=_("You, administrators."),
    ),
]
